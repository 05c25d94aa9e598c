import { NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { LONGEST_CASE_TEXT } from '../../../shared/case.ts';
import type { CaseClock } from '../../../shared/case-schema.ts';
import { call } from '../../lib/client.ts';
import { visible } from '../../lib/visible-text.ts';
import { FormModal } from './form-modal.tsx';
import type { Writing } from './use-writing.tsx';

type Props = { readonly id: string; readonly writing: Writing; readonly onClose: () => void };

/** Says that a deadline was met, or why no notice was needed. */
export function MeetClock({ id, clock, writing, onClose }: Props & { readonly clock: CaseClock }) {
  const [note, setNote] = useState('');
  return (
    <FormModal
      title={visible(clock.name).slice(0, 120)}
      submit="Met"
      missing={note.trim() === '' ? 'Give the reference, or say why no notice was needed.' : null}
      pending={writing.pending}
      onSubmit={(by) =>
        void writing
          .write(by, 'Deadline met.', () => call('cases.meetClock', { id, by, clock: clock.id, note: note.trim() }))
          .then((done) => done && onClose())
      }
      onClose={onClose}
    >
      <Textarea
        size="xs"
        label="Reference, or why no notice was needed"
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

/** Adds a deadline of one's own. */
export function AddClock({ id, writing, onClose }: Props) {
  const [name, setName] = useState('');
  const [hours, setHours] = useState<number | string>(24);
  const given = Number(hours);
  const sound = Number.isInteger(given) && given >= 1 && given <= 8_784;
  return (
    <FormModal
      title="Another deadline"
      submit="Add the deadline"
      missing={name.trim() === '' ? 'Name it.' : sound ? null : 'Between 1 and 8,784 hours.'}
      pending={writing.pending}
      onSubmit={(by) =>
        void writing
          .write(by, 'Deadline added.', () => call('cases.addClock', { id, by, name: name.trim(), hours: given }))
          .then((done) => done && onClose())
      }
      onClose={onClose}
    >
      <TextInput
        size="xs"
        label="Name"
        placeholder="Notice to the customer"
        data-autofocus
        value={name}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NumberInput
        size="xs"
        label="Hours from when it was noticed"
        value={hours}
        min={1}
        max={8_784}
        onChange={setHours}
      />
    </FormModal>
  );
}
