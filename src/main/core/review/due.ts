import { addDays, dayOf, daysFromTo, endOfDay } from '../../../shared/instant.ts';
import type { DueReview, Period } from '../../../shared/review-schema.ts';
import { nextUnit, unitBefore, unitStart } from './calendar.ts';
import type { FollowedPlan } from './plans.ts';

/** A review of a plan that was not given up: the end of its period. */
export type PastReview = { readonly id: string; readonly plan: string | null; readonly period: Period };

/**
 * What each plan asks for next, from plan, past reviews, instant and zone alone. The period begins the day after the last
 * one ended (at first with the unit before the one in which the plan began to be followed) and ends with the last whole
 * unit of the calendar; it is due some days after its *first* unit that nobody has reviewed, and at first after the plan
 * began to be followed. Plans that are off ask for nothing.
 */
export function dueReviews(
  plans: readonly FollowedPlan[],
  past: readonly PastReview[],
  now: number,
  zone: string,
): Omit<DueReview, 'openExceptions'>[] {
  const today = dayOf(now, zone);
  return plans
    .filter(({ plan }) => plan.enabled)
    .map(({ plan, since }) => {
      const { cadence, dueDays } = plan;
      const last = past
        .filter((one) => one.plan === plan.id)
        .reduce<PastReview | null>((a, b) => (a === null || b.period.to > a.period.to ? b : a), null);
      const began = dayOf(since, zone);
      const from = last === null ? unitBefore(began, cadence) : addDays(last.period.to, 1);
      const firstEnd = addDays(nextUnit(from, cadence), -1);
      // Nobody is late with what could not be done before.
      const counted = last === null && began > firstEnd ? began : firstEnd;
      const dueAt = endOfDay(addDays(counted, dueDays), zone) - 1;
      const wholeTo = addDays(unitStart(today, cadence), -1);
      if (wholeTo < firstEnd)
        return { plan, period: { from, to: firstEnd }, dueAt, state: 'upcoming', units: 0, last: last?.id ?? null };
      const units = new Set(daysFromTo(from, wholeTo).map((day) => unitStart(day, cadence))).size;
      const state = now > dueAt ? 'overdue' : 'due';
      return { plan, period: { from, to: wholeTo }, dueAt, state, units, last: last?.id ?? null };
    });
}
