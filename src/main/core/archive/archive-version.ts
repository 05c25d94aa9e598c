import type { WriteConnection } from './sqlite.ts';

/** Returns what raises the archive's version, within the transaction of a change: readers ask again where it rose. */
export function createVersionRaise(db: WriteConnection): () => void {
  const raise = db.prepare(
    `INSERT INTO setting VALUES ('version', '1') ON CONFLICT DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)`,
  );
  return () => void raise.run();
}
