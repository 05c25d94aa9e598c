import { SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import { LONGEST_CASE_TEXT } from '../../../shared/case.ts';
import type { RemedyCheck } from '../../../shared/case-schema.ts';
import { call } from '../../lib/client.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { FormModal } from './form-modal.tsx';
import s from './forms.module.css';
import type { Writing } from './use-writing.tsx';

type Props = {
  readonly id: string;
  readonly check: RemedyCheck;
  readonly writing: Writing;
  readonly onClose: () => void;
};

/** Says of a remedy what the log cannot: that it was done by hand, or that it is not needed. */
export function RemedyForm({ id, check, writing, onClose }: Props) {
  const said = check.state === 'by_hand' || check.state === 'not_needed';
  const [verdict, setVerdict] = useState<'by_hand' | 'not_needed' | 'nothing'>(
    check.state === 'not_needed' ? 'not_needed' : 'by_hand',
  );
  const [note, setNote] = useState(check.note ?? '');
  const missing =
    verdict !== 'nothing' && note.trim() === '' ? 'Say how it is known: a ticket, a name, a reason.' : null;
  return (
    <FormModal
      title="What the log cannot tell"
      submit="Save"
      missing={missing}
      pending={writing.pending}
      onSubmit={(by) =>
        void writing
          .write(by, 'Said.', () =>
            call('cases.decideRemedy', {
              id,
              by,
              kind: check.thing.kind,
              value: check.thing.value,
              remedy: check.remedy,
              verdict: verdict === 'nothing' ? null : verdict,
              note: verdict === 'nothing' ? '' : note.trim(),
            }),
          )
          .then((done) => done && onClose())
      }
      onClose={onClose}
    >
      <p className={s.lead}>
        <SafeText text={check.words} max={200} sentence />
      </p>
      <SegmentedControl
        size="xs"
        aria-label="What is so"
        data={[
          { value: 'by_hand', label: 'Done by hand' },
          { value: 'not_needed', label: 'Not needed' },
          ...(said ? [{ value: 'nothing', label: 'Take it back' }] : []),
        ]}
        value={verdict}
        onChange={(value) => setVerdict(value as typeof verdict)}
      />
      <Textarea
        size="xs"
        label="How it is known"
        data-autofocus
        autosize
        minRows={2}
        maxLength={LONGEST_CASE_TEXT}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormModal>
  );
}
