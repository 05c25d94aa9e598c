import { NativeSelect, NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { isReportTemplate } from '../../../shared/report-template.ts';
import { CADENCE_WORDS, CADENCES, type Cadence, type ReviewKind } from '../../../shared/review.ts';
import type { ReviewPlan } from '../../../shared/review-schema.ts';
import { call } from '../../lib/client.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { useActing } from '../../lib/reviews.ts';
import { FormModal } from './form-modal.tsx';
import { FrameworkField } from './framework-field.tsx';
import s from './reviews.module.css';
import { ScopeField, scopeOf } from './scope-field.tsx';

/** Changes a recurring review, or makes one (`plan` null). */
export function PlanForm({ plan, onClose }: { plan: ReviewPlan | null; onClose: () => void }) {
  const acting = useActing();
  const [reviewer, rememberReviewer] = useReviewer();
  const [name, setName] = useState(plan?.name ?? '');
  const [kind, setKind] = useState<ReviewKind>(plan?.kind ?? 'events');
  const [scope, setScope] = useState(plan?.text ?? '');
  const [cadence, setCadence] = useState<Cadence>(plan?.cadence ?? 'month');
  const [dueDays, setDueDays] = useState<number | string>(plan?.dueDays ?? 7);
  const [owner, setOwner] = useState(plan?.owner ?? '');
  const [framework, setFramework] = useState<string>(plan ? (plan.framework ?? '') : 'soc2');
  const [enabled, setEnabled] = useState(plan?.enabled ?? true);
  const [by, setBy] = useState(acting.self?.name ?? reviewer ?? '');
  const { filter } = scopeOf(scope);
  const days = Number(dueDays);
  const save = useMutation({
    mutationFn: () =>
      call('reviews.savePlan', {
        id: plan?.id ?? null,
        name: name.trim(),
        kind,
        filter: filter ?? { terms: [] },
        cadence,
        dueDays: days,
        owner: owner.trim() || null,
        framework: isReportTemplate(framework) ? framework : null,
        enabled,
        by: by.trim(),
      }),
    onSuccess: () => {
      rememberReviewer(by.trim());
      onClose();
    },
  });
  const missing =
    name.trim() === ''
      ? 'Give it a name.'
      : filter === null
        ? 'Correct which entries.'
        : dueDays === '' || !Number.isInteger(days)
          ? 'Say when it is due.'
          : by.trim() === ''
            ? 'Say who you are: the history names you.'
            : null;
  return (
    <FormModal
      title={plan ? 'Recurring review' : 'A new recurring review'}
      submit="Save"
      missing={missing}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        size="xs"
        label="Name"
        data-autofocus
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <SegmentedControl
        size="xs"
        aria-label="What is reviewed"
        data={[
          { value: 'events', label: 'Entries of the log' },
          { value: 'access', label: 'Who has access' },
        ]}
        value={kind}
        onChange={setKind}
      />
      <ScopeField kind={kind} value={scope} onChange={setScope} />
      <div className={s.three}>
        <NativeSelect
          size="xs"
          label="How often"
          value={cadence}
          onChange={(event) => setCadence(CADENCES.find((one) => one === event.currentTarget.value) ?? cadence)}
          data={CADENCES.map((value) => ({ value, label: CADENCE_WORDS[value] }))}
        />
        <NumberInput
          size="xs"
          label="Due, days after the period"
          min={0}
          max={366}
          value={dueDays}
          onChange={setDueDays}
          hideControls
        />
        <FrameworkField value={framework} onChange={setFramework} />
      </div>
      <div className={s.two}>
        <TextInput
          size="xs"
          label="Owner"
          placeholder="nobody yet"
          maxLength={120}
          autoComplete="off"
          value={owner}
          onChange={(event) => setOwner(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label="Your name"
          maxLength={120}
          autoComplete="off"
          value={by}
          onChange={(event) => setBy(event.currentTarget.value)}
        />
      </div>
      <Switch
        size="xs"
        label="On: it becomes due"
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
    </FormModal>
  );
}
