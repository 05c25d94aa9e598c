import type { DayCoverage } from '../../../shared/coverage.ts';
import { addDays, daysBetween, daysFromTo } from '../../../shared/instant.ts';

/** A day's place in a strip of weeks: columns are weeks from Monday, rows its days; both from 0. */
export type Cell = {
  readonly day: string;
  readonly column: number;
  readonly row: number;
  readonly known: DayCoverage | null;
};

export type Strip = {
  readonly first: string;
  readonly last: string;
  readonly columns: number;
  readonly cells: readonly Cell[];
  /** Names of months over the columns they begin in; a January carries its year. */
  readonly months: readonly { readonly column: number; readonly text: string }[];
};

/** Weeks that lie side by side without anybody having to choose a year: fourteen months. */
export const RECENT_WEEKS = 61;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
/** A month's name needs so many columns to itself. */
const NAME_COLUMNS = 3;

/** 0 is Monday. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Lays the days from one date to another out in weeks. */
export function stripOf(first: string, last: string, days: readonly DayCoverage[]): Strip {
  const known = new Map(days.map((one) => [one.day, one]));
  const offset = weekdayOf(first);
  const cells = daysFromTo(first, last).map((day, i): Cell => {
    return { day, column: Math.floor((i + offset) / 7), row: (i + offset) % 7, known: known.get(day) ?? null };
  });
  const columns = (cells.at(-1)?.column ?? 0) + 1;
  return { first, last, columns, cells, months: monthsOf(cells, columns) };
}

function monthsOf(cells: readonly Cell[], columns: number): Strip['months'] {
  const begun = cells.filter((cell, i) => i === 0 || cell.day.endsWith('-01'));
  // A month of which only the end is shown gives its place to the next one.
  const named = begun.filter((cell, i) => i > 0 || cell.column + NAME_COLUMNS <= (begun[1]?.column ?? columns + 2));
  return named.map(({ day, column }, i) => {
    const month = Number(day.slice(5, 7));
    return { column, text: `${MONTHS[month - 1]}${i === 0 || month === 1 ? ` ’${day.slice(2, 4)}` : ''}` };
  });
}

/**
 * The line between the days that are gone at the source and those it still has, as an SVG path in units of cells; null
 * where the edge is not within the strip.
 */
export function edgePath(strip: Strip, edge: string): string | null {
  if (edge <= strip.first || edge > strip.last) return null;
  const at = daysBetween(strip.first, edge) + weekdayOf(strip.first);
  const column = Math.floor(at / 7);
  const row = at % 7;
  return row === 0 ? `M${column} 0V7` : `M${column + 1} 0V${row}H${column}V7`;
}

/** What the calendar can show: the last fourteen months, one calendar year, or all of them. */
export type View = 'recent' | 'all' | `${number}`;

export type Span = { readonly first: string; readonly last: string };

/** Calendar years of which the ledger knows a day, newest first. */
export function yearsOf(days: readonly DayCoverage[], today: string): string[] {
  return [...new Set([...days.map((one) => one.day.slice(0, 4)), today.slice(0, 4)])].sort().reverse();
}

/** Whether everything fits side by side, so that there is nothing to choose. */
export function fitsRecent(span: Span): boolean {
  return daysBetween(span.first, span.last) < RECENT_WEEKS * 7 - 7;
}

/** The strips a view consists of, newest first. */
export function spansOf(view: View, whole: Span, years: readonly string[]): readonly Span[] {
  if (view === 'recent') {
    const monday = addDays(whole.last, -weekdayOf(whole.last));
    const first = addDays(monday, -7 * (RECENT_WEEKS - 1));
    return [{ first: first > whole.first ? first : whole.first, last: whole.last }];
  }
  const shown = view === 'all' ? years : [view];
  return shown.map((year) => ({ first: `${year}-01-01`, last: `${year}-12-31` }));
}

/** The day that a key leads to from another, kept within the strips; null for other keys. */
export function dayByKey(key: string, from: string, spans: readonly Span[]): string | null {
  const oldest = spans.at(-1)?.first ?? from;
  const newest = spans[0]?.last ?? from;
  const steps: Readonly<Record<string, string>> = {
    ArrowUp: addDays(from, -1),
    ArrowDown: addDays(from, 1),
    ArrowLeft: addDays(from, -7),
    ArrowRight: addDays(from, 7),
    PageUp: addDays(from, -28),
    PageDown: addDays(from, 28),
    Home: oldest,
    End: newest,
  };
  const to = steps[key];
  if (to === undefined) return null;
  const within = to < oldest ? oldest : to > newest ? newest : to;
  if (spans.some((span) => span.first <= within && within <= span.last)) return within;
  // Between two years that are shown lies one that is not: the step goes on to the next day there is.
  return within < from
    ? (spans.find((span) => span.last < within)?.last ?? oldest)
    : (spans.findLast((span) => span.first > within)?.first ?? newest);
}
