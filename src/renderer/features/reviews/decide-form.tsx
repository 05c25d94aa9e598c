import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import {
  LONGEST_RATIONALE,
  LONGEST_REFERENCE,
  NEEDS_RATIONALE,
  RAISES_EXCEPTION,
  type ReviewVerdict,
} from '../../../shared/review.ts';
import { Key } from '../../ui/small.tsx';
import { VerdictTag } from './verdicts.tsx';
import s from './worksheet.module.css';

export type Saying = { readonly rationale: string; readonly evidence: string; readonly ticket: string };
export const SILENT: Saying = { rationale: '', evidence: '', ticket: '' };

type Props = {
  readonly verdict: ReviewVerdict;
  readonly of: string;
  readonly onSay: (saying: Saying) => void;
  readonly onCancel: () => void;
};

/** Asks for the reason of a decision, with evidence and ticket, under the rows. Enter says it, Esc takes it away. */
export function DecideForm({ verdict, of, onSay, onCancel }: Props) {
  const [saying, setSaying] = useState(SILENT);
  const set = (part: Partial<Saying>) => setSaying({ ...saying, ...part });
  const missing = NEEDS_RATIONALE.has(verdict) && saying.rationale.trim() === '' ? 'It needs its reason.' : null;
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (missing) return;
    const { rationale, evidence, ticket } = saying;
    onSay({ rationale: rationale.trim(), evidence: evidence.trim(), ticket: ticket.trim() });
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onCancel();
  }
  return (
    <form className={s.form} onSubmit={submit} onKeyDown={onKeyDown} aria-label="Decision">
      <p className={s.formOf}>
        <VerdictTag verdict={verdict} /> <span>{of}</span>
        {RAISES_EXCEPTION.has(verdict) && <span className={s.quiet}>raises an exception</span>}
      </p>
      <div className={s.fields}>
        <TextInput
          size="xs"
          className={s.grow ?? ''}
          label={NEEDS_RATIONALE.has(verdict) ? 'Reason' : 'Reason, if there is one to give'}
          maxLength={LONGEST_RATIONALE}
          autoFocus
          value={saying.rationale}
          onChange={(event) => set({ rationale: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          className={s.grow ?? ''}
          label="Evidence looked at"
          maxLength={LONGEST_RATIONALE}
          value={saying.evidence}
          onChange={(event) => set({ evidence: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          className={s.ticket ?? ''}
          label="Ticket"
          maxLength={LONGEST_REFERENCE}
          value={saying.ticket}
          onChange={(event) => set({ ticket: event.currentTarget.value })}
        />
        <Button size="xs" type="submit" disabled={missing !== null} rightSection={<Key>Enter</Key>}>
          Decide
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      {missing && <p className={s.quiet}>{missing}</p>}
    </form>
  );
}
