import { Autocomplete, Button, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useZone } from '../../lib/app-state.ts';
import { Key } from '../../ui/small.tsx';
import type { DecisionKind } from './decisions.ts';
import s from './triage.module.css';
import { dayAfter, UntilField, untilOf } from './until-field.tsx';

export type Word = { readonly reason: string; readonly by: string; readonly expires: number | null };

/** Distance of the suggestions from the field, so that its label stays to be read, px. */
const ABOVE_LABEL = 26;

type Props = {
  readonly kind: DecisionKind;
  readonly of: string;
  readonly suggestions: readonly string[];
  readonly reviewer: string | null;
  readonly now: number;
  readonly pending: boolean;
  readonly onSay: (word: Word) => void;
  readonly onCancel: () => void;
};

/** Asks for the reason of one decision, above the bar it was chosen in. Enter says it, Esc takes it away. */
export function DecisionForm({ kind, of, suggestions, reviewer, now, pending, onSay, onCancel }: Props) {
  const zone = useZone();
  const [reason, setReason] = useState('');
  const [by, setBy] = useState(reviewer ?? '');
  const [day, setDay] = useState(dayAfter(now, kind.days?.[1] ?? 1, zone));
  const expires = kind.days === null ? null : untilOf(day, zone, now);
  const missing =
    reason.trim() === ''
      ? 'Say why: the history keeps it.'
      : by.trim() === ''
        ? 'Say who you are: the history names you.'
        : kind.days !== null && expires === null
          ? 'Choose a day after today.'
          : null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (missing === null && !pending) onSay({ reason: reason.trim(), by: by.trim(), expires });
  }

  // The list of suggestions is a layer of its own: the first Esc closes it.
  function onKeyDown(event: KeyboardEvent): void {
    const listed = event.currentTarget.querySelector('[role="option"]')?.checkVisibility() ?? false;
    if (event.key !== 'Escape' || listed) return;
    event.stopPropagation();
    onCancel();
  }

  return (
    <form className={s.form} aria-label={kind.name} onSubmit={submit} onKeyDown={onKeyDown}>
      <p className={s.formTitle}>
        <kind.icon size={15} stroke={1.6} aria-hidden />
        <b>{kind.name}</b>
        <span className={s.formOf}>{of}</span>
      </p>
      <div className={s.formFields}>
        <Autocomplete
          className={s.reason ?? ''}
          size="xs"
          label={kind.asks}
          placeholder={kind.example}
          value={reason}
          onChange={setReason}
          data={[...suggestions]}
          maxDropdownHeight={190}
          comboboxProps={{ position: 'top-start', offset: ABOVE_LABEL, withinPortal: false }}
          maxLength={2000}
          data-autofocus
          // The form opens because somebody asked to say something.
          autoFocus
        />
        {kind.days !== null && (
          <UntilField
            label={kind.verdict === 'accepted' ? 'Expected until' : 'Look again after'}
            day={day}
            days={kind.days}
            now={now}
            onChange={setDay}
          />
        )}
        <TextInput
          className={s.by ?? ''}
          size="xs"
          label="Your name"
          value={by}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => setBy(event.currentTarget.value)}
        />
      </div>
      <div className={s.formFoot}>
        <Button size="xs" type="submit" disabled={missing !== null} loading={pending}>
          {kind.verdict === 'noted' ? 'Keep the note' : kind.name}&nbsp;<Key>Enter</Key>
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel&nbsp;<Key>Esc</Key>
        </Button>
        <span className={s.missing}>{missing}</span>
      </div>
    </form>
  );
}
