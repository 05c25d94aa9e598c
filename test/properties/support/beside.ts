import type { ArchiveWriter, Source } from '../../../src/main/core/archive/writer.ts';
import { markEntries } from '../../../src/main/core/marks/mark-entries.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import type { Random } from '../../../src/main/core/simulator/random.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import type { Arrivals, Wire } from './arrivals.ts';
import { FIRST_ARRIVAL, SOURCES, TAGS } from './hostile.ts';
import type { Beside } from './plain-loop.ts';

const HOUR = 3_600_000;

/** When batch `n` arrives, counted from 0. */
export function arrivalOf(n: number): number {
  return FIRST_ARRIVAL + n * HOUR;
}

/** Where batch `n` is had from. One name may be that of a server and of a file. */
export function sourceOf(n: number): Source {
  return { kind: n < SOURCES.length ? 'file' : 'api', detail: SOURCES[n % SOURCES.length] ?? '' };
}

/**
 * Lets reviewers tag, pin, note and change their minds, and tells what then lies beside each entry, kept in the plainest
 * way there is.
 */
export function putBeside(writer: ArchiveWriter, arrivals: Arrivals, lot: Random): (wire: Wire) => Beside {
  type Kept = { source: string; tags: Set<string>; pinned: boolean; notes: Set<number>; receivedMs: number };
  const beside = new Map<string, Kept>();
  for (let n = 0; n < arrivals.batches.length; n++)
    for (const wire of arrivals.after(n + 1).entries) {
      const id = String(wire.id);
      if (!beside.has(id))
        beside.set(id, {
          source: sourceOf(n).detail,
          tags: new Set(),
          pinned: false,
          notes: new Set(),
          receivedMs: arrivalOf(n),
        });
    }
  const rows = [...writer.rows(WHOLE_ARCHIVE)];
  for (let turn = 0; turn < 12 && rows.length > 0; turn++) {
    const picked = rows.filter(() => lot.chance(0.3));
    const plan = { ...WHOLE_ARCHIVE, listed: { keys: picked.map((row) => row.key), negated: false } };
    const set = lot.chance(0.7);
    const each = (change: (one: Kept) => void): void => {
      for (const row of picked) change(beside.get(row.id)!);
    };
    const word = { by: 'Marta', at: FIRST_ARRIVAL + turn };
    const what = lot.pick(['tag', 'pin', 'note'] as const);
    if (what === 'tag') {
      const tag = lot.pick(TAGS);
      unwrap(markEntries(writer, plan, { kind: 'tag', tag: lot.chance(0.5) ? tag : tag.toLowerCase(), set }, word));
      each((one) => (set ? one.tags.add(tag) : one.tags.delete(tag)));
    } else if (what === 'pin') {
      unwrap(markEntries(writer, plan, { kind: 'pin', set }, word));
      each((one) => {
        one.pinned = set;
      });
    } else {
      const [note] = unwrap(markEntries(writer, plan, { kind: 'note', text: 'Looked at.' }, word)).lines;
      if (note === undefined) continue;
      each((one) => one.notes.add(note));
      const again = picked.filter(() => lot.chance(0.5));
      const fewer = { ...plan, listed: { keys: again.map((row) => row.key), negated: false } };
      unwrap(markEntries(writer, fewer, { kind: 'noteSet', notes: [note], set: false }, word));
      for (const row of again) beside.get(row.id)!.notes.delete(note);
    }
  }
  return (wire) => {
    const { source, tags, pinned, notes, receivedMs } = beside.get(String(wire.id))!;
    return { source, tags: [...tags], pinned, noted: notes.size > 0, receivedMs };
  };
}
