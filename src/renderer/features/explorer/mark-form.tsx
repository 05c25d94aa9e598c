import { Autocomplete, Button, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { LONGEST_NOTE, LONGEST_TAG } from '../../../shared/limits.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { Key } from '../../ui/small.tsx';
import s from './selection.module.css';

export type Asked = 'tag' | 'note' | 'pin';

const WORDS = {
  tag: { name: 'Tag', label: 'Tag', example: 'case 7', most: LONGEST_TAG, missing: 'Write the tag.' },
  note: {
    name: 'Note',
    label: 'Note',
    example: 'Asked her: a new laptop',
    most: LONGEST_NOTE,
    missing: 'Write the note.',
  },
  pin: { name: 'Pin', label: '', example: '', most: 0, missing: '' },
} as const;

type Props = {
  readonly kind: Asked;
  /** Tags in use, for completion. */
  readonly tags: readonly string[];
  readonly pending: boolean;
  readonly onSay: (text: string, by: string) => void;
  readonly onCancel: () => void;
};

/** Asks for a tag or a note, and for a name where none is known yet. Enter keeps it, Esc takes it away. */
export function MarkForm({ kind, tags, pending, onSay, onCancel }: Props) {
  const [known] = useReviewer();
  const [text, setText] = useState('');
  const [by, setBy] = useState(known ?? '');
  const { name, label, example, most, missing: empty } = WORDS[kind];
  const missing =
    kind !== 'pin' && text.trim() === '' ? empty : by.trim() === '' ? 'Say who you are: the archive names you.' : null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (missing === null && !pending) onSay(text.trim(), by.trim());
  }

  // The list of tags is a layer of its own: the first Esc closes it.
  function onKeyDown(event: KeyboardEvent): void {
    const listed = event.currentTarget.querySelector('[role="option"]')?.checkVisibility() ?? false;
    if (event.key !== 'Escape' || listed) return;
    event.stopPropagation();
    onCancel();
  }

  return (
    <form className={s.form} aria-label={name} onSubmit={submit} onKeyDown={onKeyDown}>
      {kind === 'tag' && (
        <Autocomplete
          className={s.text ?? ''}
          size="xs"
          aria-label={label}
          placeholder={example}
          value={text}
          onChange={setText}
          data={[...tags]}
          limit={8}
          maxLength={most}
          comboboxProps={{ position: 'top-start', withinPortal: false }}
          // The form opens because somebody asked to say something.
          autoFocus
        />
      )}
      {kind === 'note' && (
        <TextInput
          className={s.text ?? ''}
          size="xs"
          aria-label={label}
          placeholder={example}
          value={text}
          maxLength={most}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
          autoFocus
        />
      )}
      <TextInput
        className={s.by ?? ''}
        size="xs"
        aria-label="Your name"
        placeholder="Your name"
        value={by}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => setBy(event.currentTarget.value)}
        autoFocus={kind === 'pin'}
      />
      <Button size="xs" type="submit" disabled={missing !== null} loading={pending}>
        {name}&nbsp;<Key>Enter</Key>
      </Button>
      <Button size="xs" variant="default" onClick={onCancel}>
        Cancel&nbsp;<Key>Esc</Key>
      </Button>
      <span className={s.missing}>{missing}</span>
    </form>
  );
}
