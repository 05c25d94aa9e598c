import { ok, type Result } from '../../../shared/errors.ts';
import { explain, type ReadConnection, type WriteConnection } from './sqlite.ts';

/** The part of a reader that tells what was frozen. */
export type FrozenReader = {
  /** One part of a frozen list, packed as it was given; null where there is none. */
  frozenPart(list: string, part: number): Uint8Array | null;
};

/** The part of the writer that freezes. */
export type FrozenWriter = {
  /** Keeps one part of a list, in a transaction of its own. The same part again changes nothing. */
  freezePart(list: string, part: number, content: Uint8Array): Result<void>;
};

/** Reads frozen lists. An archive of an older form, opened read-only, has none yet. */
export function frozenReader(db: ReadConnection): FrozenReader['frozenPart'] {
  let select: ReturnType<ReadConnection['prepare']> | null = null;
  return (list, part) => {
    if (select === null) {
      const there = db
        .prepare(`SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'frozen_list'`)
        .pluck();
      if (there.get() === 0) return null;
      select = db.prepare('SELECT content FROM frozen_list WHERE list = ? AND part = ?').pluck();
    }
    return (select.get(list, part) as Uint8Array | undefined) ?? null;
  };
}

export function frozenWriter(db: WriteConnection): FrozenWriter['freezePart'] {
  const insert = db.prepare('INSERT OR IGNORE INTO frozen_list VALUES (?, ?, ?)');
  return (list, part, content) => {
    try {
      insert.run(list, part, content);
      return ok(undefined);
    } catch (error) {
      return explain(error, 'freeze the population');
    }
  };
}
