import type { EntryRow } from '../../../shared/entry.ts';
import type { Term } from '../../../shared/filter/filter.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { QueryPlan } from '../search/plan.ts';
import type { RawOf } from './subject.ts';

const decoder = new TextDecoder();
const EVERY_ACTION = 100_000;

/**
 * Raw texts for those entries whose action asks for more than its row. They are streamed beside the rows rather than
 * fetched one by one: rows must be asked in order of time.
 */
export function rawTexts(reader: ArchiveReader, plan: QueryPlan, asksForMore: (action: string) => boolean): RawOf {
  const actions = reader
    .facet(plan, 'action', EVERY_ACTION)
    .values.map(({ value }) => value ?? '')
    .filter(asksForMore);
  if (actions.length === 0) return (row) => fetched(reader, row);
  const asked = new Set(actions);
  // Positive terms of one field are alternatives, so a plan that names actions already must be left as it is.
  const narrowable =
    !plan.filter.terms.some((term) => term.field === 'action' && !term.negated) &&
    actions.length <= 500 &&
    actions.every((action) => action !== '');
  const terms: Term[] = narrowable
    ? actions.map((action) => ({ field: 'action', value: action.replace(/[\\*]/g, '\\$&'), negated: false }))
    : [];
  const stream = reader.rawRows({ ...plan, filter: { ...plan.filter, terms: [...plan.filter.terms, ...terms] } });
  let ahead = stream.next();
  return (row) => {
    if (!asked.has(row.action)) return fetched(reader, row);
    while (!ahead.done && ahead.value.row.key < row.key) ahead = stream.next();
    return !ahead.done && ahead.value.row.key === row.key ? decoder.decode(ahead.value.raw) : fetched(reader, row);
  };
}

function fetched(reader: ArchiveReader, row: EntryRow): string {
  const record = reader.entry(row.key);
  return record === null ? '' : decoder.decode(record.raw);
}
