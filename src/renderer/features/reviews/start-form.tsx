import { SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { isDay } from '../../../shared/instant.ts';
import { isReportTemplate } from '../../../shared/report-template.ts';
import type { ReviewKind } from '../../../shared/review.ts';
import type { Campaign } from '../../../shared/review-contract.ts';
import type { DueReview } from '../../../shared/review-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { useActing } from '../../lib/reviews.ts';
import { zoneLabel } from '../../lib/time.ts';
import pill from '../../ui/pill.module.css';
import { ActingField } from './acting-field.tsx';
import { FormModal } from './form-modal.tsx';
import { FrameworkField } from './framework-field.tsx';
import { lastPeriods, periodName } from './periods.ts';
import s from './reviews.module.css';
import { ScopeField, scopeOf } from './scope-field.tsx';
import { StartPreview } from './start-preview.tsx';
import { TaskProgress } from './task-progress.tsx';

type Props = {
  /** What a plan asks for; null where the person says all of it. */
  readonly due: DueReview | null;
  readonly now: number;
  readonly onClose: () => void;
  readonly onStarted: (id: string) => void;
};

/** Where a seed comes from that nobody chose: anybody can write another, what counts is that it is kept. */
const freshSeed = (): string => crypto.getRandomValues(new Uint32Array(2)).join('-');

/** Begins a review: what it is about, who begins it, and what would be frozen. */
export function StartForm({ due, now, onClose, onStarted }: Props) {
  const archive = useArchive();
  const zone = useZone();
  const acting = useActing();
  const presets = useMemo(() => lastPeriods(now, zone), [now, zone]);
  const [kind, setKind] = useState<ReviewKind>(due?.plan.kind ?? 'events');
  const [scope, setScope] = useState(due?.plan.text ?? '');
  const [period, setPeriod] = useState(due?.period ?? presets[0] ?? { from: '', to: '' });
  const [framework, setFramework] = useState<string>(due?.plan.framework ?? (due ? '' : 'soc2'));
  const [named, setNamed] = useState<string | null>(null);
  const [by, setBy] = useState<string | null>(null);
  const [size, setSize] = useState('');
  const [seed, setSeed] = useState(freshSeed);
  const base = due?.plan.name ?? (kind === 'events' ? 'Review' : 'Access review');
  const title = named ?? `${base} ${periodName(period)}`;
  const { filter } = scopeOf(scope);
  const self = by ?? acting.self?.id ?? null;
  const sampled = Number(size);
  const dated = isDay(period.from) && isDay(period.to) && period.from <= period.to;
  const campaign: Campaign | null =
    filter === null || !dated || title.trim() === ''
      ? null
      : {
          title: title.trim(),
          kind,
          filter,
          zone,
          period: { from: period.from, to: period.to },
          framework: isReportTemplate(framework) ? framework : null,
          plan: due?.plan.id ?? null,
          owner: due?.plan.owner ?? null,
          dueAt: due?.dueAt ?? null,
        };
  const asked = useDeferredValue(JSON.stringify(campaign));
  const preview = useQuery({
    queryKey: ['archive', archive.id, archive.version, 'preview', asked],
    queryFn: () => call('reviews.preview', JSON.parse(asked) as Campaign),
    enabled: campaign !== null,
    placeholderData: (before) => before,
  });
  const start = useMutation({
    mutationFn: async (what: Campaign & { by: string }) => {
      const { id } = await call('reviews.start', what);
      if (sampled > 0) await call('reviews.sample', { id, by: what.by, size: sampled, seed, reason: '' });
      return id;
    },
    onSuccess: (id, { by: who }) => {
      acting.choose(who);
      onStarted(id);
    },
  });
  const count = preview.data?.count ?? null;
  const missing =
    filter === null
      ? 'Correct which entries.'
      : !dated
        ? 'Give the first and the last day.'
        : title.trim() === ''
          ? 'Give it a title.'
          : size !== '' && !(Number.isInteger(sampled) && sampled > 0)
            ? 'The sample is a number of items.'
            : size !== '' && count !== null && sampled > count
              ? 'The sample is larger than the population.'
              : size !== '' && seed.trim() === ''
                ? 'The sample needs a seed.'
                : self === null
                  ? 'Say who starts it.'
                  : count === 0
                    ? 'There is nothing to review in it.'
                    : null;

  return (
    <FormModal
      title={due ? `Start: ${due.plan.name}` : 'Start a review'}
      submit="Freeze the population and start"
      missing={missing}
      pending={start.isPending}
      error={start.error ?? preview.error}
      size={640}
      onSubmit={() => campaign && self !== null && start.mutate({ ...campaign, by: self })}
      onClose={onClose}
    >
      {!due && (
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
      )}
      <TextInput
        size="xs"
        label="Title"
        data-autofocus
        maxLength={120}
        value={title}
        onChange={(event) => setNamed(event.currentTarget.value)}
      />
      <ScopeField kind={kind} value={scope} onChange={setScope} />
      <div className={s.three}>
        <TextInput
          size="xs"
          type="date"
          label="First day"
          value={period.from}
          onChange={(event) => setPeriod({ ...period, from: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          type="date"
          label="Last day"
          value={period.to}
          onChange={(event) => setPeriod({ ...period, to: event.currentTarget.value })}
        />
        <FrameworkField value={framework} onChange={setFramework} />
      </div>
      <div className={s.pills}>
        {presets.map((one) => (
          <button
            key={one.name}
            type="button"
            className={pill.pill}
            aria-pressed={one.from === period.from && one.to === period.to}
            onClick={() => setPeriod({ from: one.from, to: one.to })}
          >
            {one.name}
          </button>
        ))}
        <span className={s.note}>Days begin at midnight in {zoneLabel(zone, now)}.</span>
      </div>
      <div className={s.two}>
        <TextInput
          size="xs"
          label="Sample, number of items"
          placeholder="empty: the whole population"
          inputMode="numeric"
          value={size}
          onChange={(event) => setSize(event.currentTarget.value.trim())}
        />
        <TextInput
          size="xs"
          label="Seed of the sample"
          disabled={size === ''}
          maxLength={200}
          styles={{ input: { fontFamily: 'var(--font-mono)' } }}
          value={seed}
          onChange={(event) => setSeed(event.currentTarget.value)}
        />
      </div>
      <ActingField label="Started by" acting={acting} chosen={self} onChoose={setBy} />
      {campaign && preview.data && <StartPreview preview={preview.data} kind={kind} />}
      {start.isPending && <TaskProgress />}
    </FormModal>
  );
}
