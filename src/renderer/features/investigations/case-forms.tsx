import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { LONGEST_CASE_TEXT } from '../../../shared/case.ts';
import type { CaseDetail } from '../../../shared/case-schema.ts';
import { SEVERITIES, type Severity } from '../../../shared/finding.ts';
import { useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { severityTitle } from '../../ui/severity-mark.tsx';
import { FormModal } from './form-modal.tsx';
import s from './forms.module.css';
import { fieldOf, instantOf } from './time-field.ts';
import type { Writing } from './use-writing.tsx';

const LEVELS = SEVERITIES.map((value) => ({ value, label: severityTitle(value) }));

type NamedFields = { readonly title: string; readonly severity: Severity; readonly lead: string };

/** What the fields say, as it is kept: a lead that is left empty is none. */
function saidOf({ title, severity, lead }: NamedFields) {
  return { title: title.trim(), severity, lead: lead.trim() === '' ? null : lead.trim() };
}

type NamedProps = {
  readonly value: NamedFields;
  readonly onChange: (value: NamedFields) => void;
  /** Further fields beside severity and lead. */
  readonly children?: ReactNode;
};

/** How a case is called, how grave it is, and who leads it. */
function Named({ value, onChange, children }: NamedProps) {
  return (
    <>
      <TextInput
        size="xs"
        label="Title"
        data-autofocus
        value={value.title}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => onChange({ ...value, title: event.currentTarget.value })}
      />
      <div className={s.pair}>
        <NativeSelect
          size="xs"
          label="Severity"
          value={value.severity}
          data={LEVELS}
          onChange={(event) => onChange({ ...value, severity: event.currentTarget.value as Severity })}
        />
        <TextInput
          size="xs"
          label="Lead"
          value={value.lead}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => onChange({ ...value, lead: event.currentTarget.value })}
        />
        {children}
      </div>
    </>
  );
}

/** Opens a case without a finding. */
export function NewCase({ onOpened, onClose }: { onOpened: (id: string) => void; onClose: () => void }) {
  const zone = useZone();
  const [reviewer] = useReviewer();
  const [named, setNamed] = useState<NamedFields>({ title: '', severity: 'high', lead: reviewer ?? '' });
  const [aware, setAware] = useState('');
  const create = useMutation({
    mutationFn: (by: string) =>
      call('cases.create', {
        ...saidOf(named),
        aware: instantOf(aware, zone),
        findings: [],
        by,
      }),
    onSuccess: ({ id }) => onOpened(id),
  });
  return (
    <FormModal
      title="Open a case"
      submit="Open the case"
      missing={named.title.trim() === '' ? 'Name the case.' : null}
      pending={create.isPending}
      error={create.error}
      onSubmit={(by) => create.mutate(by)}
      onClose={onClose}
    >
      <Named value={named} onChange={setNamed} />
      <TextInput
        size="xs"
        type="datetime-local"
        label="Noticed at"
        description="Deadlines run from here. It can be said later."
        value={aware}
        onChange={(event) => setAware(event.currentTarget.value)}
      />
    </FormModal>
  );
}

type EditProps = { readonly detail: CaseDetail; readonly writing: Writing; readonly onClose: () => void };

/** Changes what is said of a case: only what differs is written. */
export function EditCase({ detail, writing, onClose }: EditProps) {
  const zone = useZone();
  const [named, setNamed] = useState<NamedFields>({
    title: detail.title,
    severity: detail.severity,
    lead: detail.lead ?? '',
  });
  const [summary, setSummary] = useState(detail.summary);
  const [aware, setAware] = useState(detail.aware === null ? '' : fieldOf(detail.aware, zone));
  const [contained, setContained] = useState(detail.contained === null ? '' : fieldOf(detail.contained, zone));
  const [facts, setFacts] = useState(detail.breach?.facts ?? '');
  const [effects, setEffects] = useState(detail.breach?.effects ?? '');
  const [action, setAction] = useState(detail.breach?.action ?? '');

  function changed() {
    // A field holds whole seconds: what was not touched stays as exact as it was.
    const instant = (text: string, before: number | null): number | null =>
      before !== null && text === fieldOf(before, zone) ? before : instantOf(text, zone);
    const breach = [facts, effects, action].every((one) => one.trim() === '')
      ? null
      : { facts: facts.trim(), effects: effects.trim(), action: action.trim() };
    const next = {
      ...saidOf(named),
      summary: summary.trim(),
      aware: instant(aware, detail.aware),
      contained: instant(contained, detail.contained),
      breach,
    };
    const kept = Object.entries(next).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(detail[name as keyof typeof next]),
    );
    return Object.fromEntries(kept) as Partial<typeof next>;
  }
  const fields = changed();
  const missing =
    named.title.trim() === '' ? 'Name the case.' : Object.keys(fields).length === 0 ? 'Nothing is changed yet.' : null;
  return (
    <FormModal
      title={`About ${detail.id}`}
      submit="Save"
      size={620}
      missing={missing}
      pending={writing.pending}
      onSubmit={(by) =>
        void writing
          .write(by, 'Saved.', () => call('cases.update', { id: detail.id, by, fields }))
          .then((done) => done && onClose())
      }
      onClose={onClose}
    >
      <Named value={named} onChange={setNamed}>
        <TextInput
          size="xs"
          type="datetime-local"
          step={1}
          label="Noticed at"
          value={aware}
          onChange={(event) => setAware(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="datetime-local"
          step={1}
          label="Contained at"
          value={contained}
          onChange={(event) => setContained(event.currentTarget.value)}
        />
      </Named>
      <Area label="Summary" value={summary} onChange={setSummary} />
      <Area label="Record of the breach: facts" value={facts} onChange={setFacts} />
      <Area label="Effects on people" value={effects} onChange={setEffects} />
      <Area label="Action taken" value={action} onChange={setAction} />
    </FormModal>
  );
}

function Area({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  return (
    <Textarea
      size="xs"
      label={label}
      autosize
      minRows={1}
      maxRows={8}
      maxLength={LONGEST_CASE_TEXT}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
