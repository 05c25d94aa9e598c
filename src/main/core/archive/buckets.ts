import { Temporal } from 'temporal-polyfill';
import type { Category } from '../../../shared/action.ts';
import type { Bucket, BucketSize } from './reader.ts';

/** Entries of one category that fall into one short slot of time. */
export type Slot = { readonly ms: number; readonly category: Category; readonly count: number };

/**
 * Gathers slots into buckets whose edges are those of the zone's own calendar: a day of 23 hours is one bucket, a week
 * begins on Monday. Slots are quarters of an hour, which every offset in use since 1972 divides into.
 */
export function countBuckets(slots: readonly Slot[], by: BucketSize, zone: string): Bucket[] {
  const sorted = [...slots].sort((a, b) => a.ms - b.ms);
  const buckets: { start: number; count: number; byCategory: Partial<Record<Category, number>> }[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const slot of sorted) {
    let bucket = buckets.at(-1);
    if (!bucket || slot.ms >= end) {
      const start = bucketStart(slot.ms, by, zone);
      end = start.add(STEP[by]).epochMilliseconds;
      bucket = { start: start.epochMilliseconds, count: 0, byCategory: {} };
      buckets.push(bucket);
    }
    bucket.count += slot.count;
    bucket.byCategory[slot.category] = (bucket.byCategory[slot.category] ?? 0) + slot.count;
  }
  return buckets;
}

const STEP: Readonly<Record<BucketSize, Temporal.DurationLike>> = {
  minute: { minutes: 1 },
  hour: { hours: 1 },
  day: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
};

function bucketStart(ms: number, by: BucketSize, zone: string): Temporal.ZonedDateTime {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  if (by === 'minute' || by === 'hour') return at.round({ smallestUnit: by, roundingMode: 'floor' });
  const day = at.startOfDay();
  if (by === 'day') return day;
  return by === 'week' ? day.subtract({ days: day.dayOfWeek - 1 }).startOfDay() : day.with({ day: 1 }).startOfDay();
}
