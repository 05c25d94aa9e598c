import type { BucketSize } from '../../../src/main/core/archive/reader.ts';

// The calendar spelt out with what the platform prints for an instant in a zone, and by walking along it: none of the
// product's own arithmetic of dates.

const MINUTE_MS = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Name of the bucket an instant falls into; equal names, equal bucket. */
export function bucketName(ms: number, by: BucketSize, zone: string): string {
  const { year, month, day, hour, minute, offset } = wallClock(ms, zone);
  switch (by) {
    case 'month':
      return `${year}-${month}`;
    case 'day':
      return `${year}-${month}-${day}`;
    case 'week': {
      const date = Date.UTC(year, month - 1, day);
      const sinceMonday = (new Date(date).getUTCDay() + 6) % 7;
      return `week of ${new Date(date - sinceMonday * 86_400_000).toISOString().slice(0, 10)}`;
    }
    // The hour that a change of the clocks repeats is two.
    case 'hour':
      return `${year}-${month}-${day} ${hour} ${offset}`;
    case 'minute':
      return `${year}-${month}-${day} ${hour}:${minute} ${offset}`;
  }
}

/** First instant of the bucket an instant falls into, found by walking back to where the name begins. */
export function bucketStart(ms: number, by: BucketSize, zone: string): number {
  const finest = by === 'minute' ? MINUTE_MS : 15 * MINUTE_MS;
  const name = bucketName(ms, by, zone);
  let start = Math.floor(ms / finest) * finest;
  // In long strides first: what has one name is one piece.
  for (const step of [24 * 60 * MINUTE_MS, 60 * MINUTE_MS, finest]) {
    while (bucketName(start - step, by, zone) === name) start -= step;
  }
  return start;
}

type WallClock = { year: number; month: number; day: number; hour: number; minute: number; offset: string };

const known = new Map<string, WallClock>();

function wallClock(ms: number, zone: string): WallClock {
  const minute = Math.floor(ms / MINUTE_MS);
  const key = `${minute} ${zone}`;
  const found = known.get(key);
  if (found) return found;
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
      timeZoneName: 'longOffset',
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(minute * MINUTE_MS).map(({ type, value }) => [type, value]));
  const at = {
    year: Number(parts.year),
    month: Number(parts.month),
    day: Number(parts.day),
    hour: Number(parts.hour),
    minute: Number(parts.minute),
    offset: String(parts.timeZoneName),
  };
  known.set(key, at);
  return at;
}
