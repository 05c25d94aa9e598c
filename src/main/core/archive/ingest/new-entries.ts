import type { Entry } from '../../../../shared/entry.ts';
import { metadataLeaves } from '../../search/metadata-text.ts';
import { dayOfKey, ID_COLUMNS, type IdColumn } from '../columns/day-columns.ts';
import { refsFrom } from '../columns/day-refs.ts';
import { textFrom } from '../columns/day-text.ts';
import type { Segment } from '../columns/segment.ts';
import { ENOUGH_BYTES, MOST_ENTRIES } from '../raw/block.ts';
import { toSearchable } from '../stored-text.ts';
import type { Interner } from './interner.ts';

/** An entry on its way into the archive. `storedId` and `leaves` in the forms in which they are kept. */
export type NewEntry = {
  readonly key: number;
  readonly shift: number;
  readonly storedId: string;
  readonly ids: Readonly<Record<IdColumn, number>>;
  readonly leaves: readonly string[];
  readonly raw: Uint8Array;
};

/** The ids of an entry's values. */
export function idsOf(interner: Interner, entry: Entry, source: number): NewEntry['ids'] {
  return {
    actor: interner.idOf('actor', entry.actor),
    action: interner.idOf('action', entry.action === '' ? null : entry.action),
    target: interner.idOf('target', entry.target),
    address: interner.idOf('address', entry.address),
    agent: interner.idOf('agent', entry.agent),
    team: interner.idOf('team', entry.team),
    source,
  };
}

/** What free text is looked for in of an entry's metadata, in the form in which it is kept. */
export function leavesOf({ metadata }: Entry): readonly string[] {
  return metadataLeaves(metadata).map(toSearchable);
}

/** Where the raw bytes of an entry went. */
export type Lies = { readonly block: number; readonly slot: number };

/** Cuts entries, sorted by key, into runs that make a block each. */
export function blocksOf(sorted: readonly NewEntry[]): NewEntry[][] {
  const blocks: NewEntry[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const entry of sorted) {
    if (bytes >= ENOUGH_BYTES || (blocks.at(-1)?.length ?? 0) >= MOST_ENTRIES) {
      blocks.push([]);
      bytes = 0;
    }
    blocks.at(-1)!.push(entry);
    bytes += entry.raw.length;
  }
  return blocks;
}

/** The segments of entries sorted by key, one a day; `lies` in the same order. */
export function segmentsOf(sorted: readonly NewEntry[], lies: readonly Lies[]): Segment[] {
  const segments: Segment[] = [];
  for (let from = 0; from < sorted.length; ) {
    const day = dayOfKey(sorted[from]!.key);
    let to = from + 1;
    while (to < sorted.length && dayOfKey(sorted[to]!.key) === day) to++;
    segments.push(segmentOf(day, sorted.slice(from, to), lies.slice(from, to)));
    from = to;
  }
  return segments;
}

export function segmentOf(day: number, entries: readonly NewEntry[], lies: readonly Lies[]): Segment {
  const { length } = entries;
  const numbers = (pick: (entry: NewEntry) => number) => {
    const values = new Uint32Array(length);
    for (let i = 0; i < length; i++) values[i] = pick(entries[i]!);
    return values;
  };
  const ids = Object.fromEntries(ID_COLUMNS.map((column) => [column, numbers((entry) => entry.ids[column])]));
  const keys = new Float64Array(length);
  for (let i = 0; i < length; i++) keys[i] = entries[i]!.key;
  return {
    day,
    columns: {
      length,
      keys,
      shift: entries.some((entry) => entry.shift > 0) ? numbers((entry) => entry.shift) : null,
      ids: ids as Segment['columns']['ids'],
    },
    refs: refsFrom(
      entries.map((entry) => entry.storedId),
      Uint32Array.from(lies, (one) => one.block),
      Uint32Array.from(lies, (one) => one.slot),
    ),
    text: textFrom(entries.map((entry) => entry.leaves)),
  };
}
