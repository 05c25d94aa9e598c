import { Autocomplete, Select } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayOf } from '../../../shared/instant.ts';
import {
  isReportKind,
  isShortReport,
  REPORT_TEMPLATES,
  type ReportKind,
  SHORT_REPORTS,
  TEMPLATE_NAMES,
} from '../../../shared/report-template.ts';
import type { ReviewSummary } from '../../../shared/review-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { distinctOptions } from '../../lib/queries.ts';
import { reviewsOptions } from '../../lib/reviews.ts';
import { zoneLabel } from '../../lib/time.ts';
import pill from '../../ui/pill.module.css';
import { lately, type NamedPeriod } from './quarters.ts';
import s from './reports.module.css';

/** What each holds, in a line. */
const HOLDS: Readonly<Record<ReportKind, string>> = {
  soc2: 'Trust Services Criteria CC6.1 to CC8.1: access, monitoring, response and change.',
  iso27001: 'Annex A of the 2022 edition: logging, monitoring, clocks, access rights, events and evidence.',
  hipaa: 'The Security Rule: activity review, log-in monitoring, audit controls, authentication.',
  pci: 'Version 4.0.1, requirements 10.2 to 10.7: what is logged, kept, reviewed and followed up.',
  gdpr: 'Articles 5, 32 and 33: security of processing, its regular testing, and the record of breaches.',
  permissions: 'Who was given, refused or has lost what: roles, members, tokens, second factors, allow-lists.',
  tokens: 'API tokens created, revoked and given other scopes, and whatever else is about them.',
  person: 'What one person did, what was done to them, and what the rules noticed of it.',
};

const choice = (value: ReportKind) => ({ value, label: TEMPLATE_NAMES[value] });
const KINDS = [
  { group: 'Evidence for an examination', items: REPORT_TEMPLATES.map(choice) },
  { group: 'Short', items: SHORT_REPORTS.map(choice) },
];

type Props = {
  readonly template: ReportKind;
  readonly onTemplate: (template: ReportKind) => void;
  readonly person: string;
  readonly onPerson: (person: string) => void;
  readonly review: ReviewSummary | null;
  readonly onReview: (review: ReviewSummary | null) => void;
  readonly days: readonly [string | null, string | null];
  readonly onDays: (days: readonly [string | null, string | null]) => void;
  readonly presets: readonly NamedPeriod[];
};

/** Which report, of whom, and of which days. */
export function Chooser(props: Props) {
  const { template, onTemplate, person, onPerson, days, onDays, presets } = props;
  const zone = useZone();
  const now = Date.now();
  const [from, to] = days;
  const offered = [...presets, ...lately(now, zone)];
  const chosen = offered.find((one) => one.from === from && one.to === to);
  return (
    <>
      <Select
        label="Report"
        size="xs"
        data={KINDS}
        value={template}
        allowDeselect={false}
        maxDropdownHeight={340}
        onChange={(value) => value !== null && isReportKind(value) && onTemplate(value)}
      />
      <p className={s.note}>{HOLDS[template]}</p>
      {template === 'person' && <PersonField person={person} onPerson={onPerson} />}
      {!isShortReport(template) && <ReviewField review={props.review} onReview={props.onReview} />}
      <fieldset className={s.presets}>
        <legend>Period</legend>
        {offered.map((one) => (
          <button
            key={one.name}
            type="button"
            className={pill.pill}
            aria-pressed={one === chosen}
            onClick={() => onDays([one.from, one.to])}
          >
            {one.name}
          </button>
        ))}
      </fieldset>
      <DatePickerInput
        type="range"
        size="xs"
        allowSingleDateInRange
        label="First and last day, both included"
        valueFormat="D MMM YYYY"
        value={[from, to]}
        onChange={(next) => onDays(next)}
        maxDate={dayOf(now, zone)}
        ariaLabels={{ previousMonth: 'Previous month', nextMonth: 'Next month' }}
        popoverProps={{ attributes: { dropdown: { 'aria-label': 'Choose dates' } } }}
      />
      <p className={s.note}>Days begin at midnight in {zoneLabel(zone, now)}.</p>
    </>
  );
}

/** A campaign of the archive to be taken into the report: its period is that of the report. Nothing where there is none. */
function ReviewField({ review, onReview }: Pick<Props, 'review' | 'onReview'>) {
  const archive = useArchive();
  const zone = useZone();
  const { data } = useQuery(reviewsOptions(archive, zone));
  const reviews = (data?.reviews ?? []).filter(({ status }) => status !== 'abandoned');
  if (reviews.length === 0) return null;
  return (
    <Select
      label="Review"
      size="xs"
      clearable
      clearButtonProps={{ 'aria-label': 'Without a review' }}
      placeholder="None: the period alone"
      data={reviews.map(({ id, title, status }) => ({ value: id, label: `${id} ${title} (${status})` }))}
      value={review?.id ?? null}
      onChange={(id) => onReview(reviews.find((one) => one.id === id) ?? null)}
    />
  );
}

/** Takes what is chosen from the list at once, and what is typed when the field is left or Enter pressed. */
function PersonField({ person, onPerson }: Pick<Props, 'person' | 'onPerson'>) {
  const archive = useArchive();
  const [typed, setTyped] = useState(person);
  const offered = useQuery(distinctOptions(archive, 'actor', typed.trim(), 12)).data ?? [];
  const values = [...new Set(offered.flatMap(({ value }) => (value === null ? [] : [value])))];
  return (
    <Autocomplete
      label="Person"
      size="xs"
      placeholder="E-mail address, id or name"
      value={typed}
      onChange={setTyped}
      onOptionSubmit={(value) => onPerson(value.trim())}
      onBlur={() => onPerson(typed.trim())}
      onKeyDown={(event) => event.key === 'Enter' && onPerson(typed.trim())}
      data={values}
      filter={({ options }) => options}
      maxLength={320}
      comboboxProps={{ withinPortal: false }}
    />
  );
}
