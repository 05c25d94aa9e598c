import { NO_PLACES } from '../../geo/places.ts';
import { compareDay } from '../columns/compare-day.ts';
import { dateOfDay, lowerBound } from '../columns/day-columns.ts';
import { storedIdAt } from '../columns/day-refs.ts';
import { createDayStore, type DayInfo } from '../columns/day-store.ts';
import {
  blockIds,
  type DayBlocks,
  type Evidenced,
  type ParseRaw,
  type RawEntry,
  readDayBlocks,
} from '../columns/from-blocks.ts';
import { type Dictionaries, readDictionaries } from '../dictionary.ts';
import { rawAt } from '../raw/block.ts';
import type { ReadConnection } from '../sqlite.ts';
import { fromStored } from '../stored-text.ts';
import { createVersionsIn, unreadableLeaves, withVersions } from './day-leaves.ts';
import { createNoted, createTombs } from './lawful.ts';
import type { Leaves } from './leaf-list.ts';
import { HASH_BYTES, writeLeaf } from './merkle.ts';
import { type Found, Problems } from './problems.ts';
import { createSealStore, hasSeals } from './seal-store.ts';
import { createBuriedIn } from './sealed-state.ts';
import { UNREADABLE } from './unsealed.ts';
import { columnProblems } from './verify-columns.ts';
import { CountByDay } from './verify-coverage.ts';
import { checkTree, type SealedTree } from './verify-day.ts';

/** What was found of a day, and what was looked at for it. */
export type DayFound = Found & {
  readonly day: number;
  readonly entries: number;
  /** How many of them are not sealed yet. */
  readonly unsealed: number;
  /** How many entries say of themselves that they are of which day. */
  readonly instants: readonly (readonly [number, number])[];
  /** The blocks that were looked into. */
  readonly blocks: readonly number[];
};

/** Checks days, each by itself: what was received against its seals, and what answers are made from against that. */
export class DayChecks {
  readonly #parse: ParseRaw;
  readonly #db: ReadConnection;
  readonly #ids: ReadonlySet<number>;
  readonly #store: ReturnType<typeof createDayStore>;
  readonly #dictionaries: Dictionaries | null;
  readonly #versionsIn: ReturnType<typeof createVersionsIn>;
  readonly #sealed: ReturnType<typeof sealedParts> | null;
  /** What was come across in the blocks so far. */
  readonly blocks: DayBlocks;
  #problems = new Problems();
  #unsealed = 0;

  /** `accounted`: the newest deletion that the seals account for; null where there is no chain of them. */
  constructor(db: ReadConnection, parse: ParseRaw, accounted: number | null, problems: Problems) {
    this.#db = db;
    this.#parse = parse;
    this.#ids = new Set(blockIds(db));
    this.blocks = readDayBlocks(db);
    this.#store = createDayStore(db, 'some');
    this.#store.refresh();
    this.#dictionaries = problems.within({ part: 'columns', day: null }, 'The lists of names', () => {
      const dictionaries = readDictionaries(db, () => NO_PLACES);
      dictionaries.refresh();
      return dictionaries;
    });
    this.#versionsIn = createVersionsIn(db);
    this.#sealed = accounted !== null && hasSeals(db) ? sealedParts(db, accounted) : null;
  }

  /** Days of which there are columns, and how many entries they list. */
  listedDays(): readonly DayInfo[] {
    return this.#store.days();
  }

  /** The numbers of all blocks, rising. */
  allBlocks(): Iterable<number> {
    return this.#ids;
  }

  /** The blocks in which the columns of a day say its entries lie. */
  listedBlocks(day: number): readonly number[] {
    try {
      const info = this.#store.day(day);
      if (info === null) return [];
      return [...new Set(this.#store.refs(info).block)].filter((id) => this.#ids.has(id)).sort((a, b) => a - b);
    } catch {
      // What cannot be read says nothing; that it cannot is found where it is compared.
      return [];
    }
  }

  /** Checks a day (since 1970) by what there is of it in some blocks. */
  check(day: number, blocks: readonly number[]): DayFound {
    const problems = new Problems();
    const counts = new CountByDay();
    this.#problems = problems;
    this.#unsealed = 0;
    const date = dateOfDay(day);
    const entries = problems.within({ part: 'entry', day: date }, `The day ${date}`, () =>
      this.#check(day, blocks, counts),
    );
    return {
      day,
      blocks,
      entries: entries ?? 0,
      unsealed: this.#unsealed,
      instants: counts.entries(),
      list: problems.list,
      count: problems.count,
    };
  }

  /** Checks what nobody could read. */
  checkUnreadable(): Found & { readonly unsealed: number } {
    this.#problems = new Problems();
    this.#unsealed = 0;
    this.#checkUnreadable();
    return { list: this.#problems.list, count: this.#problems.count, unsealed: this.#unsealed };
  }

  #check(day: number, blocks: readonly number[], counts: CountByDay): number {
    const date = dateOfDay(day);
    const raws = this.blocks.entriesOf(day, blocks);
    const named = this.#againstSeals(day, raws);
    const readable = this.#readAnew(day, raws, named, counts);
    const dictionaries = this.#dictionaries;
    const columns = { part: 'columns', day: date } as const;
    const differences = this.#problems.within(columns, `The columns of ${date}`, () => {
      try {
        return dictionaries === null ? [] : compareDay(this.#store, dictionaries, day, readable);
      } finally {
        // Where the columns cannot be read to their end, the entries are all the same.
        for (const _entry of readable);
      }
    });
    for (const problem of columnProblems(date, differences ?? [], named)) this.#problems.add(problem);
    return raws.length;
  }

  #checkUnreadable(): void {
    if (this.#sealed === null) return;
    const seals = this.#sealed.seals.ofDay(null).filter((seal) => seal.content?.kind === 'unreadable');
    const noted = this.#sealed.noted(UNREADABLE);
    if (seals.length === 0) return;
    this.#tree({ day: null, seals, there: unreadableLeaves(this.#db), noted, buried: [] }, () => null);
  }

  // The keys of entries that were named.
  #againstSeals(day: number, raws: readonly RawEntry[]): ReadonlySet<number> {
    const seals = this.#sealed?.seals.ofDay(dateOfDay(day)) ?? [];
    if (this.#sealed === null || seals.length === 0) {
      this.#unsealed += raws.length;
      return new Set();
    }
    const there = withVersions(leavesOf(raws), this.#versionsIn(day));
    const { noted, buriedIn } = this.#sealed;
    return this.#tree({ day: dateOfDay(day), seals, there, noted: noted(day), buried: buriedIn(day) }, (key) =>
      this.#idAt(day, raws, key),
    );
  }

  #tree(tree: SealedTree, idAt: (key: number) => string | null): ReadonlySet<number> {
    const { seals: store, tombs } = this.#sealed!;
    const { named, unsealed } = checkTree(tree, { store, tombs, idAt, add: (problem) => this.#problems.add(problem) });
    this.#unsealed += unsealed;
    return named;
  }

  // One at a time, each soon forgotten: a day of them in memory would be moved about by the collector.
  #readAnew(
    day: number,
    raws: readonly RawEntry[],
    named: ReadonlySet<number>,
    counts: CountByDay,
  ): IterableIterator<Evidenced> {
    let i = 0;
    const next = (): IteratorResult<Evidenced> => {
      while (i < raws.length) {
        const { key, source, block, slot, within } = raws[i++]!;
        const { entry } = this.#parse(rawAt(within, slot));
        if (entry !== null) {
          counts.add(entry.ts);
          return { done: false, value: { key, entry, source, block, slot } };
        }
        if (!named.has(key)) this.#unreadable(day, key);
      }
      return { done: true, value: undefined };
    };
    const readable = { next, [Symbol.iterator]: () => readable };
    return readable;
  }

  #unreadable(day: number, key: number): void {
    const date = dateOfDay(day);
    const id = this.#idAt(day, [], key);
    const message = `The entry ${id ?? `with the key ${key}`} of ${date} cannot be read any more.`;
    this.#problems.add({ what: 'altered', part: 'entry', day: date, entry: id, message });
  }

  // As it is listed: the raw bytes, which may have been altered, are asked only where it is not.
  #idAt(day: number, raws: readonly RawEntry[], key: number): string | null {
    try {
      const info = this.#store.day(day);
      const keys = info === null ? null : this.#store.columns(info).keys;
      const at = keys === null ? -1 : lowerBound(keys, key);
      if (info !== null && keys?.[at] === key) return fromStored(storedIdAt(this.#store.refs(info), at));
    } catch {
      // The columns are damaged, too.
    }
    const raw = raws.find((one) => one.key === key);
    return raw === undefined ? null : (this.#parse(rawAt(raw.within, raw.slot)).entry?.id ?? null);
  }
}

function sealedParts(db: ReadConnection, accounted: number) {
  return {
    seals: createSealStore(db),
    noted: createNoted(db),
    tombs: createTombs(db),
    buriedIn: createBuriedIn(db, accounted),
  };
}

function leavesOf(raws: readonly RawEntry[]): Leaves {
  const hashes = Buffer.allocUnsafe(raws.length * HASH_BYTES);
  for (let i = 0; i < raws.length; i++) {
    const { slot, within } = raws[i]!;
    writeLeaf(within.bytes, within.starts[slot]!, within.starts[slot + 1]!, hashes, i * HASH_BYTES);
  }
  return { keys: Float64Array.from(raws, ({ key }) => key), ns: new Uint32Array(raws.length), hashes };
}
