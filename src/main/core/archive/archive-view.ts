import { FailureError, failure } from '../../../shared/errors.ts';
import { namesHours, namesMarks } from '../../../shared/filter/filter.ts';
import type { Places } from '../geo/places.ts';
import { Marks } from '../marks/marks.ts';
import type { Cancel } from '../ports.ts';
import type { QueryPlan } from '../search/plan.ts';
import { type DayColumns, dayOfKey, lowerBound } from './columns/day-columns.ts';
import { type DayRefs, storedIdAt } from './columns/day-refs.ts';
import { createDayStore, type DayInfo, type DayStore } from './columns/day-store.ts';
import { type Dictionaries, readDictionaries } from './dictionary.ts';
import { Hours } from './hours.ts';
import { journalReader } from './journal.ts';
import { Kept } from './kept.ts';
import { conditionsOf } from './questions/conditions.ts';
import { createKeySets } from './questions/key-sets.ts';
import { Selection } from './questions/selection.ts';
import { createRawStore, type RawStore } from './raw/raw-store.ts';
import type { ReadConnection } from './sqlite.ts';
import { fromStored } from './stored-text.ts';
import { createVersions, type Versions } from './versions.ts';

/** Where an entry lies. */
export type Place = {
  readonly info: DayInfo;
  readonly columns: DayColumns;
  readonly refs: DayRefs;
  readonly position: number;
};

/** One connection's view of an archive: its parts, at one and the same moment within a question. */
export type ArchiveView = {
  readonly dictionaries: Dictionaries;
  readonly store: DayStore;
  readonly raws: RawStore;
  readonly versions: Versions;
  /** What reviewers put beside entries. */
  readonly marks: Marks;
  /** Whether an entry is the one of that id: a key whose entry was deleted may be given again. */
  isThere(key: number, id: string): boolean;
  /** Whether the connection sees one moment of the archive for as long as it is open. */
  readonly steady: boolean;
  setting(name: string): string | null;
  /** Rises with every committed change of what the log holds. */
  version(): number;
  /** How often something was deleted: what was learnt of entries and values before is no longer true. */
  deletions(): number;
  /** Answers a question in one snapshot: nothing is committed between its parts. */
  ask<T>(question: () => T): T;
  select(plan: QueryPlan): Selection;
  /** Answers a question, or throws a `FailureError` (`cancelled`) soon after nobody waits for its answer any more. */
  whileWanted<T>(given: Cancel, question: () => T): T;
  /** Null where no entry has the key. */
  place(key: number): Place | null;
  /** What the API gave of an entry, or the best there is of it. */
  evidence(key: number, refs: DayRefs, position: number): Uint8Array;
};

const SELECTIONS = 12;
const GIVEN_UP = failure('cancelled', 'The question was given up.', 'Ask it again.');

/**
 * `present`: every question sees what is committed by then, and what was read stays in memory. `moment`: one snapshot until
 * the connection is closed, and memory stays flat: for an export or a report.
 */
export type Viewing = 'present' | 'moment';

export function createView(db: ReadConnection, viewing: Viewing, places: () => Places): ArchiveView {
  const steady = viewing === 'moment';
  const dictionaries = readDictionaries(db, places);
  const store = createDayStore(db, steady ? 'some' : 'all');
  const raws = createRawStore(db);
  const versions = createVersions(db);
  const settingStatement = db.prepare('SELECT value FROM setting WHERE name = ?').pluck();
  const setting = (name: string): string | null => (settingStatement.get(name) as string | undefined) ?? null;
  const version = (): number => Number(setting('version') ?? 0);
  const begin = db.prepare('BEGIN');
  const commit = db.prepare('COMMIT');
  const selections = new Kept<string, Selection>(SELECTIONS, () => 1);
  const countDeletions = db.prepare('SELECT count(*) FROM deletion').pluck();
  const journal = journalReader(db);
  const marks = new Marks();
  const hours = new Hours();
  let given: Cancel | null = null;
  const heed = (): void => {
    if (given?.aborted) throw new FailureError(GIVEN_UP);
  };
  let line = 0;
  let at = -1;
  let deletions = 0;
  if (steady) begin.run();

  const place = (key: number): Place | null => {
    const info = store.day(dayOfKey(key));
    if (info === null) return null;
    const columns = store.columns(info);
    const position = lowerBound(columns.keys, key);
    return columns.keys[position] === key ? { info, columns, refs: store.refs(info), position } : null;
  };
  const isThere = (key: number, id: string): boolean => {
    if (deletions === 0) return true;
    const found = place(key);
    return found !== null && fromStored(storedIdAt(found.refs, found.position)) === id;
  };
  const keySets = createKeySets(marks, raws, isThere);

  const refresh = (): void => {
    const lines = journal(line);
    line = lines.at(-1)?.seq ?? line;
    marks.take(lines);
    hours.take(lines);
    const now = version();
    if (now === at) return;
    const deleted = countDeletions.get() as number;
    if (deleted !== deletions) {
      dictionaries.reset();
      store.reset();
      raws.reset();
      deletions = deleted;
    }
    dictionaries.refresh();
    store.refresh();
    versions.refresh();
    selections.clear();
    keySets.reset();
    at = now;
  };
  return {
    dictionaries,
    store,
    raws,
    versions,
    marks,
    isThere,
    steady,
    setting,
    version,
    deletions: () => deletions,
    ask(question) {
      if (db.inTransaction) {
        refresh();
        return question();
      }
      begin.run();
      try {
        refresh();
        return question();
      } finally {
        commit.run();
      }
    },
    select: (plan) =>
      selections.get(
        // What stands beside entries, and when people work, changes without the archive's version.
        JSON.stringify([plan, namesMarks(plan.filter) ? marks.seq : null, namesHours(plan.filter) ? hours.seq : null]),
        () => new Selection(conditionsOf(plan, dictionaries, keySets, hours.at(setting('zone') ?? 'UTC')), store, heed),
      ),
    whileWanted(cancel, question) {
      given = cancel;
      try {
        return question();
      } finally {
        given = null;
      }
    },
    place,
    evidence(key, refs, position) {
      const n = versions.better(key);
      if (n !== null) return versions.of(key).find((one) => one.n === n)!.bytes;
      return raws.at(refs.block[position]!, refs.slot[position]!);
    },
  };
}
