import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { BaselineChart } from '../../../shared/detection-contract.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { TriagedFinding } from '../../../shared/triage.ts';
import { useArchive } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { baselineOptions } from '../../lib/queries.ts';
import { boundText, clockMinutes, date, longDate, zoneName } from '../../lib/time.ts';
import { HourOfWeek } from '../../ui/hour-of-week.tsx';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { Tag } from '../../ui/small.tsx';
import s from './detail.module.css';

/** When the finding's person used to be active, and where this falls. Nothing where nobody is named. */
export function BaselinePanel({ finding }: { finding: TriagedFinding }) {
  const archive = useArchive();
  const { data, error } = useQuery(baselineOptions(archive, finding.id));
  if (error) return <FailureNote error={error} />;
  if (data === null) return null;
  return data === undefined ? (
    <Panel title="By hour of the week">
      <div className={s.chartWait} />
    </Panel>
  ) : (
    <Chart chart={data} finding={finding} />
  );
}

function Chart({ chart, finding }: { chart: BaselineChart; finding: TriagedFinding }) {
  const [signIns, setSignIns] = useState(false);
  const counts = signIns ? chart.signIns : chart.entries;
  const total = counts.reduce((sum, n) => sum + n, 0);
  const most = Math.max(...counts);
  const unit = signIns ? 'sign-in entry' : 'entry';
  const units = signIns ? 'sign-in entries' : 'entries';
  const query = printQuery({
    terms: [...(finding.actor === null ? [] : [exactly('actor', finding.actor)])],
    to: boundText(finding.first - 1, chart.zone),
  });
  return (
    <Panel
      title="By hour of the week"
      action={
        <span className={s.caption}>
          {zoneName(finding.first, chart.zone)}
          {chart.from !== null && chart.to !== null && (
            <>
              , {date(chart.from, chart.zone)} – {date(chart.to, chart.zone)}
            </>
          )}
        </span>
      }
    >
      <HourOfWeek
        counts={counts}
        events={chart.events}
        caption={`${units} before this finding by weekday and hour; in brackets, entries of the finding itself`}
      />
      <div className={s.legend}>
        {total === 0 ? (
          <span>No earlier {units}: nothing to compare with.</span>
        ) : (
          <span className={s.scale}>
            <i data-step="1" />
            <i data-step="2" />
            <i data-step="3" />1 to {counted(most, unit, units)}
          </span>
        )}
        {chart.events[0] && (
          <span className={s.scale}>
            <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
              <path d="M5 0 10 5 5 10 0 5Z" fill="var(--chart-hit)" />
            </svg>
            this, {longDate(chart.events[0].ts, chart.zone).slice(0, 3)} {clockMinutes(chart.events[0].ts, chart.zone)}
          </span>
        )}
        <span className={s.grow} />
        <button
          type="button"
          className={s.inlineLink}
          aria-pressed={signIns}
          onClick={() => setSignIns((before) => !before)}
        >
          {signIns ? 'all entries' : 'sign-ins only'}
        </button>
        {finding.actor !== null && total > 0 && (
          <Link to="/" search={{ q: query }}>
            {grouped(total)} earlier of <SafeText text={chart.actor} max={64} />
          </Link>
        )}
        {total > 0 && total < 20 && <Tag>few to compare with</Tag>}
      </div>
    </Panel>
  );
}
