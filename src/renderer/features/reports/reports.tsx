import { Button, Progress, SegmentedControl } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { IconFileText, IconFolder } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { EventPayload } from '../../../shared/contract.ts';
import { dayOf } from '../../../shared/instant.ts';
import { REPORT_TEMPLATES, type ReportTemplate, TEMPLATE_NAMES } from '../../../shared/report-template.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call, failureOf, listen } from '../../lib/client.ts';
import { counted, grouped } from '../../lib/number.ts';
import { countOptions, coverageOptions } from '../../lib/queries.ts';
import { zoneLabel } from '../../lib/time.ts';
import { Banner, FailureNote, Panel } from '../../ui/notes.tsx';
import pill from '../../ui/pill.module.css';
import { SafeText } from '../../ui/safe-text.tsx';
import { type Period, quarters } from './quarters.ts';
import s from './reports.module.css';

/** What the entries are set against, in a line. */
const BEARS_ON: Readonly<Record<ReportTemplate, string>> = {
  soc2: 'Trust Services Criteria CC6.1 to CC8.1: access, monitoring, response and change.',
  iso27001: 'Annex A of the 2022 edition: logging, monitoring, clocks, access rights, events and evidence.',
  hipaa: 'The Security Rule: activity review, log-in monitoring, audit controls, authentication.',
  pci: 'Version 4.0.1, requirements 10.2 to 10.7: what is logged, kept, reviewed and followed up.',
  gdpr: 'Articles 5, 32 and 33: security of processing, its regular testing, and the record of breaches.',
};

/** Writes the report an auditor gets: which period, what it will stand on, then the file with its hash. */
export function Reports() {
  const archive = useArchive();
  const zone = useZone();
  const now = Date.now();
  const presets = useMemo(() => quarters(Date.now(), zone), [zone]);
  const [days, setDays] = useState<readonly [string | null, string | null]>(() => {
    const first = presets[0];
    return first ? [first.from, first.to] : [null, null];
  });
  const [template, setTemplate] = useState<ReportTemplate>('soc2');
  const [from, to] = days;
  const period: Period | null = from !== null && to !== null ? { from, to } : null;
  const create = useMutation({
    mutationFn: ({ from: first, to: last }: Period) => call('report.create', { template, from: first, to: last, zone }),
  });
  const chosen = presets.find((one) => one.from === from && one.to === to);

  return (
    <div className={s.page}>
      <h1>Reports</h1>
      <Panel title="Evidence report" className={s.panel}>
        <div className={s.body}>
          <p className={s.lead}>
            A PDF with the scope, the population and its query, the activity by category, the exceptions the rules
            found, and the entries behind them.
          </p>
          <div className={s.framework}>
            <p className={s.label} id="framework">
              Framework
            </p>
            <SegmentedControl
              aria-labelledby="framework"
              size="xs"
              data={REPORT_TEMPLATES.map((value) => ({ value, label: TEMPLATE_NAMES[value] }))}
              value={template}
              onChange={setTemplate}
            />
            <p className={s.note}>{BEARS_ON[template]}</p>
          </div>
          <fieldset className={s.presets}>
            <legend>Period</legend>
            {presets.map((one) => (
              <button
                key={one.from}
                type="button"
                className={pill.pill}
                aria-pressed={one === chosen}
                onClick={() => setDays([one.from, one.to])}
              >
                {one.name}
              </button>
            ))}
          </fieldset>
          <DatePickerInput
            type="range"
            allowSingleDateInRange
            label="First and last day, both included"
            valueFormat="D MMM YYYY"
            value={[from, to]}
            onChange={(next) => setDays(next)}
            maxDate={dayOf(now, zone)}
            ariaLabels={{ previousMonth: 'Previous month', nextMonth: 'Next month' }}
            popoverProps={{ attributes: { dropdown: { 'aria-label': 'Choose dates' } } }}
            maw={300}
          />
          <p className={s.note}>Days begin at midnight in {zoneLabel(zone, now)}.</p>
          {period && <Basis period={period} />}
          <div className={s.actions}>
            <Button
              disabled={period === null || archive.entries === 0}
              loading={create.isPending}
              onClick={() => period && create.mutate(period)}
              leftSection={<IconFileText size={15} stroke={1.6} aria-hidden />}
            >
              Create the report…
            </Button>
            {archive.entries === 0 && <span className={s.note}>The archive holds no entries yet.</span>}
          </div>
          {create.isPending && <Running />}
          {create.error && failureOf(create.error).code !== 'cancelled' && <FailureNote error={create.error} />}
          {create.data && (
            <div className={s.result} role="status">
              <IconFileText size={18} stroke={1.6} aria-hidden />
              <div>
                <p>
                  <b>
                    <SafeText text={create.data.fileName} />
                  </b>
                  , {counted(create.data.pages, 'page', 'pages')}; {counted(create.data.population, 'entry', 'entries')}
                  , {counted(create.data.exceptions, 'exception', 'exceptions')}
                </p>
                <p className={s.hash}>sha256 {create.data.sha256}</p>
              </div>
              <Button
                size="xs"
                variant="default"
                onClick={() => void call('report.reveal', {}).catch(() => {})}
                leftSection={<IconFolder size={13} stroke={1.6} aria-hidden />}
              >
                Show in folder
              </Button>
            </div>
          )}
        </div>
      </Panel>
    </div>
  );
}

/** What the report would stand on: how many entries, and which days are not whole. */
function Basis({ period }: { period: Period }) {
  const archive = useArchive();
  const zone = useZone();
  const question = useMemo(
    () => ({ filter: { terms: [], from: period.from, to: period.to }, zone }),
    [period.from, period.to, zone],
  );
  const count = useQuery(countOptions(archive, question));
  const days = useQuery(coverageOptions(archive, period.from, period.to)).data ?? [];
  const today = dayOf(Date.now(), 'UTC');
  const open = period.to >= dayOf(Date.now(), zone);
  const gaps = days.filter((one) => one.day < today && one.state !== 'complete' && one.state !== 'imported').length;
  return (
    <>
      <p className={s.basis} role="status">
        {count.data ? <b>{counted(count.data.total, 'entry', 'entries')}</b> : 'Counting…'}
        {count.data && ' in this period.'}
        {count.data && days.length > 0 && gaps === 0 && ` Every past day the archive knows of it is complete.`}
      </p>
      {gaps > 0 && (
        <Banner severity="medium">
          <b>
            {counted(gaps, 'day', 'days')} of this period {gaps === 1 ? 'is' : 'are'} not complete.
          </b>{' '}
          Entries of those days may be missing.
        </Banner>
      )}
      {open && (
        <Banner severity="low">
          <b>The period is not over.</b> Entries that come later are not in the report.
        </Banner>
      )}
    </>
  );
}

function Running() {
  const [progress, setProgress] = useState<EventPayload<'task.progress'> | null>(null);
  useEffect(() => listen('task.progress', setProgress), []);
  const share = progress?.total ? Math.min(100, (progress.done / progress.total) * 100) : null;
  return (
    <div className={s.running}>
      <Progress
        className={s.grow ?? ''}
        value={share ?? 100}
        animated={share === null}
        striped={share === null}
        attributes={{ section: { 'aria-label': 'Progress' } }}
      />
      <span role="status">
        {progress
          ? `${progress.note}${progress.total ? `, ${grouped(progress.done)} of ${grouped(progress.total)}` : ''}`
          : 'Starting…'}
      </span>
      <Button size="xs" variant="default" onClick={() => void call('task.cancel', {}).catch(() => {})}>
        Cancel
      </Button>
    </div>
  );
}
