import { ActionIcon, Button } from '@mantine/core';
import { IconNote, IconPin, IconPinFilled, IconTag, IconTrash, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { EVERYTHING } from '../../../shared/filter/filter.ts';
import type { EntryMarks, MarkChange } from '../../../shared/marks-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { useMarks } from '../../lib/marks.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { dateTime } from '../../lib/time.ts';
import { visible } from '../../lib/visible-text.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './drawer.module.css';
import { Section } from './drawer-section.tsx';
import { type Asked, MarkForm } from './mark-form.tsx';
import type { Marking } from './use-marking.tsx';

type Props = { readonly entryKey: number; readonly marks: EntryMarks | null; readonly marking: Marking };

/** What reviewers put beside this entry, by whom and when; and more of it. */
export function MarksPanel({ entryKey, marks, marking }: Props) {
  const { readOnly } = useArchive();
  const zone = useZone();
  const [reviewer] = useReviewer();
  const known = useMarks().tags;
  const [asked, setAsked] = useState<Asked | null>(null);
  const { tags = [], notes = [], pin = null } = marks ?? {};
  const entries = { filter: EVERYTHING, zone, listed: { keys: [entryKey], negated: false } };

  function mark(change: MarkChange, by: string): void {
    void marking.mark({ entries, change, by }).then((done) => done && setAsked(null));
  }
  // Where something stands, somebody's name is known.
  const takeAway = (change: MarkChange) => () => reviewer !== null && mark(change, reviewer);
  const pinIt = () => (reviewer === null ? setAsked('pin') : mark({ kind: 'pin', set: pin === null }, reviewer));

  return (
    <Section
      title="Tags, pin and notes"
      action={
        !readOnly && (
          <span className={s.rawActions}>
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconTag size={13} aria-hidden />}
              onClick={() => setAsked('tag')}
            >
              Tag
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              aria-pressed={pin !== null}
              leftSection={pin ? <IconPinFilled size={13} aria-hidden /> : <IconPin size={13} aria-hidden />}
              onClick={pinIt}
            >
              {pin ? 'Unpin' : 'Pin'}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconNote size={13} aria-hidden />}
              onClick={() => setAsked('note')}
            >
              Note
            </Button>
          </span>
        )
      }
    >
      {asked !== null && (
        <div className={s.markForm}>
          <MarkForm
            key={asked}
            kind={asked}
            tags={known}
            pending={marking.pending}
            onCancel={() => setAsked(null)}
            onSay={(text, by) =>
              mark(
                asked === 'tag'
                  ? { kind: 'tag', tag: text, set: true }
                  : asked === 'note'
                    ? { kind: 'note', text }
                    : { kind: 'pin', set: pin === null },
                by,
              )
            }
          />
        </div>
      )}
      {marks === null && asked === null && (
        <p className={s.quiet}>{readOnly ? 'None. This archive is open for reading only.' : 'None yet.'}</p>
      )}
      <ul className={s.marks}>
        {tags.map(({ tag, by, at }) => (
          <li key={tag}>
            <span className={s.tagName}>
              <SafeText text={tag} max={60} />
            </span>
            <Said by={by} at={at} zone={zone} />
            {!readOnly && (
              <ActionIcon
                size="sm"
                aria-label={`Take away the tag ${visible(tag)}`}
                title="Take away"
                onClick={takeAway({ kind: 'tag', tag, set: false })}
              >
                <IconX size={13} stroke={1.7} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
        {pin && (
          <li>
            <span className={s.pinned}>
              <IconPinFilled size={13} aria-hidden /> Pinned
            </span>
            <Said by={pin.by} at={pin.at} zone={zone} />
          </li>
        )}
        {notes.map(({ note, text, by, at }) => (
          <li key={note} className={s.note}>
            <p>
              <SafeText text={text} max={2_000} sentence />
            </p>
            <Said by={by} at={at} zone={zone} />
            {!readOnly && (
              <ActionIcon
                size="sm"
                aria-label="Take away this note"
                title="Take away"
                onClick={takeAway({ kind: 'noteSet', notes: [note], set: false })}
              >
                <IconTrash size={13} stroke={1.6} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Said({ by, at, zone }: { by: string; at: number; zone: string }) {
  return (
    <span className={s.said}>
      <SafeText text={by} max={60} />, {dateTime(at, zone)}
    </span>
  );
}
