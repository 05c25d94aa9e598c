import type { DayCoverage, DayState } from '../../../shared/coverage.ts';
import { MS_PER_DAY } from './columns/day-columns.ts';
import type { DayStore } from './columns/day-store.ts';
import type { UnsealedNotes } from './integrity/unsealed.ts';
import { instantAt } from './questions/matching.ts';
import type { ReadConnection, WriteConnection } from './sqlite.ts';
import type { LedgerChange } from './writer.ts';

// The coverage ledger: for every UTC day what was served and what is stored, and how far an unfinished walk has come.

type Row = { day: string; state: DayState; served: number | null; checked_at: number; note: string | null };

/** What is known of the days of a period, both ends included. */
export function createCoverage(db: ReadConnection, store: DayStore): (from: string, to: string) => DayCoverage[] {
  const select = db.prepare(
    'SELECT day, state, served, checked_at, note FROM day WHERE day BETWEEN ? AND ? ORDER BY day',
  );
  return (from, to) =>
    (select.all(from, to) as Row[]).map((row) => ({
      day: row.day,
      state: row.state,
      served: row.served,
      stored: storedOn(store, row.day),
      checkedAt: new Date(row.checked_at).toISOString(),
      note: row.note,
    }));
}

/** Entries of a UTC day by their own instant; those moved into the next day for want of room belong to this one. */
export function storedOn(store: DayStore, date: string): number {
  const day = Math.floor(Date.parse(date) / MS_PER_DAY);
  const own = store.day(day);
  const next = store.day(day + 1);
  const stays = own === null ? 0 : own.shifted ? countOf(store, day, day) : own.entries;
  return stays + (next?.shifted ? countOf(store, day + 1, day) : 0);
}

function countOf(store: DayStore, within: number, day: number): number {
  const info = store.day(within);
  if (info === null) return 0;
  const columns = store.columns(info);
  let count = 0;
  for (let i = 0; i < columns.length; i++) if (Math.floor(instantAt(columns, i) / MS_PER_DAY) === day) count++;
  return count;
}

/** Returns the function that writes a change to the ledger, within the transaction of what it speaks of. */
export function createLedger(db: WriteConnection, unsealed: UnsealedNotes): (change: LedgerChange) => void {
  const putDay = db.prepare(
    `INSERT INTO day VALUES (@day, @state, @served, @checkedAt, @note) ON CONFLICT DO UPDATE
     SET state = excluded.state, served = excluded.served, checked_at = excluded.checked_at, note = excluded.note`,
  );
  const putWalk = db.prepare('INSERT INTO walk VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state');
  const endWalk = db.prepare('DELETE FROM walk WHERE day = ?');
  return (change) => {
    if (change.kind === 'day') {
      const { kind: _kind, ...day } = change;
      unsealed.coverage(day.day, day.state, day.served);
      putDay.run(day);
    } else if (change.state === null) {
      endWalk.run(change.day);
    } else {
      putWalk.run(change.day, change.state);
    }
  };
}
