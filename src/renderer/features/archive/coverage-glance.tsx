import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Output } from '../../../shared/contract.ts';
import { dayOf } from '../../../shared/instant.ts';
import { useArchive } from '../../lib/app-state.ts';
import { ledgerOptions } from '../../lib/queries.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { Calendar } from './calendar.tsx';
import { edgePath, spansOf, stripOf, yearsOf } from './calendar-layout.ts';
import s from './coverage.module.css';
import { Legend } from './coverage-panel.tsx';
import { spanWords } from './day-words.ts';

/** The last fourteen months of the ledger at a glance; a day leads to its entries. */
export function CoverageGlance({ retention }: { retention: Output<'coverage.retention'> }) {
  const archive = useArchive();
  const navigate = useNavigate();
  const { data, error } = useQuery(ledgerOptions(archive));
  const today = dayOf(retention.now, 'UTC');
  const days = useMemo(() => data ?? [], [data]);
  const spans = useMemo(() => {
    const first = days[0]?.day ?? today;
    return spansOf('recent', { first: first < today ? first : today, last: today }, yearsOf(days, today));
  }, [days, today]);
  const strips = useMemo(() => spans.map((span) => stripOf(span.first, span.last, days)), [spans, days]);
  const shown = days.filter((one) => spans.some((span) => span.first <= one.day && one.day <= span.last));
  return (
    <Panel
      title="Coverage"
      note={`${spanWords(spans.at(-1)?.first ?? today, spans[0]?.last ?? today)}, days in UTC`}
      action={<Link to="/archive">Every day, and fetching</Link>}
    >
      {error && <FailureNote error={error} />}
      {data && (
        <div className={s.glance}>
          <Calendar
            strips={strips}
            spans={spans}
            today={today}
            edge={retention.byPlan ? retention.edge : null}
            keeping={retention}
            chosen={null}
            onChoose={(day) => void navigate({ to: '/', search: { q: `from:${day} to:${day}`, tz: 'UTC' } })}
          />
          <Legend
            days={shown}
            retention={retention}
            today={today}
            hasEdge={strips.some((strip) => edgePath(strip, retention.edge) !== null)}
          />
        </div>
      )}
    </Panel>
  );
}
