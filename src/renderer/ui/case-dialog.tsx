import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { PHASE_NAMES, PHASES } from '../../shared/case.ts';
import type { CaseSummary } from '../../shared/case-schema.ts';
import { SEVERITIES, type Severity } from '../../shared/finding.ts';
import { type CaseChoice, type CaseSubject, isPhase } from '../lib/case-subject.ts';
import { counted } from '../lib/number.ts';
import s from './case-pin.module.css';
import { SafeText } from './safe-text.tsx';
import { SeverityMark, severityTitle } from './severity-mark.tsx';
import { Key } from './small.tsx';

type Props = {
  readonly subject: CaseSubject;
  readonly cases: readonly CaseSummary[];
  readonly current: string | null;
  readonly reviewer: string | null;
  readonly pending: boolean;
  readonly onSay: (choice: CaseChoice) => void;
  readonly onClose: () => void;
};

/** Asks into which case something goes: one that is not closed, or a new one. Arrows choose, Enter says it. */
export function CaseDialog({ subject, cases, current, reviewer, pending, onSay, onClose }: Props) {
  const [id, setId] = useState<string | null>(current ?? (subject.findings.length > 0 ? null : (cases[0]?.id ?? null)));
  const [title, setTitle] = useState(subject.title);
  const [severity, setSeverity] = useState<Severity>(subject.severity);
  const [phase, setPhase] = useState('');
  const [by, setBy] = useState(reviewer ?? '');
  const fresh = id === null;
  const missing =
    fresh && title.trim() === ''
      ? 'Name the case.'
      : by.trim() === ''
        ? 'Say who you are: the history names you.'
        : null;
  const { findings, count } = subject;
  const what = [
    ...(findings.length > 0 ? [counted(findings.length, 'finding', 'findings')] : []),
    ...(count === null ? [] : [counted(count, 'entry', 'entries')]),
  ].join(' with ');

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (missing !== null || pending) return;
    onSay({ id, title: title.trim(), severity, phase: isPhase(phase) ? phase : null, by: by.trim() });
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title="Put into a case"
      size={520}
      padding="lg"
      styles={{ title: { fontWeight: 600, fontSize: 16 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <form className={s.form} onSubmit={submit}>
        <p className={s.lead}>
          {what === '' ? 'What is selected' : what}, each entry bound to the hash of its bytes. What is pinned can be
          taken out again.
        </p>
        <fieldset className={s.cases}>
          <legend>Case</legend>
          {cases.map((one) => (
            <label key={one.id} className={s.one}>
              <input
                type="radio"
                name="case"
                checked={id === one.id}
                data-autofocus={id === one.id || undefined}
                onChange={() => setId(one.id)}
              />
              <SeverityMark severity={one.severity} />
              <span className={s.name}>
                <SafeText text={one.title} max={120} />
              </span>
              <span className={s.id}>{one.id}</span>
            </label>
          ))}
          <label className={s.one}>
            <input
              type="radio"
              name="case"
              checked={fresh}
              data-autofocus={fresh || undefined}
              onChange={() => setId(null)}
            />
            <span className={s.name}>A new case</span>
          </label>
        </fieldset>
        {fresh && (
          <div className={s.fields}>
            <TextInput
              size="xs"
              label="Title"
              value={title}
              maxLength={120}
              autoComplete="off"
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
            <NativeSelect
              size="xs"
              label="Severity"
              value={severity}
              data={SEVERITIES.map((value) => ({ value, label: severityTitle(value) }))}
              onChange={(event) => setSeverity(event.currentTarget.value as Severity)}
            />
          </div>
        )}
        <div className={s.fields}>
          <TextInput
            size="xs"
            label="Your name"
            value={by}
            maxLength={120}
            autoComplete="off"
            onChange={(event) => setBy(event.currentTarget.value)}
          />
          {(!fresh || findings.length === 0) && (
            <NativeSelect
              size="xs"
              label="Phase"
              value={phase}
              data={[{ value: '', label: 'not yet' }, ...PHASES.map((value) => ({ value, label: PHASE_NAMES[value] }))]}
              onChange={(event) => setPhase(event.currentTarget.value)}
            />
          )}
        </div>
        <div className={s.foot}>
          <Button size="xs" type="submit" disabled={missing !== null} loading={pending} rightSection={<Key>Enter</Key>}>
            {fresh ? 'Open the case' : `Put into ${id}`}
          </Button>
          <Button size="xs" variant="default" onClick={onClose}>
            Cancel
          </Button>
          {missing !== null && <span className={s.missing}>{missing}</span>}
        </div>
      </form>
    </Modal>
  );
}
