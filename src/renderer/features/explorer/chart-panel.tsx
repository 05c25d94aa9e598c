import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useMemo } from 'react';
import { CATEGORIES } from '../../../shared/action.ts';
import { useArchive } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { useOfficeHours } from '../../lib/office-hours.ts';
import { histogramOptions, momentsOptions, type Question } from '../../lib/queries.ts';
import { zoneName } from '../../lib/time.ts';
import { useLast } from '../../lib/use-last.ts';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { type Span, unconditional } from './answer.ts';
import { type Bar, barsOf, stepFor } from './buckets.ts';
import s from './chart.module.css';
import type { Coverage } from './coverage-of.ts';
import { Histogram } from './histogram.tsx';
import { officeBands } from './office-band.ts';

const NO_MOMENTS: readonly number[] = [];

type Props = {
  readonly question: Question;
  readonly span: Span | null;
  readonly total: number | null;
  readonly coverage: Coverage;
  readonly onSelect: (fromMs: number, toMs: number) => void;
};

/** The exact total with its legend, above the entries over time. */
export function ChartPanel({ question, span, total, coverage, onSelect }: Props) {
  const archive = useArchive();
  const { zone } = question;
  const conditional = question.filter.terms.length > 0;
  const step = useMemo(() => stepFor(span?.fromMs ?? 0, span?.toMs ?? 0), [span]);
  const everything = useMemo(() => unconditional(question), [question]);
  const matching = useQuery(histogramOptions(archive, question, step.unit));
  const whole = useQuery(histogramOptions(archive, everything, step.unit));

  // Bars of an old answer under the axis of a new question would be wrong: both change together.
  const ready = span !== null && matching.data && whole.data && !matching.isPlaceholderData && !whole.isPlaceholderData;
  const fresh = useMemo(
    () =>
      ready
        ? {
            bars: barsOf(matching.data, span.fromMs, span.toMs, step, zone),
            whole: barsOf(whole.data, span.fromMs, span.toMs, step, zone),
            step,
            zone,
          }
        : null,
    [ready, matching.data, whole.data, span, step, zone],
  );
  // Drawing hundreds of bars may wait for the next key; the field and the rows may not.
  const shown = useDeferredValue(useLast(fresh));
  const marks = useQuery(momentsOptions(archive)).data?.moments ?? NO_MOMENTS;
  const offices = useOfficeHours();
  const bands = useMemo(() => officeBands(shown?.bars ?? [], offices), [shown, offices]);
  const exact = coverage.incomplete > 0 ? '' : 'exact, ';
  const inRange = shown ? sum(shown.whole) : null;

  return (
    <section className={s.chart} aria-label="Entries over time">
      <div className={s.legend}>
        <h2 className={s.total} data-testid="total" data-total={total ?? ''}>
          {total === null
            ? 'Counting…'
            : `${coverage.incomplete > 0 ? 'At least ' : ''}${counted(total, 'entry matches', 'entries match')}`}
        </h2>
        {shown && (
          <span className={s.exact}>
            {conditional && inRange !== null
              ? `${exact}of ${grouped(inRange)} in range; `
              : exact === ''
                ? ''
                : 'exact; '}
            {shown.step.words}, {zoneName(span?.toMs ?? 0, zone)}
          </span>
        )}
        {coverage.incomplete > 0 && (
          <Link to="/archive" className={s.gaps ?? ''}>
            {counted(coverage.incomplete, 'day', 'days')} of this range {coverage.incomplete === 1 ? 'is' : 'are'} not
            complete
          </Link>
        )}
        <span className={s.grow} />
        {shown &&
          CATEGORIES.map((category) => {
            const n = shown.bars.reduce((all, bar) => all + (bar.byCategory[category] ?? 0), 0);
            if (category === 'other' && n === 0) return null;
            return (
              <span key={category} className={s.key}>
                <CategoryIcon category={category} />
                {category} <span className={s.keyCount}>{grouped(n)}</span>
              </span>
            );
          })}
        {bands.length > 0 && (
          <span className={s.key}>
            <i className={s.officeKey} aria-hidden />
            office hours
          </span>
        )}
      </div>
      {shown ? <Histogram {...shown} marks={marks} bands={bands} onSelect={onSelect} /> : <div className={s.noChart} />}
    </section>
  );
}

function sum(bars: readonly Bar[]): number {
  return bars.reduce((all, bar) => all + bar.count, 0);
}
