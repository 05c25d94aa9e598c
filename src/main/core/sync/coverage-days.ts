import type { DayCoverage } from '../../../shared/coverage.ts';
import { addDays, daysFromTo } from '../../../shared/instant.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { retentionFacts } from './retention-facts.ts';
import { utcDay } from './window.ts';

const ALL_DAYS = ['1970-01-01', '9999-12-31'] as const;
const NEVER_ASKED = 'Out of retention before it was fetched.';

/**
 * Every UTC day since the archive began to follow a server, up to today, and every day that came from a file. A day no
 * sync has come to yet is pending, or lost where the server no longer has it. `now` is milliseconds UTC.
 */
export function coverageDays(
  reader: Pick<ArchiveReader, 'coverage' | 'setting' | 'storedOn'>,
  now: number,
): readonly DayCoverage[] {
  const ledger = reader.coverage(...ALL_DAYS);
  const began = ledger.find((row) => row.state !== 'imported')?.day;
  if (began === undefined) return ledger;
  const { edge, byPlan } = retentionFacts(reader, now);
  const rows = new Map(ledger.map((row) => [row.day, row]));
  const today = utcDay(now);
  const since = daysFromTo(began, today).map((day) => rows.get(day) ?? missing(reader, day, byPlan && day < edge));
  const before = ledger.filter((row) => row.day < began);
  const after = ledger.filter((row) => row.day >= addDays(today, 1));
  return [...before, ...since, ...after];
}

/** Every UTC day of a span (both ends included), none left out; a day no sync has come to yet is told as above. */
export function coverageOver(
  reader: Pick<ArchiveReader, 'coverage' | 'setting' | 'storedOn'>,
  from: string,
  to: string,
  now: number,
): readonly DayCoverage[] {
  const known = new Map(reader.coverage(from, to).map((row) => [row.day, row]));
  const { edge, byPlan } = retentionFacts(reader, now);
  return daysFromTo(from, to).map((day) => known.get(day) ?? missing(reader, day, byPlan && day < edge));
}

// A walk that was cut off has left entries of a day of which it had nothing to say yet.
function missing(reader: Pick<ArchiveReader, 'storedOn'>, day: string, lost: boolean): DayCoverage {
  const none = { day, served: null, stored: reader.storedOn(day), checkedAt: null };
  return lost ? { ...none, state: 'lost', note: NEVER_ASKED } : { ...none, state: 'pending', note: null };
}
