import type { Entry } from '../../../../shared/entry.ts';
import { leafHash } from '../integrity/merkle.ts';
import { toStored } from '../stored-text.ts';
import type { RawItem } from '../writer.ts';
import { hashText } from './id-hash.ts';
import { leavesOf } from './new-entries.ts';

/** What storing an entry takes of it alone, whatever the archive holds. */
export type Prepared = {
  /** The id in the form in which it is kept, and the hash by which it is looked up. */
  readonly storedId: string;
  readonly idHash: number;
  /** What free text is looked for in, in the form in which it is kept. */
  readonly leaves: readonly string[];
  /** Of the raw bytes: their leaf in the tree of the day. */
  readonly leafHash: Uint8Array;
};

/**
 * An item with what can be made of it before it is stored. For whoever has nothing to do until more comes: left to `ingest`, it is
 * made while nothing else can be.
 */
export function prepareItem(item: RawItem): RawItem {
  if (item.entry === null) return item;
  const { raw, entry } = item;
  return { raw, entry, prepared: prepare(raw, entry) };
}

function prepare(raw: Uint8Array, entry: Entry): Prepared {
  const storedId = toStored(entry.id);
  return { storedId, idHash: hashText(storedId), leaves: leavesOf(entry), leafHash: leafHash(raw) };
}
