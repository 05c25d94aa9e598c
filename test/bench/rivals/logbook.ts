import type { ArchiveReader, Bucket, FacetValue } from '../../../src/main/core/archive/reader.ts';
import type { QueryPlan } from '../../../src/main/core/search/plan.ts';
import type { EntryRow } from '../../../src/shared/entry.ts';
import type { Term } from '../../../src/shared/filter/filter.ts';
import { BURST, FACETS, PAGE, type Question, TOP, type Where } from '../question.ts';
import type { Answer, Rival } from './rival.ts';

type Facets = { readonly total: number; readonly facets: readonly { values: readonly FacetValue[]; others: number }[] };

/** This archive, through the interface the window uses. */
export function logbook(reader: ArchiveReader): Rival {
  return {
    name: 'this, encrypted',
    ask(question) {
      const plan = planOf(question.where);
      switch (question.ask) {
        case 'page':
          return question.offset === 0
            ? reader.page(plan, { after: null, limit: PAGE, direction: 'older' }).rows
            : reader.rowsAt(plan, question.offset, PAGE);
        case 'count':
          return reader.count(plan);
        case 'facets':
          return { total: reader.count(plan), facets: FACETS.map((field) => reader.facet(plan, field, TOP)) };
        case 'histogram':
          return reader.histogram(plan, 'day', 'UTC');
        case 'bursts':
          return burstsIn(reader.rows(plan));
      }
    },
    compared,
    close: () => reader.close(),
  };
}

function planOf({ toMs, text, ...fields }: Where): QueryPlan {
  const term = (field: Term['field'], value: string): Term => ({ field, value, negated: false });
  const terms = Object.entries(fields).map(([field, value]) => term(field as Term['field'], value));
  return { filter: { terms: text === undefined ? terms : [...terms, term('word', text)] }, fromMs: null, toMs };
}

function compared(question: Question, answer: unknown): Answer {
  switch (question.ask) {
    case 'page':
      return (answer as readonly EntryRow[]).map((row) => row.id);
    case 'count':
      return answer as number;
    case 'facets': {
      const { total, facets } = answer as Facets;
      return {
        total,
        facets: facets.map(({ values, others }) => ({ values: values.map((one) => [one.value, one.count]), others })),
      };
    }
    case 'histogram':
      return (answer as readonly Bucket[]).flatMap(({ start, byCategory }) =>
        Object.entries(byCategory)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([category, count]) => [start, category, count] as const),
      );
    case 'bursts':
      return answer as { bursts: number; actors: number };
  }
}

function burstsIn(rows: Iterable<EntryRow>): { bursts: number; actors: number } {
  const recent = new Map<string | null, number[]>();
  const actors = new Set<string | null>();
  let bursts = 0;
  for (const { ts, actor } of rows) {
    const email = actor?.email ?? null;
    const times = recent.get(email) ?? [];
    if (times.push(ts) === 1) recent.set(email, times);
    if (times.length < BURST.size) continue;
    if (ts - (times.shift() ?? 0) > BURST.withinMs) continue;
    bursts++;
    actors.add(email);
  }
  return { bursts, actors: actors.size };
}
