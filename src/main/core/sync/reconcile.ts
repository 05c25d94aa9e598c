import { ok, type Result } from '../../../shared/errors.ts';
import { endOfDay, startOfDay } from '../../../shared/instant.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import type { Evidence } from './evidence.ts';
import { identityOfId } from './evidence.ts';

// What is stored and was not served by a proven walk through its day has vanished upstream. It is written down and
// raised; the entry itself stays as it is. What a file without ids was read as has never been upstream under its id.

/** An entry that was served once and is no longer. Instants in milliseconds UTC. */
export type Vanished = {
  readonly id: string;
  readonly key: number;
  readonly ts: number;
  /** When it was first noticed. */
  readonly noticedAt: number;
};

const SETTING = 'vanished:';
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
    const kept = writer.setSetting(SETTING + day, JSON.stringify(gone));
    if (!kept.ok) return kept;
  }
  return ok(missing);
}

/** The entries of a UTC day that were found to have vanished upstream, oldest first. */
export function vanishedOn(reader: Pick<ArchiveReader, 'setting'>, day: string): readonly Vanished[] {
  const text = reader.setting(SETTING + day);
  return text === null ? [] : (JSON.parse(text) as Vanished[]);
}

/** All of them, oldest first. */
export function vanishedUpstream(reader: Pick<ArchiveReader, 'setting' | 'coverage'>): readonly Vanished[] {
  return reader.coverage('1970-01-01', '9999-12-31').flatMap(({ day }) => vanishedOn(reader, day));
}
