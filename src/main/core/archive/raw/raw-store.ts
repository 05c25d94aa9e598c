import { Kept } from '../kept.ts';
import type { ReadConnection } from '../sqlite.ts';
import { decodeBlock, type RawBlock, rawAt } from './block.ts';

/** Raw bytes by where they lie; the last blocks that were read are kept unpacked. */
export type RawStore = {
  /** A view of what is kept, to be copied by whoever hands it on to another thread. */
  at(block: number, slot: number): Buffer;
  /** A whole block, for whoever reads one entry after the other. */
  block(id: number): RawBlock;
  /** When the entries of a block arrived, milliseconds UTC. */
  receivedAt(block: number): number;
  /** The keys of entries that arrived at an instant or later, rising. Reads every block that did. */
  keysSince(ms: number): Float64Array;
  /** When the last block arrived; null where there is none. */
  lastReceivedAt(): number | null;
  /** Forgets everything, because something was deleted: blocks were rewritten, and the numbers of others given again. */
  reset(): void;
};

const BUDGET_BYTES = 48 * 2 ** 20;

export function createRawStore(db: ReadConnection): RawStore {
  const bytesOf = db.prepare('SELECT bytes FROM block WHERE id = ?').pluck();
  const receivedAt = db.prepare('SELECT received_at FROM block WHERE id = ?').pluck();
  const since = db.prepare('SELECT id FROM block WHERE received_at >= ?').pluck();
  const last = db.prepare('SELECT max(received_at) FROM block').pluck();
  const kept = new Kept<number, RawBlock>(BUDGET_BYTES, (block) => block.bytes.length + block.keys.byteLength);
  const block = (id: number): RawBlock => kept.get(id, () => decodeBlock(bytesOf.get(id) as Uint8Array));
  return {
    at: (id, slot) => rawAt(block(id), slot),
    block,
    receivedAt: (id) => receivedAt.get(id) as number,
    keysSince(ms) {
      const keys: number[] = [];
      for (const id of since.all(ms) as number[]) {
        const block = decodeBlock(bytesOf.get(id) as Uint8Array);
        for (const [slot, key] of block.keys.entries()) if (rawAt(block, slot).length > 0) keys.push(key);
      }
      return Float64Array.from(keys).sort();
    },
    lastReceivedAt: () => last.get() as number | null,
    reset: () => kept.clear(),
  };
}
