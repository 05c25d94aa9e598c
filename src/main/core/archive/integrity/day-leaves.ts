import { KEYS_PER_DAY } from '../columns/day-columns.ts';
import type { DayInfo } from '../columns/day-store.ts';
import { createSegmentReader } from '../columns/segment.ts';
import type { RawBlock } from '../raw/block.ts';
import type { RawStore } from '../raw/raw-store.ts';
import type { ReadConnection } from '../sqlite.ts';
import type { FreshLeaves } from './fresh-leaves.ts';
import { type Leaves, leavesFrom, NO_LEAVES } from './leaf-list.ts';
import { HASH_BYTES, leafHash, writeLeaf } from './merkle.ts';
import { unreadableKey } from './unsealed.ts';

type Version = { readonly key: number; readonly n: number; readonly bytes: Uint8Array };

/** Reads the leaves to be sealed: of one day by way of its columns, so that it costs what the day costs; `fresh` are not read again. */
export function createLeafReader(db: ReadConnection, raws: RawStore, fresh?: FreshLeaves) {
  const segments = createSegmentReader(db);
  const versionsIn = createVersionsIn(db);
  return {
    ofDay(day: number, info: DayInfo | null): Leaves {
      const own = info === null ? NO_LEAVES : (fresh?.take(day, info.entries) ?? ofEntries(info));
      return withVersions(own, versionsIn(day));
    },
    unreadable: (): Leaves => unreadableLeaves(db),
  };

  function ofEntries({ day, seqs }: DayInfo): Leaves {
    const { keys } = segments.columns(day, seqs);
    const { block, slot } = segments.refs(day, seqs);
    const hashes = Buffer.allocUnsafe(keys.length * HASH_BYTES);
    let id = -1;
    let raw: RawBlock | null = null;
    for (let i = 0; i < keys.length; i++) {
      // Entries of one day mostly follow each other within a block.
      if (raw === null || block[i] !== id) {
        id = block[i]!;
        raw = raws.block(id);
      }
      writeLeaf(raw.bytes, raw.starts[slot[i]!]!, raw.starts[slot[i]! + 1]!, hashes, i * HASH_BYTES);
    }
    return { keys, ns: new Uint32Array(keys.length), hashes };
  }
}

/** Returns what gives the later versions of a day's entries. */
export function createVersionsIn(db: ReadConnection): (day: number) => readonly Version[] {
  const select = db.prepare('SELECT key, n, bytes FROM entry_version WHERE key >= ? AND key < ? ORDER BY key, n');
  return (day) => select.all(day * KEYS_PER_DAY, (day + 1) * KEYS_PER_DAY) as Version[];
}

/** A day's entries and what came later under their ids, as the leaves of one tree. */
export function withVersions(own: Leaves, versions: readonly Version[]): Leaves {
  if (versions.length === 0) return own;
  const entries = Array.from(own.keys, (key, i) => ({
    key,
    n: own.ns[i]!,
    hash: own.hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  }));
  return leavesFrom([...entries, ...versions.map(({ key, n, bytes }) => ({ key, n, hash: leafHash(bytes) }))]);
}

/** What nobody could read, as leaves of a tree of its own. */
export function unreadableLeaves(db: ReadConnection): Leaves {
  const rows = db.prepare('SELECT digest, bytes FROM unreadable').all() as { digest: Uint8Array; bytes: Uint8Array }[];
  return leavesFrom(rows.map(({ digest, bytes }) => ({ key: unreadableKey(digest), n: 0, hash: leafHash(bytes) })));
}
