import { type DayCoverage, type JettyPlan, PLANS } from '../../../shared/coverage.ts';
import { addDays, daysFromTo, endOfDay } from '../../../shared/instant.ts';
import { utcDay } from './window.ts';

/**
 * How long after a day's end entries of that day may still arrive (a queue on the server, a clock that is off). A day
 * read sooner stays partial and is asked again. One hour, in milliseconds.
 */
export const GRACE_MS = 3_600_000;

const DAY_MS = 86_400_000;
/** Days a window may hold at most. */
export const LONGEST_WINDOW = 28;
// A window is meant to fit one page with some room; more would save nothing.
const PAGE_SHARE = 0.7;

/** Whether entries of a day can no longer be expected at an instant. */
export function isOver(day: string, at: number): boolean {
  return endOfDay(day, 'UTC') + GRACE_MS <= at;
}

/** The days in which a retention edge may lie at an instant: one for a known plan, else one for each plan there is. */
export function edgeDays(at: number, plan: JettyPlan | null): string[] {
  const lengths = plan === null ? Object.values(PLANS) : [PLANS[plan]];
  return lengths.map((days) => utcDay(at - days * DAY_MS));
}

export type PlanQuestion = {
  /** The ledger, from its first day on. */
  readonly ledger: readonly DayCoverage[];
  readonly today: string;
  /** The oldest day the server can still be expected to serve. */
  readonly edge: string;
  /** The day down to which an earlier run has looked, nothing before it being served; null before such a run. */
  readonly reached: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Ask settled days too. */
  readonly full: boolean;
};

/** Which days to ask, the end nearest the retention edge first; and which can no longer be had. */
export type DayPlan = { readonly ask: readonly string[]; readonly lost: readonly string[] };

/**
 * Settled days are not asked again, partial, imported and unknown ones are, today always. A day the archive should have
 * had (it lies after the first day it ever asked for) and that is out of retention is lost.
 */
export function planDays(question: PlanQuestion): DayPlan {
  const { edge, reached, today, full } = question;
  const states = new Map(question.ledger.map((entry) => [entry.day, entry.state]));
  const firstKnown = question.ledger.find((entry) => entry.state !== 'imported')?.day ?? null;
  const last = question.to !== null && question.to < today ? question.to : today;
  const start = reached !== null && reached > edge ? reached : edge;
  const first = question.from ?? (firstKnown !== null && firstKnown < start ? firstKnown : start);
  const ask: string[] = [];
  const lost: string[] = [];
  for (const day of daysFromTo(first, last)) {
    const state = states.get(day) ?? 'pending';
    if (day >= edge) {
      if (full || state !== 'complete' || day === today) ask.push(day);
    } else if (state === 'pending' && firstKnown !== null && day >= firstKnown) {
      lost.push(day);
    }
  }
  return { ask, lost };
}

export type WindowQuestion = {
  /** Days still to be asked, oldest first; not empty. */
  readonly days: readonly string[];
  readonly now: number;
  /** Days in which the retention edge may lie. */
  readonly edges: readonly string[];
  /** How many days a window may hold. */
  readonly size: number;
};

/**
 * The next days to fetch together. A day at the retention edge and a settled day are never in one window with days that
 * still change, so that what proves the settled ones is not disturbed.
 */
export function nextDays(question: WindowQuestion): { readonly first: string; readonly last: string } {
  const { days, now, edges, size } = question;
  const first = days[0]!;
  let last = first;
  if (edges.includes(first)) return { first, last };
  const settled = isOver(first, now);
  for (const day of days.slice(1)) {
    const fits = day === addDays(last, 1) && day < addDays(first, size);
    if (!fits || edges.includes(day) || isOver(day, now) !== settled) break;
    last = day;
  }
  return { first, last };
}

/** How many days the next window may hold, from what the last one held; grows slowly, shrinks at once. */
export function nextSize(lastSize: number, daysRead: number, entriesRead: number, pageSize: number): number {
  const perDay = Math.max(entriesRead / Math.max(1, daysRead), 0.01);
  const fitting = Math.floor((PAGE_SHARE * pageSize) / perDay);
  return Math.max(1, Math.min(fitting, lastSize * 2, LONGEST_WINDOW));
}
