import type { ArchiveReader } from '../../../../src/main/core/archive/reader.ts';
import { type QueryPlan, WHOLE_ARCHIVE } from '../../../../src/main/core/search/plan.ts';
import type { Random } from '../../../../src/main/core/simulator/random.ts';
import type { Filter, Term } from '../../../../src/shared/filter/filter.ts';
import { facetOf, histogramOf } from '../../../properties/support/plain-answers.ts';
import { matches } from '../../../properties/support/plain-loop.ts';
import { type Wire, wiresOf } from './ingest-stream.ts';

const DAY_MS = 86_400_000;
const TERMS: readonly Term[] = [
  { field: 'action', value: 'user.*', negated: false },
  { field: 'actor', value: 'p3@example.com', negated: true },
  { field: 'category', value: 'tunnel', negated: false },
  { field: 'ip', value: '10.0.0.0/9', negated: false },
  { field: 'word', value: 'staging-1', negated: false },
  { field: 'word', value: 'ÜBERFALLIG', negated: false },
  { field: 'word', value: 'a7', negated: true },
];

type Kept = { readonly wire: Wire; readonly text: string; readonly ts: number };

/** What an archive must hold once the batches before a number are in, and what it must answer. */
export class StreamModel {
  readonly #seed: number;
  readonly #largest: number;
  readonly #kept = new Map<string, Kept>();
  readonly #versions = new Map<string, Set<string>>();
  #changed = 0;
  #unreadable = 0;
  #next = 0;

  constructor(seed: number, largest: number) {
    this.#seed = seed;
    this.#largest = largest;
  }

  get entries(): number {
    return this.#kept.size;
  }

  /** Takes in every batch up to and including one. */
  advanceTo(batch: number): void {
    for (; this.#next <= batch; this.#next++) {
      for (const wire of wiresOf(this.#seed, this.#next, this.#largest)) this.#take(wire);
    }
  }

  #take(wire: Wire): void {
    if (typeof wire.id !== 'string') {
      this.#unreadable++;
      return;
    }
    const text = JSON.stringify(wire);
    const known = this.#kept.get(wire.id);
    const versions = this.#versions.get(wire.id) ?? new Set();
    if (known === undefined) this.#kept.set(wire.id, { wire, text, ts: Date.parse(String(wire.timestamp)) });
    else if (known.text !== text && !versions.has(text)) {
      this.#versions.set(wire.id, versions.add(text));
      this.#changed++;
    }
  }

  /** A sentence for each thing that is not as it must be. */
  differences(reader: ArchiveReader, lot: Random): readonly string[] {
    return [...this.#inTotals(reader), ...this.#inContents(reader), ...this.#inAnswers(reader, lot)];
  }

  #inTotals(reader: ArchiveReader): string[] {
    const { entries, changedUpstream, unreadable } = reader.info();
    const found = `${entries} entries, ${changedUpstream} changed, ${unreadable} unreadable`;
    const wanted = `${this.#kept.size} entries, ${this.#changed} changed, ${this.#unreadable} unreadable`;
    return found === wanted ? [] : [`${found} instead of ${wanted}`];
  }

  #inContents(reader: ArchiveReader): string[] {
    const problems: string[] = [];
    const seen = new Set<string>();
    for (const { row, raw } of reader.rawRows(WHOLE_ARCHIVE)) {
      const kept = this.#kept.get(row.id);
      if (kept === undefined) problems.push(`${row.id} was never sent`);
      else if (kept.text !== Buffer.from(raw).toString() || kept.ts !== row.ts) problems.push(`${row.id} is another`);
      if (seen.has(row.id)) problems.push(`${row.id} is there twice`);
      seen.add(row.id);
    }
    if (seen.size < this.#kept.size) problems.push(`${this.#kept.size - seen.size} entries are lost`);
    return problems.slice(0, 5);
  }

  #inAnswers(reader: ArchiveReader, lot: Random): string[] {
    const problems: string[] = [];
    const compare = (what: string, found: unknown, wanted: unknown): void => {
      if (JSON.stringify(found) !== JSON.stringify(wanted)) problems.push(`${what} differs`);
    };
    for (let i = 0; i < 4; i++) {
      const fromMs = Date.parse('2026-01-01T00:00:00Z') + lot.int(0, 59) * DAY_MS;
      const toMs = fromMs + lot.int(1, 10) * DAY_MS - 1;
      const filter: Filter = { terms: lot.shuffled(TERMS).slice(0, lot.int(0, 2)) };
      const plan: QueryPlan = { filter, fromMs, toMs };
      const wanted = [...this.#kept.values()]
        .filter(({ ts, wire }) => ts >= fromMs && ts <= toMs && matches(wire, filter))
        .map(({ wire }) => wire);
      const about = JSON.stringify(plan);
      compare(`count of ${about}`, reader.count(plan), wanted.length);
      compare(
        `rows of ${about}`,
        Array.from(reader.rows(plan), (row) => row.id).sort(),
        wanted.map((wire) => String(wire.id)).sort(),
      );
      const bars = reader.histogram(plan, 'day', 'UTC').map((bar) => ({
        ...bar,
        byCategory: Object.fromEntries(Object.entries(bar.byCategory).sort()),
      }));
      compare(`histogram of ${about}`, bars, histogramOf(wanted, 'day', 'UTC'));
      const actors = reader.facet(plan, 'actor', 10_000).values.map(({ value, count }) => [value, count]);
      compare(`actors of ${about}`, actors.sort(byText), [...facetOf(wanted, 'actor', () => '')].sort(byText));
    }
    return problems;
  }
}

function byText(a: unknown, b: unknown): number {
  return String(a) < String(b) ? -1 : 1;
}
