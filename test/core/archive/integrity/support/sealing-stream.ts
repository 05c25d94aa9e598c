import type { ArchiveWriter, LedgerChange } from '../../../../../src/main/core/archive/writer.ts';
import { randomFor } from '../../../../../src/main/core/simulator/random.ts';
import { unwrap } from '../../../../../src/shared/errors.ts';
import { addDays } from '../../../../../src/shared/instant.ts';
import { batchAt } from '../../support/ingest-stream.ts';

const FIRST_DAY = '2026-01-01';
const NOW = Date.parse('2026-06-01T00:00:00Z');

/** What an archive goes through between two seals, the same for a seed and a number in every process. */
export function stepOf(writer: ArchiveWriter, seed: number, n: number): void {
  const lot = randomFor(seed, 'seal-step', n);
  const settled = Array.from({ length: lot.int(0, 6) }, (): LedgerChange => {
    const day = addDays(FIRST_DAY, lot.int(0, 59));
    const state = lot.pick(['partial', 'lost', 'imported', 'pending'] as const);
    return { kind: 'day', day, state, served: lot.chance(0.5) ? null : lot.int(0, 500), checkedAt: NOW, note: null };
  });
  const batch = batchAt(seed, n, 40);
  unwrap(writer.ingest({ ...batch, ledger: [...(batch.ledger ?? []), ...settled] }));
  if (lot.chance(0.4)) {
    const by = lot.pick(['Marta', 'Ana', 'broken \ud800']);
    unwrap(writer.appendJournal([{ kind: 'note', subject: `F-${n}`, at: NOW + n, by, body: JSON.stringify({ n }) }]));
  }
  if (lot.chance(0.08)) {
    unwrap(writer.deleteBefore({ before: addDays(FIRST_DAY, lot.int(1, 20)), reason: 'policy', at: NOW }));
  }
  if (lot.chance(0.7)) {
    const { refused } = unwrap(writer.seal(NOW + n));
    if (refused.length > 0) throw new Error(`refused to seal ${refused.join(', ')}`);
  }
}
