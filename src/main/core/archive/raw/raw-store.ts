import { Kept } from '../kept.ts';
import type { ReadConnection } from '../sqlite.ts';
import { decodeBlock, type RawBlock, rawAt } from './block.ts';

/** Raw bytes by where they lie; the last blocks that were read are kept unpacked. */
export type RawStore = {
  /** A view of what is kept, to be copied by whoever hands it on to another thread. */
  at(block: number, slot: number): Buffer;
  /** When the entries of a block arrived, milliseconds UTC. */
  receivedAt(block: number): number;
};

const BUDGET_BYTES = 48 * 2 ** 20;

export function createRawStore(db: ReadConnection): RawStore {
  const bytesOf = db.prepare('SELECT bytes FROM block WHERE id = ?').pluck();
  const receivedAt = db.prepare('SELECT received_at FROM block WHERE id = ?').pluck();
  const kept = new Kept<number, RawBlock>(BUDGET_BYTES, (block) => block.bytes.length + block.keys.byteLength);
  return {
    at: (id, slot) =>
      rawAt(
        kept.get(id, () => decodeBlock(bytesOf.get(id) as Uint8Array)),
        slot,
      ),
    receivedAt: (id) => receivedAt.get(id) as number,
  };
}
