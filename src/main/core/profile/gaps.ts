import type { DayState } from '../../../shared/coverage.ts';
import { addDays, dayOf, daysBetween } from '../../../shared/instant.ts';
import type { Profile } from '../../../shared/profile-contract.ts';
import type { ArchiveReader } from '../archive/reader.ts';

type Gap = Profile['lifeline']['gaps'][number];

/** Days of which everything is held, as far as anybody can tell. */
const HELD: ReadonlySet<DayState> = new Set(['complete', 'imported']);
const MOST_DAYS = 40_000;

/**
 * Runs of UTC days between two instants (milliseconds UTC) of which the archive does not hold everything: what happened
 * then is not known. Days the ledger never heard of are `unknown`.
 */
export function gapsBetween(reader: Pick<ArchiveReader, 'coverage'>, fromMs: number, toMs: number): readonly Gap[] {
  const [from, to] = [dayOf(fromMs, 'UTC'), dayOf(toMs, 'UTC')];
  const days = daysBetween(from, to) + 1;
  if (days > MOST_DAYS) return [];
  const states = new Map(reader.coverage(from, to).map(({ day, state }) => [day, state]));
  const gaps: { from: string; to: string; days: number; state: Gap['state'] }[] = [];
  for (let i = 0, day = from; i < days; i++, day = addDays(day, 1)) {
    const state = states.get(day) ?? 'unknown';
    if (state !== 'unknown' && HELD.has(state)) continue;
    const before = gaps.at(-1);
    if (before !== undefined && before.state === state && addDays(before.to, 1) === day) {
      before.to = day;
      before.days++;
    } else gaps.push({ from: day, to: day, days: 1, state });
  }
  return gaps;
}
