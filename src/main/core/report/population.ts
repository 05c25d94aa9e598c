import { createHash } from 'node:crypto';
import type { PopulationEnd } from './model.ts';

const MINUTE = 60_000;

/** What is digested of an entry. */
export type Counted = { readonly id: string; readonly ts: number };

/** Takes entries in the archive's order, oldest first, and digests their ids in the order of the report. */
export type PopulationDigest<E extends Counted> = {
  add(entry: E): void;
  finish(): { count: number; first: PopulationEnd | null; last: PopulationEnd | null; sha256: string };
};

/**
 * Digests ids while they stream: ordered by time, then by id, UTF-8, joined by a line feed. Within one instant the
 * archive keeps the order of arrival, which is not the same in two archives of the same log; ordering by id makes the
 * hash one that anybody can recompute. `onOrdered` is given each entry in that order. Holds about two minutes of entries,
 * because crowded milliseconds spill over.
 */
export function digestPopulation<E extends Counted>(onOrdered?: (entry: E) => void): PopulationDigest<E> {
  const hash = createHash('sha256');
  let held: E[] = [];
  let minute = Number.NEGATIVE_INFINITY;
  let count = 0;
  let first: PopulationEnd | null = null;
  let last = null as E | null;

  const flush = (before: number): void => {
    held.sort((a, b) => a.ts - b.ts || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    let n = 0;
    for (const entry of held) {
      if (entry.ts >= before) break;
      hash.update(count === 0 ? entry.id : `\n${entry.id}`, 'utf8');
      first ??= { id: entry.id, ts: entry.ts };
      last = entry;
      onOrdered?.(entry);
      count += 1;
      n += 1;
    }
    held = held.slice(n);
  };

  return {
    add(entry) {
      const now = Math.floor(entry.ts / MINUTE);
      if (now > minute) {
        minute = now;
        flush((minute - 1) * MINUTE);
      }
      held.push(entry);
    },
    finish() {
      flush(Number.POSITIVE_INFINITY);
      const end = last === null ? null : { id: last.id, ts: last.ts };
      return { count, first, last: end, sha256: hash.digest('hex') };
    },
  };
}
