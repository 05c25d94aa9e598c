import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconTrash, IconX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import type { RuleHealth } from '../../../shared/detection-contract.ts';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { recallText, rememberText } from '../../lib/memory.ts';
import { validationOptions } from '../../lib/queries.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { visible } from '../../lib/visible-text.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { Tag } from '../../ui/small.tsx';
import { BackTestPanel } from './back-test-panel.tsx';
import { draftKey, NEW, NEW_RULE } from './draft.ts';
import { ProblemList } from './problem-list.tsx';
import s from './rules.module.css';
import { type EditorHandle, YamlEditor } from './yaml-editor.tsx';

/** How long somebody must have stopped typing before the text is looked at, milliseconds. */
const PAUSE = 350;
const NO_PROBLEMS: never[] = [];

type Props = {
  /** The rule that is changed; null for a new one. */
  readonly rule: RuleHealth | null;
  readonly reviewer: string | null;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
};

/** A rule of one's own being written: its problems as one types, and what it would have found here. */
export function RuleEditor({ rule, reviewer, onClose, onSaved }: Props) {
  const archive = useArchive();
  const editor = useRef<EditorHandle>(null);
  const kept = rule?.text ?? NEW_RULE;
  const remembered = draftKey(archive.id, rule?.id ?? NEW);
  const [first] = useState(() => recallText(remembered) ?? kept);
  const [text, setText] = useState(first);
  const [reason, setReason] = useState('');
  const [by, setBy] = useState(reviewer ?? '');
  const [, rememberReviewer] = useReviewer();
  const [looked] = useDebouncedValue(text, PAUSE);
  const check = useQuery(validationOptions(archive, looked));
  const problems = looked === text ? (check.data?.problems ?? NO_PROBLEMS) : NO_PROBLEMS;
  const usable = check.data !== undefined && check.data.problems.length === 0;
  const changed = rule === null || text !== kept;

  function write(next: string): void {
    setText(next);
    // What was written is there again when the pane is, until it is kept or the archive locks.
    rememberText(remembered, next === kept ? null : next);
  }

  const save = useMutation({
    mutationFn: () => call('rules.save', { text, reason: reason.trim(), by: by.trim() }),
    onSuccess: ({ ids }) => {
      notifications.show({
        title: 'Kept in the archive',
        message: 'The rule runs over all history now.',
        closeButtonProps: { 'aria-label': 'Close' },
      });
      setReason('');
      rememberReviewer(by.trim());
      rememberText(remembered, null);
      onSaved(ids[0] ?? '');
    },
  });
  const remove = useMutation({
    mutationFn: () => call('rules.remove', { rule: rule?.id ?? '', reason: reason.trim() || 'Deleted', by: by.trim() }),
    onSuccess: () => {
      rememberText(remembered, null);
      offerUndo(kept, by.trim(), rule?.title ?? '');
      onClose();
    },
  });
  const missing = !changed
    ? 'Nothing was changed.'
    : !usable || looked !== text
      ? 'The rule must be readable first.'
      : reason.trim() === ''
        ? 'Say what the rule is for, or what you changed.'
        : by.trim() === ''
          ? 'Say who you are.'
          : null;

  function trySave(): void {
    if (missing === null && !save.isPending) save.mutate();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    trySave();
  }

  return (
    <aside className={s.pane} aria-label={rule === null ? 'New rule' : 'Your rule'}>
      <header className={s.paneHead}>
        <h2>{rule === null ? 'New rule' : <SafeText text={rule.title} max={120} />}</h2>
        {check.data?.rules.map((one) => (
          <Tag key={one.id} kind="line">
            {one.id}, {one.severity}
          </Tag>
        ))}
        <span className={s.grow} />
        {rule !== null && (
          <Button
            size="xs"
            variant="default"
            loading={remove.isPending}
            disabled={by.trim() === ''}
            title={by.trim() === '' ? 'Say who you are first: the journal names you.' : undefined}
            onClick={() => remove.mutate()}
            leftSection={<IconTrash size={13} stroke={1.6} aria-hidden />}
          >
            Delete
          </Button>
        )}
        <ActionIcon aria-label="Close the rule" onClick={onClose}>
          <IconX size={15} stroke={1.6} aria-hidden />
        </ActionIcon>
      </header>
      <div className={s.editor}>
        <YamlEditor
          ref={editor}
          text={first}
          label="Text of the rule, as YAML"
          readOnly={false}
          problems={problems}
          onChange={write}
          onSave={trySave}
        />
      </div>
      <ProblemList
        text={looked}
        problems={check.data?.problems ?? NO_PROBLEMS}
        onShow={(one) => editor.current?.show(one)}
      />
      {check.error && <FailureNote error={check.error} />}
      {usable && <BackTestPanel text={looked} />}
      <form className={s.saving} onSubmit={submit}>
        <TextInput
          className={s.grow ?? ''}
          size="xs"
          label={rule === null ? 'What it is for' : 'What you changed'}
          value={reason}
          maxLength={2000}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          className={s.by ?? ''}
          size="xs"
          label="Your name"
          value={by}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        <Button size="sm" type="submit" disabled={missing !== null} loading={save.isPending}>
          {rule === null ? 'Keep the rule' : 'Keep the change'}
        </Button>
        <p className={s.missing}>{missing}</p>
      </form>
      {(save.error ?? remove.error) && <FailureNote error={save.error ?? remove.error} />}
    </aside>
  );
}

// The deleted text is kept here until the notice goes: bringing it back is one more line of the journal.
function offerUndo(text: string, by: string, title: string): void {
  const id = `rule-${title}`;
  const back = (): void => {
    notifications.hide(id);
    void call('rules.save', { text, reason: 'Brought back', by }).catch(() => {
      notifications.show({
        title: 'The rule could not be brought back',
        message: 'Its text is still in the archive’s journal.',
        color: 'red',
        closeButtonProps: { 'aria-label': 'Close' },
      });
    });
  };
  notifications.show({
    id,
    title: 'Deleted',
    message: (
      <>
        {visible(title).slice(0, 80)}{' '}
        <button type="button" className={s.inlineLink} onClick={back}>
          Undo
        </button>
      </>
    ),
    autoClose: 15_000,
    closeButtonProps: { 'aria-label': 'Close' },
  });
}
