import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { RunRecord } from '../../../shared/run.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { useImports } from '../../lib/imports.tsx';
import { counted, grouped } from '../../lib/number.ts';
import { historyOptions } from '../../lib/queries.ts';
import { useSync } from '../../lib/sync.tsx';
import { clockMinutes, dateTime, shortDate, zoneName } from '../../lib/time.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './archive.module.css';

/** The last runs of sync and import, kept in the archive itself. */
export function HistoryPanel() {
  const archive = useArchive();
  const sync = useSync();
  const { step } = useImports();
  const busy = sync.running || step.kind === 'importing';
  // The line of a run is there when its first progress is.
  const begun = sync.running && sync.progress !== null;
  const { data: runs, error } = useQuery(historyOptions(archive, `${sync.running} ${begun} ${step.kind}`));
  return (
    <Panel title="Runs" note={runs && runs.length > 0 ? `the last ${grouped(runs.length)}` : undefined}>
      {error && <FailureNote error={error} />}
      {runs?.length === 0 && <p className={s.body}>Nothing was fetched or imported yet.</p>}
      {runs && runs.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        <section className={s.runsFrame} tabIndex={0} aria-label="Past runs">
          <table className={s.runs}>
            <thead>
              <tr>
                <th scope="col">Begun</th>
                <th scope="col">Source</th>
                <th scope="col" data-number>
                  New
                </th>
                <th scope="col">Outcome</th>
              </tr>
            </thead>
            <tbody>
              {runs.map((run, i) => (
                <Row key={`${run.started} ${run.kind}`} run={run} running={i === 0 && busy} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}

function Row({ run, running }: { run: RunRecord; running: boolean }) {
  const zone = useZone();
  const extras = [
    run.requests > 0 ? counted(run.requests, 'request', 'requests') : null,
    run.days && run.days.complete > 0 ? `${counted(run.days.complete, 'day', 'days')} complete` : null,
    run.days && run.days.partial > 0 ? `${grouped(run.days.partial)} partial` : null,
    run.days && run.days.lost > 0 ? `${grouped(run.days.lost)} lost` : null,
    run.changed > 0 ? `${grouped(run.changed)} changed` : null,
    run.rejected > 0 ? `${grouped(run.rejected)} ${run.kind === 'import' ? 'rejected' : 'kept unread'}` : null,
  ].filter((part) => part !== null);
  return (
    <tr>
      <th scope="row" title={dateTime(run.started, zone)}>
        {shortDate(run.started, zone)}, {clockMinutes(run.started, zone)}{' '}
        <small>
          {zoneName(run.started, zone)}
          {duration(run)}
        </small>
      </th>
      <td>
        <SafeText text={run.source} max={60} />
        <small>{run.kind}</small>
      </td>
      <td data-number>{run.ended === null ? '' : grouped(run.inserted)}</td>
      <td>
        <Outcome run={run} running={running} />
        {run.sentence !== '' && (
          <small>
            <SafeText text={run.sentence} />
          </small>
        )}
        {extras.length > 0 && <small>{extras.join(', ')}</small>}
      </td>
    </tr>
  );
}

function duration({ started, ended }: RunRecord): string {
  if (ended === null) return '';
  const seconds = Math.max(0, Math.round((ended - started) / 1000));
  return seconds < 60 ? `, ${seconds} s` : `, ${Math.round(seconds / 60)} min`;
}

function Outcome({ run, running }: { run: RunRecord; running: boolean }) {
  const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const;
  if (run.outcome === null) {
    return (
      <span className={s.outcomeWord}>
        <IconCircleDashed {...icon} /> {running ? 'running' : 'broken off: Logbook ended'}
      </span>
    );
  }
  if (run.outcome === 'complete') {
    return (
      <span className={s.outcomeWord} data-outcome="complete">
        <IconCircleCheck {...icon} /> {run.kind === 'import' ? 'imported' : 'complete'}
      </span>
    );
  }
  const calm = run.outcome === 'cancelled' || run.outcome === 'incomplete';
  return (
    <span className={s.outcomeWord} data-outcome={calm ? 'stopped' : 'failed'}>
      {calm ? <IconCircleDashed {...icon} /> : <IconAlertTriangle {...icon} />}
      {run.outcome === 'cancelled' ? 'stopped' : run.outcome === 'incomplete' ? 'not whole yet' : 'failed'}
    </span>
  );
}
