import { ok, type Result } from '../../../shared/errors.ts';
import { endOfDay, startOfDay } from '../../../shared/instant.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import type { Evidence } from './evidence.ts';
import { identityOfId } from './evidence.ts';
import { rememberVanished, type Vanished, vanishedOn } from './vanished.ts';

// What is stored and was not served by a proven walk through its day has vanished upstream. It is written down and
// raised; the entry itself stays as it is. What a file without ids was read as has never been upstream under its id.

const MADE_ID = /^sha256:/;

/**
 * Compares what is stored for days with what a proven walk saw of them, and writes down what is missing upstream.
 * Returns how many entries that are.
 */
export function compareDays(
  writer: ArchiveWriter,
  days: readonly string[],
  evidence: Evidence,
  now: number,
): Result<number> {
  let missing = 0;
  for (const day of days) {
    const before = new Map(vanishedOn(writer, day).map((one) => [one.key, one]));
    const gone: Vanished[] = [];
    const plan = { filter: { terms: [] }, fromMs: startOfDay(day, 'UTC'), toMs: endOfDay(day, 'UTC') - 1 };
    for (const { id, key, ts } of writer.rows(plan)) {
      const seen = identityOfId(id);
      if (MADE_ID.test(id) || evidence.ids.has(seen) || evidence.earlierIds.has(seen)) continue;
      gone.push(before.get(key) ?? { id, key, ts, noticedAt: now });
    }
    missing += gone.length;
    if (gone.length === 0 && before.size === 0) continue;
    const kept = rememberVanished(writer, day, gone);
    if (!kept.ok) return kept;
  }
  return ok(missing);
}
