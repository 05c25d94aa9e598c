import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type RefObject, useState } from 'react';
import { LONGEST_CASE_TEXT } from '../../../shared/case.ts';
import type { CaseEvent } from '../../../shared/case-schema.ts';
import { entriesOf } from '../../lib/case-subject.ts';
import { call } from '../../lib/client.ts';
import { keyInLink } from '../../lib/entry-link.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { Key } from '../../ui/small.tsx';
import s from './case.module.css';
import type { Writing } from './use-writing.tsx';

type Props = {
  readonly id: string;
  readonly zone: string;
  /** The event the note goes beside; the case as a whole where there is none. */
  readonly event: CaseEvent | null;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly writing: Writing;
};

/** A note beside an event or the case; the link of an entry, pasted, pins that entry instead. */
export function NoteBox({ id, zone, event, field, writing }: Props) {
  const [reviewer, remember] = useReviewer();
  const [text, setText] = useState('');
  const [by, setBy] = useState('');
  const [whole, setWhole] = useState(false);
  const name = (reviewer ?? by).trim();
  const key = keyInLink(text);
  const about = whole ? null : event;
  const missing = text.trim() === '' || name === '' || writing.pending;

  async function say(): Promise<void> {
    if (missing) return;
    const said = text.trim();
    remember(name);
    const done =
      key === null
        ? await writing.write(name, about === null ? 'Noted.' : `Noted beside ${about.id}.`, () =>
            call('cases.note', { id, by: name, event: about?.id ?? null, text: said }),
          )
        : await writing.write(name, 'Entry pinned.', () =>
            call('cases.pin', { id, by: name, entries: entriesOf([key], zone), phase: null, technique: null }),
          );
    if (!done) return;
    setText('');
    field.current?.focus();
  }
  function onKeyDown(pressed: KeyboardEvent): void {
    if (pressed.key === 'Escape') {
      pressed.preventDefault();
      field.current?.blur();
    } else if (pressed.key === 'Enter' && !pressed.shiftKey) {
      pressed.preventDefault();
      void say();
    }
  }
  return (
    <form
      className={s.noteBox}
      aria-label="Note"
      onSubmit={(submitted: FormEvent) => {
        submitted.preventDefault();
        void say();
      }}
    >
      <div className={s.noteLine}>
        <Textarea
          ref={field}
          className={s.noteField ?? ''}
          aria-label={about === null ? 'Note beside the case' : `Note beside ${about.id}`}
          placeholder="Write a note, or paste the link of an entry to pin it"
          autosize
          minRows={1}
          maxRows={6}
          maxLength={LONGEST_CASE_TEXT}
          value={text}
          onChange={(changed) => setText(changed.currentTarget.value)}
          onKeyDown={onKeyDown}
          rightSection={<Key>M</Key>}
        />
        {reviewer === null && (
          <TextInput
            aria-label="Your name"
            placeholder="Your name"
            value={by}
            maxLength={120}
            autoComplete="off"
            onChange={(changed) => setBy(changed.currentTarget.value)}
          />
        )}
        <Button type="submit" variant="default" disabled={missing}>
          {key === null ? 'Note' : 'Pin'}&nbsp;<Key>Enter</Key>
        </Button>
      </div>
      <p className={s.caption}>
        {event !== null && (
          <label>
            <input type="checkbox" checked={whole} onChange={(changed) => setWhole(changed.currentTarget.checked)} />{' '}
            beside the whole case, not only {event.id}
          </label>
        )}
        <span>Notes are signed with your name and time; they can be added to, not changed.</span>
      </p>
    </form>
  );
}
