import { NO_PLACES } from '../../geo/places.ts';
import { compareDay } from '../columns/compare-day.ts';
import { dateOfDay, lowerBound } from '../columns/day-columns.ts';
import { storedIdAt } from '../columns/day-refs.ts';
import { createDayStore } from '../columns/day-store.ts';
import type { BlockIndex, Evidenced, ParseRaw, RawEntry } from '../columns/from-blocks.ts';
import { type Dictionaries, readDictionaries } from '../dictionary.ts';
import type { ReadConnection } from '../sqlite.ts';
import { fromStored } from '../stored-text.ts';
import { createVersionsIn, unreadableLeaves, withVersions } from './day-leaves.ts';
import { createNoted, createTombs } from './lawful.ts';
import type { Leaves } from './leaf-list.ts';
import { HASH_BYTES, writeLeaf } from './merkle.ts';
import type { Problems } from './problems.ts';
import { createSealStore, hasSeals } from './seal-store.ts';
import { createBuriedIn } from './sealed-state.ts';
import { UNREADABLE } from './unsealed.ts';
import type { CheckedChain } from './verify-chain.ts';
import { columnProblems } from './verify-columns.ts';
import type { CountByDay } from './verify-coverage.ts';
import { checkTree, type SealedTree } from './verify-day.ts';

/** Checks one day after the other: what was received against its seals, and what answers are made from against that. */
export class DayChecks {
  readonly #index: BlockIndex;
  readonly #parse: ParseRaw;
  readonly #problems: Problems;
  readonly #counts: CountByDay;
  readonly #db: ReadConnection;
  readonly #store: ReturnType<typeof createDayStore>;
  readonly #dictionaries: Dictionaries | null;
  readonly #versionsIn: ReturnType<typeof createVersionsIn>;
  readonly #sealed: ReturnType<typeof sealedParts> | null;
  /** Entries that were looked at, and what of them is not sealed yet. */
  entries = 0;
  unsealed = 0;

  constructor(
    db: ReadConnection,
    index: BlockIndex,
    parse: ParseRaw,
    chain: CheckedChain | null,
    counts: CountByDay,
    problems: Problems,
  ) {
    this.#db = db;
    this.#index = index;
    this.#parse = parse;
    this.#counts = counts;
    this.#problems = problems;
    this.#store = createDayStore(db, 'some');
    this.#store.refresh();
    this.#dictionaries = problems.within({ part: 'columns', day: null }, 'The lists of names', () => {
      const dictionaries = readDictionaries(db, () => NO_PLACES);
      dictionaries.refresh();
      return dictionaries;
    });
    this.#versionsIn = createVersionsIn(db);
    this.#sealed = chain !== null && hasSeals(db) ? sealedParts(db, chain) : null;
  }

  /** Days of which there are columns. */
  listedDays(): readonly number[] {
    return this.#store.days().map(({ day }) => day);
  }

  /** Checks a day (since 1970); how many entries it has. */
  check(day: number): number {
    const date = dateOfDay(day);
    const raws = this.#index.entriesOf(day);
    const named = this.#againstSeals(day, raws);
    const readable = this.#readAnew(day, raws, named);
    for (const { entry } of readable) this.#counts.add(entry.ts);
    const dictionaries = this.#dictionaries;
    if (dictionaries !== null) {
      const differences = this.#problems.within({ part: 'columns', day: date }, `The columns of ${date}`, () =>
        compareDay(this.#store, dictionaries, day, readable),
      );
      for (const problem of columnProblems(date, differences ?? [], named)) this.#problems.add(problem);
    }
    this.entries += raws.length;
    return raws.length;
  }

  /** Checks what nobody could read. */
  checkUnreadable(): void {
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
      this.unsealed += raws.length;
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
    this.unsealed += unsealed;
    return named;
  }

  #readAnew(day: number, raws: readonly RawEntry[], named: ReadonlySet<number>): readonly Evidenced[] {
    return raws.flatMap((one): Evidenced[] => {
      const { entry } = this.#parse(one.raw);
      if (entry !== null) return [{ ...one, entry }];
      if (!named.has(one.key)) {
        const date = dateOfDay(day);
        const id = this.#idAt(day, [], one.key);
        const message = `The entry ${id ?? `with the key ${one.key}`} of ${date} cannot be read any more.`;
        this.#problems.add({ what: 'altered', part: 'entry', day: date, entry: id, message });
      }
      return [];
    });
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
    return raw === undefined ? null : (this.#parse(raw.raw).entry?.id ?? null);
  }
}

function sealedParts(db: ReadConnection, chain: CheckedChain) {
  return {
    seals: createSealStore(db),
    noted: createNoted(db),
    tombs: createTombs(db),
    buriedIn: createBuriedIn(db, chain.last?.deletion ?? 0),
  };
}

function leavesOf(raws: readonly RawEntry[]): Leaves {
  const hashes = Buffer.allocUnsafe(raws.length * HASH_BYTES);
  for (const [i, { raw }] of raws.entries()) writeLeaf(raw, 0, raw.length, hashes, i * HASH_BYTES);
  return { keys: Float64Array.from(raws, ({ key }) => key), ns: new Uint32Array(raws.length), hashes };
}
