import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { PHASE_NAMES, PHASES } from '../../../shared/case.ts';
import type { CaseEvent } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { isPhase } from '../../lib/case-subject.ts';
import { call } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import { zoneLabel } from '../../lib/time.ts';
import { FormModal } from './form-modal.tsx';
import s from './forms.module.css';
import { fieldOf, instantOf } from './time-field.ts';
import type { Writing } from './use-writing.tsx';

const PHASE_CHOICES = [
  { value: '', label: 'none' },
  ...PHASES.map((value, i) => ({ value, label: `${i + 1} ${PHASE_NAMES[value]}` })),
];
const TECHNIQUE = /^T\d{4}(\.\d{3})?$/;

type ClassifyProps = {
  readonly id: string;
  readonly events: readonly CaseEvent[];
  readonly writing: Writing;
  readonly onDone: () => void;
  readonly onClose: () => void;
};

/** Says of which phase events are, and which ATT&CK technique. */
export function ClassifyForm({ id, events, writing, onDone, onClose }: ClassifyProps) {
  const alike = <T,>(values: readonly T[]): T | null =>
    values.every((one) => one === values[0]) ? (values[0] ?? null) : null;
  const before = { phase: alike(events.map((one) => one.phase)), technique: alike(events.map((one) => one.technique)) };
  const [phase, setPhase] = useState<string>(before.phase ?? '');
  const [technique, setTechnique] = useState(before.technique ?? '');
  const [touched, setTouched] = useState({ phase: false, technique: false });
  const code = technique.trim().toUpperCase();
  const missing = code !== '' && !TECHNIQUE.test(code) ? 'A technique is written as T1078 or T1078.004.' : null;
  return (
    <FormModal
      title={`Phase and technique of ${counted(events.length, 'event', 'events')}`}
      submit="Save"
      missing={missing}
      pending={writing.pending}
      onSubmit={(by) =>
        void writing
          .write(by, `${counted(events.length, 'event', 'events')} put in order.`, () =>
            call('cases.classify', {
              id,
              by,
              events: events.map((one) => one.id),
              // Of several unlike ones only what was chosen is said.
              ...(events.length === 1 || touched.phase ? { phase: isPhase(phase) ? phase : null } : {}),
              ...(events.length === 1 || touched.technique ? { technique: code === '' ? null : code } : {}),
            }),
          )
          .then((done) => done && onDone())
      }
      onClose={onClose}
    >
      <NativeSelect
        size="xs"
        label="Phase"
        data-autofocus
        value={phase}
        data={PHASE_CHOICES}
        onChange={(event) => {
          setPhase(event.currentTarget.value);
          setTouched((one) => ({ ...one, phase: true }));
        }}
      />
      <TextInput
        size="xs"
        label="ATT&CK technique"
        placeholder="T1078"
        value={technique}
        maxLength={12}
        autoComplete="off"
        onChange={(event) => {
          setTechnique(event.currentTarget.value);
          setTouched((one) => ({ ...one, technique: true }));
        }}
      />
    </FormModal>
  );
}

type ManualProps = {
  readonly id: string;
  /** Where the form begins: the time of the event that is looked at. */
  readonly at: number;
  readonly writing: Writing;
  readonly onClose: () => void;
};

/** Writes down something that no log holds. */
export function ManualForm({ id, at, writing, onClose }: ManualProps) {
  const zone = useZone();
  const [when, setWhen] = useState(fieldOf(at, zone));
  const [title, setTitle] = useState('');
  const [source, setSource] = useState('');
  const [phase, setPhase] = useState('');
  const ts = instantOf(when, zone);
  const missing = title.trim() === '' ? 'Say what happened.' : ts === null ? 'Say when.' : null;
  return (
    <FormModal
      title="An event that no log holds"
      submit="Add the event"
      missing={missing}
      pending={writing.pending}
      onSubmit={(by) =>
        void writing
          .write(by, 'Event added.', () =>
            call('cases.addManual', {
              id,
              by,
              ts: ts ?? at,
              title: title.trim(),
              source: source.trim(),
              phase: isPhase(phase) ? phase : null,
            }),
          )
          .then((done) => done && onClose())
      }
      onClose={onClose}
    >
      <p className={s.lead}>
        A call, a ticket, a decision. It is marked as written by hand and counts in no population.
      </p>
      <TextInput
        size="xs"
        label="What happened"
        data-autofocus
        value={title}
        maxLength={500}
        autoComplete="off"
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div className={s.pair}>
        <TextInput
          size="xs"
          type="datetime-local"
          step={1}
          label={`When, ${zoneLabel(zone, at)}`}
          value={when}
          onChange={(event) => setWhen(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label="Phase"
          value={phase}
          data={PHASE_CHOICES}
          onChange={(event) => setPhase(event.currentTarget.value)}
        />
      </div>
      <TextInput
        size="xs"
        label="Where it is known from"
        placeholder="Phone call with Ines, ticket SEC-482"
        value={source}
        maxLength={500}
        autoComplete="off"
        onChange={(event) => setSource(event.currentTarget.value)}
      />
    </FormModal>
  );
}
