import { isDeepStrictEqual } from 'node:util';
import { metadataLeaves } from '../../search/metadata-text.ts';
import { DICTIONARY_NAMES, type Dictionaries } from '../dictionary.ts';
import { instantAt } from '../questions/matching.ts';
import { toSearchable, toStored } from '../stored-text.ts';
import { type DayRefs, storedIdAt } from './day-refs.ts';
import type { DayStore } from './day-store.ts';
import { byteText, leavesByEntry } from './day-text.ts';
import type { Evidenced } from './from-blocks.ts';
import { ListedDay } from './listed-day.ts';

/**
 * How what answers are made from differs from the raw bytes. `not_listed`: there are raw bytes and no columns; `no_raw`: the
 * other way round; `differs`: in `fields`. `storedId` as it is kept, null where a whole day is meant.
 */
export type ColumnDifference = {
  readonly kind: 'not_listed' | 'no_raw' | 'differs';
  readonly key: number | null;
  readonly storedId: string | null;
  readonly fields: readonly string[];
};

/** Compares the columns of a day with its entries as read anew from the raw bytes, sorted by key. */
export function compareDay(
  store: DayStore,
  dictionaries: Dictionaries,
  day: number,
  wanted: Iterable<Evidenced>,
): ColumnDifference[] {
  const info = store.day(day);
  const notListed = (one: Evidenced): ColumnDifference => {
    return { kind: 'not_listed', key: one.key, storedId: toStored(one.entry.id), fields: [] };
  };
  if (info === null) return Array.from(wanted, notListed);
  const columns = store.columns(info);
  const refs = store.refs(info);
  const text = store.text(info);
  const listed = new ListedDay(columns, refs, text, dictionaries);
  let leaves: string[][] | null = null;
  const found: ColumnDifference[] = [];
  const noRaw = (i: number): void => {
    found.push({ kind: 'no_raw', key: columns.keys[i]!, storedId: storedIdAt(refs, i), fields: [] });
  };
  let i = 0;
  for (const one of wanted) {
    while (i < columns.length && columns.keys[i]! < one.key) noRaw(i++);
    if (columns.keys[i] !== one.key) {
      found.push(notListed(one));
      continue;
    }
    if (listed.holds(one, i)) {
      i++;
      continue;
    }
    const right = rightOf(one);
    leaves ??= leavesByEntry(text);
    const wrong: Record<string, unknown> = {
      ...listedAt(refs, i),
      ts: instantAt(columns, i),
      source: columns.ids.source[i],
      leaves: leaves[i]?.toSorted(),
    };
    for (const name of DICTIONARY_NAMES) wrong[name] = dictionaries[name].tuple(columns.ids[name][i]!);
    const fields = Object.keys(right).filter((name) => !isDeepStrictEqual(wrong[name], right[name]));
    if (fields.length > 0) found.push({ kind: 'differs', key: one.key, storedId: toStored(one.entry.id), fields });
    i++;
  }
  while (i < columns.length) noRaw(i++);
  const whole = [
    ...(info.entries === columns.length ? [] : ['number of entries']),
    ...(info.shifted === (columns.shift !== null) ? [] : ['shift']),
  ];
  if (whole.length > 0) found.push({ kind: 'differs', key: null, storedId: null, fields: whole });
  return found;
}

function rightOf({ entry, source, block, slot }: Evidenced): Record<string, unknown> {
  const right: Record<string, unknown> = {
    ts: entry.ts,
    id: toStored(entry.id),
    source,
    block,
    slot,
    leaves: metadataLeaves(entry.metadata)
      .map((leaf) => byteText(toSearchable(leaf)))
      .sort(),
  };
  for (const name of DICTIONARY_NAMES) right[name] = entry[name];
  return right;
}

function listedAt(refs: DayRefs, i: number): Record<string, unknown> {
  return { id: storedIdAt(refs, i), block: refs.block[i], slot: refs.slot[i] };
}
