import type { IntegrityProblem } from '../../../../shared/integrity.ts';
import type { ColumnDifference } from '../columns/compare-day.ts';
import { fromStored } from '../stored-text.ts';

const FIELD_NAMES: Readonly<Record<string, string>> = {
  ts: 'time',
  agent: 'user agent',
  leaves: 'searchable metadata',
  block: 'place of its raw bytes',
  slot: 'place of its raw bytes',
};

/**
 * The differences of a day's columns as problems: one for all entries that differ in the same way, named after the first.
 * `named` are the keys of entries of which something was said already.
 */
export function columnProblems(
  day: string,
  differences: readonly ColumnDifference[],
  named: ReadonlySet<number>,
): readonly IntegrityProblem[] {
  const untold = differences.filter(({ key }) => key === null || !named.has(key));
  const alike = Map.groupBy(untold, ({ kind, fields }) => `${kind} ${fields.join(' ')}`);
  return [...alike.values()].map((own) => {
    const { kind, key, storedId, fields } = own[0]!;
    const entry = storedId === null ? null : fromStored(storedId);
    const others = own.length > 1 ? ` So are ${own.length - 1} more of that day.` : '';
    const one = key === null ? `The columns of ${day}` : `The entry ${entry ?? ''} of ${day}`;
    const what = [...new Set(fields.map((field) => FIELD_NAMES[field] ?? field))].join(', ');
    if (kind === 'not_listed') {
      const message = `${one} is there and is not listed: no answer counts it.${others}`;
      return { what: 'missing', part: 'columns', day, entry, message };
    }
    if (kind === 'no_raw') {
      const message = `${one} is listed and has no raw bytes.${others}`;
      return { what: 'missing', part: 'entry', day, entry, message };
    }
    const message = `${one} is listed otherwise than its raw bytes say (${what}).${others}`;
    return { what: 'altered', part: 'columns', day, entry, message };
  });
}
