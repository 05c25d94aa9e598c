import type { Filter } from '../../../../shared/filter/filter.ts';
import type { QueryPlan } from '../../search/plan.ts';
import type { ReadConnection } from '../sqlite.ts';

/** Entries that must not be deleted, whatever the retention policy says. Instants in milliseconds UTC. */
export type LegalHold = {
  readonly id: number;
  readonly reason: string;
  /** What it covers: dates are fixed when it is placed. */
  readonly plan: QueryPlan;
  readonly createdAt: number;
  readonly releasedAt: number | null;
};

/** A deletion that was done. `before`: the first UTC day that was not touched; `held`: what holds kept of what is older. */
export type DeletionRecord = {
  readonly id: number;
  readonly at: number;
  readonly before: string;
  readonly reason: string;
  readonly entries: number;
  readonly held: number;
};

/** The part of a reader that tells what was, and what must not be, deleted. */
export type DeletionReader = {
  /** All that were ever placed, oldest first. */
  holds(): readonly LegalHold[];
  deletions(): readonly DeletionRecord[];
};

type HoldRow = {
  id: number;
  reason: string;
  filter: string;
  from_ms: number | null;
  to_ms: number | null;
  created_at: number;
  released_at: number | null;
};

export function createDeletionReader(db: ReadConnection): DeletionReader {
  const holds = db.prepare('SELECT * FROM hold ORDER BY id');
  const deletions = db.prepare('SELECT id, at, before, reason, entries, held FROM deletion ORDER BY id');
  return {
    holds: () =>
      (holds.all() as HoldRow[]).map((row) => ({
        id: row.id,
        reason: row.reason,
        plan: { filter: JSON.parse(row.filter) as Filter, fromMs: row.from_ms, toMs: row.to_ms },
        createdAt: row.created_at,
        releasedAt: row.released_at,
      })),
    deletions: () => deletions.all() as DeletionRecord[],
  };
}
