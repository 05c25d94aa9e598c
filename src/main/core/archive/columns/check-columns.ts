import type { ArchiveView } from '../archive-view.ts';
import type { ReadConnection } from '../sqlite.ts';
import { compareDay } from './compare-day.ts';
import { dateOfDay } from './day-columns.ts';
import { daysFromBlocks, type ParseRaw } from './from-blocks.ts';

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
    const found = compareDay(view.store, view.dictionaries, day, wanted);
    const count = (kind: string): number => found.filter((one) => one.kind === kind).length;
    const say = (what: string): void => void problems.push(`${dateOfDay(day)}: ${what}`);
    if (count('not_listed') > 0) say(`${count('not_listed')} entries are not listed`);
    if (count('no_raw') > 0) say(`${count('no_raw')} entries are listed of which there are no raw bytes`);
    for (const { kind, key, fields } of found) {
      if (kind === 'differs') say(`${key === null ? 'the day' : `entry ${key}`} differs in ${fields.join(', ')}`);
    }
    if (problems.length >= MOST) return problems.slice(0, MOST);
  }
  for (const day of pending) problems.push(`${dateOfDay(day)}: has entries of which there are no raw bytes`);
  return problems;
}
