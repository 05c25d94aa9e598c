import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { SEED_KINDS, type SeedKind } from '../../../shared/case.ts';
import { useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { FormModal } from './form-modal.tsx';
import s from './forms.module.css';
import { instantOf } from './time-field.ts';
import type { Writing } from './use-writing.tsx';
import { SEED_WORDS } from './words.ts';

/** Gives the scope something to grow from. */
export function SeedForm({ id, writing, onClose }: { id: string; writing: Writing; onClose: () => void }) {
  const zone = useZone();
  const [kind, setKind] = useState<SeedKind>('person');
  const [value, setValue] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [first, last] = [instantOf(from, zone), instantOf(to, zone)];
  const missing =
    kind === 'span'
      ? first === null || last === null || first >= last
        ? 'Say from when until when.'
        : null
      : value.trim() === ''
        ? 'Write it as the log does.'
        : null;
  return (
    <FormModal
      title="A seed for the scope"
      submit="Add the seed"
      missing={missing}
      pending={writing.pending}
      onSubmit={(by) =>
        void writing
          .write(by, 'Seed added.', () =>
            call('cases.addSeed', {
              id,
              by,
              seed: { kind, value: kind === 'span' ? '' : value.trim(), from: first, to: last },
            }),
          )
          .then((done) => done && onClose())
      }
      onClose={onClose}
    >
      <div className={s.pair}>
        <NativeSelect
          size="xs"
          label="Kind"
          data-autofocus
          value={kind}
          data={SEED_KINDS.map((one) => ({ value: one, label: SEED_WORDS[one] }))}
          onChange={(event) => setKind(event.currentTarget.value as SeedKind)}
        />
        <TextInput
          size="xs"
          label="Value"
          disabled={kind === 'span'}
          value={kind === 'span' ? '' : value}
          maxLength={20_000}
          autoComplete="off"
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="datetime-local"
          label="From"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="datetime-local"
          label="Until"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
    </FormModal>
  );
}
