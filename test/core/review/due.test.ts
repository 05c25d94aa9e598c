import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextUnit, unitBefore, unitStart } from '../../../src/main/core/review/calendar.ts';
import { dueReviews, type PastReview } from '../../../src/main/core/review/due.ts';
import { addDays, endOfDay, startOfDay } from '../../../src/shared/instant.ts';
import { CADENCES, type Cadence } from '../../../src/shared/review.ts';
import type { ReviewPlan } from '../../../src/shared/review-schema.ts';

const ZONE = 'Europe/Lisbon';
const plan = (cadence: Cadence, dueDays = 3, enabled = true): ReviewPlan => ({
  id: cadence,
  name: cadence,
  kind: 'events',
  filter: { terms: [] },
  text: '',
  cadence,
  dueDays,
  owner: null,
  framework: null,
  enabled,
  recommended: true,
});
const past = (of: Cadence, from: string, to: string): PastReview => ({ id: 'R-1', plan: of, period: { from, to } });
const ask = (now: string, since: string, one: ReviewPlan, reviews: readonly PastReview[] = []) =>
  dueReviews([{ plan: one, since: Date.parse(since) }], reviews, Date.parse(now), ZONE)[0];

describe('what is due', () => {
  it('is at first the last whole unit before the plan was followed, and so many days after it', () => {
    const asked = (cadence: Cadence) => ask('2026-10-15T12:00:00Z', '2026-10-15T08:00:00Z', plan(cadence));
    expect(asked('day')).toMatchObject({ period: { from: '2026-10-14', to: '2026-10-14' }, state: 'due', units: 1 });
    expect(asked('week')).toMatchObject({ period: { from: '2026-10-05', to: '2026-10-11' }, state: 'due' });
    expect(asked('month')).toMatchObject({ period: { from: '2026-09-01', to: '2026-09-30' }, state: 'due' });
    expect(asked('quarter')).toMatchObject({
      period: { from: '2026-07-01', to: '2026-09-30' },
      dueAt: endOfDay('2026-10-18', ZONE) - 1,
      state: 'due',
      last: null,
    });
  });

  it('is overdue at first so many days after the plan was followed, not before anybody could do it', () => {
    const asked = (now: string) => ask(now, '2026-10-15T08:00:00Z', plan('quarter'))?.state;
    expect(asked('2026-10-18T22:59:59Z')).toBe('due');
    expect(asked('2026-10-18T23:00:00Z')).toBe('overdue');
  });

  it('goes on the day after the last review ended, takes missed units together, and is overdue by the first of them', () => {
    const reviewed = [past('day', '2026-10-01', '2026-10-09')];
    expect(ask('2026-10-15T12:00:00Z', '2026-01-01T00:00:00Z', plan('day'), reviewed)).toMatchObject({
      period: { from: '2026-10-10', to: '2026-10-14' },
      units: 5,
      dueAt: endOfDay('2026-10-13', ZONE) - 1,
      state: 'overdue',
      last: 'R-1',
    });
    const upToDate = [past('month', '2026-09-01', '2026-09-30')];
    expect(ask('2026-10-15T12:00:00Z', '2026-01-01T00:00:00Z', plan('month'), upToDate)).toMatchObject({
      period: { from: '2026-10-01', to: '2026-10-31' },
      units: 0,
      state: 'upcoming',
    });
  });

  it('follows the zone: a day is over when it is over there', () => {
    const one = plan('day', 0);
    const reviewed = [past('day', '2026-07-01', '2026-07-13')];
    // Lisbon is an hour ahead of UTC in July.
    expect(ask('2026-07-14T22:59:59Z', '2026-01-01T00:00:00Z', one, reviewed)?.state).toBe('upcoming');
    expect(ask('2026-07-14T23:00:00Z', '2026-01-01T00:00:00Z', one, reviewed)?.state).toBe('overdue');
  });

  it('is nothing for a plan that is off', () => {
    expect(ask('2026-10-15T12:00:00Z', '2026-01-01T00:00:00Z', plan('day', 3, false))).toBeUndefined();
  });

  it('leaves no day out and reviews none twice, whenever somebody looks', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CADENCES),
        fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 30 }),
        fc.nat(40),
        (cadence, hours, dueDays) => {
          let now = startOfDay('2026-01-17', ZONE);
          const since = now;
          const reviews: PastReview[] = [];
          for (const step of hours) {
            now += step * 3_600_000;
            const [due] = dueReviews([{ plan: plan(cadence, dueDays), since }], reviews, now, ZONE);
            const before = reviews.at(-1);
            if (before) expect(due!.period.from).toBe(addDays(before.period.to, 1));
            expect(endOfDay(due!.period.to, ZONE) <= now).toBe(due!.state !== 'upcoming');
            expect(due!.state === 'overdue').toBe(due!.units > 0 && now > due!.dueAt);
            expect(unitStart(due!.period.from, cadence)).toBe(due!.period.from);
            if (due!.state !== 'upcoming') reviews.push({ id: `R-${step}`, plan: cadence, period: due!.period });
          }
        },
      ),
    );
  });
});

it('units of the calendar lie side by side', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CADENCES), fc.integer({ min: 0, max: 40_000 }), (cadence, n) => {
      const day = addDays('1990-01-01', n);
      const start = unitStart(day, cadence);
      expect(start <= day && day < nextUnit(day, cadence)).toBe(true);
      expect(unitStart(addDays(nextUnit(day, cadence), -1), cadence)).toBe(start);
      expect(nextUnit(unitBefore(day, cadence), cadence)).toBe(start);
    }),
  );
});
