import { Button } from '@mantine/core';
import { IconFolderSearch, IconLock, IconNote, IconPin, IconTag, IconX } from '@tabler/icons-react';
import { useArchive } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { Key } from '../../ui/small.tsx';
import { ExportMenu } from './export-menu.tsx';
import { type Asked, MarkForm } from './mark-form.tsx';
import s from './selection.module.css';
import type { Picked } from './use-picked.ts';

const ACTIONS = [
  { kind: 'tag', name: 'Tag', letter: 't', icon: IconTag },
  { kind: 'pin', name: 'Pin', letter: 'p', icon: IconPin },
  { kind: 'note', name: 'Note', letter: 'n', icon: IconNote },
] as const;

type Props = {
  readonly picked: Picked;
  /** How many match in all; null while it is counted. */
  readonly total: number | null;
  readonly asked: Asked | null;
  readonly tags: readonly string[];
  readonly pending: boolean;
  readonly onAsk: (kind: Asked) => void;
  readonly onSay: (kind: Asked, text: string, by: string) => void;
  readonly onCancel: () => void;
  readonly onAll: () => void;
  readonly onCase: () => void;
};

/** What can be done with the entries that are selected. */
export function SelectionBar({ picked, total, asked, tags, pending, onAsk, onSay, onCancel, onAll, onCase }: Props) {
  const { readOnly } = useArchive();
  const { count } = picked;
  return (
    <div className={s.bar} role="toolbar" aria-label="Selected entries">
      <b className={s.count} data-testid="selected" data-count={count ?? ''}>
        {count === null ? 'Counting…' : `${grouped(count)} selected`}
      </b>
      {asked !== null && !readOnly ? (
        <MarkForm
          key={asked}
          kind={asked}
          tags={tags}
          pending={pending}
          onSay={(text, by) => onSay(asked, text, by)}
          onCancel={onCancel}
        />
      ) : (
        <>
          {!picked.all && total !== null && total > (count ?? 0) && (
            <button type="button" className={s.link} aria-keyshortcuts="Shift+X" onClick={onAll}>
              select all {grouped(total)} that match
            </button>
          )}
          <span className={s.grow} />
          {readOnly && (
            <span
              className={s.closed}
              id="selection-closed"
              title="Lock the archive and open it for writing to tag, pin or note."
            >
              <IconLock size={14} stroke={1.6} aria-hidden />
              Open for reading only: nothing can be marked.
            </span>
          )}
          {ACTIONS.map(({ kind, name, letter, icon: Icon }) => (
            <Button
              key={kind}
              size="xs"
              variant="default"
              disabled={readOnly || pending}
              aria-describedby={readOnly ? 'selection-closed' : undefined}
              aria-keyshortcuts={letter}
              onClick={() => onAsk(kind)}
              leftSection={<Icon size={14} stroke={1.6} aria-hidden />}
            >
              {name}&nbsp;<Key>{letter.toUpperCase()}</Key>
            </Button>
          ))}
          <Button
            size="xs"
            variant="default"
            disabled={readOnly}
            aria-describedby={readOnly ? 'selection-closed' : undefined}
            aria-keyshortcuts="Shift+P"
            onClick={onCase}
            leftSection={<IconFolderSearch size={14} stroke={1.6} aria-hidden />}
          >
            Case&nbsp;<Key>⇧P</Key>
          </Button>
          {picked.question && <ExportMenu question={picked.question} total={count} small />}
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            c="var(--text-2)"
            onClick={picked.clear}
            leftSection={<IconX size={14} stroke={1.6} aria-hidden />}
          >
            Clear&nbsp;<Key>Esc</Key>
          </Button>
        </>
      )}
    </div>
  );
}
