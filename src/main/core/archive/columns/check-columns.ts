import { isDeepStrictEqual } from 'node:util';
import { metadataLeaves } from '../../search/metadata-text.ts';
import type { ArchiveView } from '../archive-view.ts';
import { DICTIONARY_NAMES } from '../dictionary.ts';
import { instantAt } from '../questions/matching.ts';
import type { ReadConnection } from '../sqlite.ts';
import { toSearchable, toStored } from '../stored-text.ts';
import { dateOfDay } from './day-columns.ts';
import { storedIdAt } from './day-refs.ts';
import { byteText, leavesByEntry } from './day-text.ts';
import { daysFromBlocks, type Evidenced, type ParseRaw } from './from-blocks.ts';

const MOST = 100;

/**
 * Compares everything that questions are answered from with what the raw bytes say. Returns a sentence for each difference,
 * at most a hundred; none where all is as it should be.
 */
export function checkColumns(db: ReadConnection, view: ArchiveView, parse: ParseRaw): string[] {
  const problems: string[] = [];
  const pending = new Set(view.store.days().map((info) => info.day));
  for (const [day, wanted] of daysFromBlocks(db, parse)) {
    pending.delete(day);
    problems.push(...checkDay(view, day, wanted));
    if (problems.length >= MOST) return problems.slice(0, MOST);
  }
  for (const day of pending) problems.push(`${dateOfDay(day)}: has entries of which there are no raw bytes`);
  return problems;
}

function checkDay({ store, dictionaries }: ArchiveView, day: number, wanted: readonly Evidenced[]): string[] {
  const info = store.day(day);
  if (info === null) return wanted.length === 0 ? [] : [`${dateOfDay(day)}: ${wanted.length} entries are not listed`];
  const columns = store.columns(info);
  const refs = store.refs(info);
  const leaves = leavesByEntry(store.text(info));
  if (columns.length !== wanted.length || info.entries !== wanted.length) {
    return [`${dateOfDay(day)}: ${columns.length} entries are listed, ${wanted.length} are there`];
  }
  return wanted.flatMap(({ key, entry, source, block, slot }, i) => {
    const found: Record<string, unknown> = {
      key: columns.keys[i],
      ts: instantAt(columns, i),
      id: storedIdAt(refs, i),
      source: columns.ids.source[i],
      block: refs.block[i],
      slot: refs.slot[i],
      leaves: leaves[i]!.toSorted(),
    };
    const right: Record<string, unknown> = {
      key,
      ts: entry.ts,
      id: toStored(entry.id),
      source,
      block,
      slot,
      leaves: metadataLeaves(entry.metadata)
        .map((leaf) => byteText(toSearchable(leaf)))
        .sort(),
    };
    for (const name of DICTIONARY_NAMES) {
      found[name] = dictionaries[name].tuple(columns.ids[name][i]!);
      right[name] = entry[name];
    }
    const wrong = Object.keys(right).filter((name) => !isDeepStrictEqual(found[name], right[name]));
    return wrong.length === 0 ? [] : [`${dateOfDay(day)}: entry ${key} differs in ${wrong.join(', ')}`];
  });
}
