import type { DayState } from '../../../shared/coverage.ts';
import { counted, dayRange, listed, longDay } from './format.ts';
import type { ReportCoverage, ReportDay } from './model.ts';

/** Consecutive days in one state with one note. */
export type DaySpan = {
  readonly from: string;
  readonly to: string;
  readonly state: DayState;
  readonly days: number;
  readonly served: number | null;
  readonly stored: number;
  readonly note: string | null;
};

/** The days that are not complete, neighbours of a kind together. */
export function openSpans(days: readonly ReportDay[]): DaySpan[] {
  const spans: DaySpan[] = [];
  let previous: ReportDay | null = null;
  for (const day of days) {
    if (day.state !== 'complete') {
      const last = spans.at(-1);
      if (
        last &&
        previous !== null &&
        previous.state === day.state &&
        previous.note === day.note &&
        last.to === previous.day
      ) {
        spans[spans.length - 1] = {
          ...last,
          to: day.day,
          days: last.days + 1,
          served: last.served === null || day.served === null ? null : last.served + day.served,
          stored: last.stored + day.stored,
        };
      } else {
        const { state, served, stored, note } = day;
        spans.push({ from: day.day, to: day.day, state, days: 1, served, stored, note });
      }
    }
    previous = day;
  }
  return spans;
}

/** One or two sentences: how many days are complete, and which are not. */
export function completenessStatement(coverage: ReportCoverage): string {
  const total = coverage.days.length;
  const { complete } = coverage.states;
  if (complete === total) {
    return `All ${counted(total, 'UTC day', 'UTC days')} of the period are complete: each was fetched whole after it was over.`;
  }
  const spans = openSpans(coverage.days);
  const named = spans.slice(0, 3).map((span) => {
    const verb = span.days === 1 ? 'is' : 'are';
    return `${span.days === 1 ? longDay(span.from) : dayRange(span.from, span.to)} ${verb} ${span.state}`;
  });
  const rest = spans.slice(3).reduce((sum, span) => sum + span.days, 0);
  if (rest > 0) named.push(`${counted(rest, 'further day is', 'further days are')} not complete`);
  return `${complete} of ${counted(total, 'UTC day', 'UTC days')} ${complete === 1 ? 'is' : 'are'} complete. ${listed(named)}.`;
}
