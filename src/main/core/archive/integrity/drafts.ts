import type { DayState } from '../../../../shared/coverage.ts';
import { addDays, endOfDay } from '../../../../shared/instant.ts';
import type { ArchiveView } from '../archive-view.ts';
import { dateOfDay, dayOfKey, MS_PER_DAY } from '../columns/day-columns.ts';
import type { WriteConnection } from '../sqlite.ts';
import { type Difference, differenceOf, isNoDifference, marksFrom, sealedMarks } from './change.ts';
import { createLeafReader } from './day-leaves.ts';
import type { FreshLeaves } from './fresh-leaves.ts';
import { createNoted, createTombs, unlawful } from './lawful.ts';
import {
  encodeChange,
  type LeafMarks,
  type Leaves,
  leafName,
  leavesAt,
  marksOf,
  NO_LEAVES,
  NO_MARKS,
  treeOf,
} from './leaf-list.ts';
import { listHash, type SealContent } from './seal.ts';
import { createSealStore } from './seal-store.ts';
import { UNREADABLE } from './unsealed.ts';

/** What a new seal is about, before it gets its place in the chain; `list` is what is kept beside it. */
export type Draft = {
  readonly about: Pick<SealContent, 'kind' | 'day' | 'tree' | 'added' | 'removed' | 'coverage'>;
  readonly list: Buffer;
};

type Coverage = SealContent['coverage'];
type LedgerRow = { readonly day: string; readonly state: DayState; readonly served: number | null };

/** What is to be sealed now; `refused` are days that hold what nothing lawful explains. */
export type Drafts = { readonly drafts: readonly Draft[]; readonly refused: readonly string[] };

const NO_TREE = treeOf(NO_LEAVES);

/** Nothing of any day: only the journal has gone on. */
export const JOURNAL_ONLY: Draft = {
  about: { kind: 'journal', day: null, tree: NO_TREE, added: NO_TREE, removed: NO_TREE, coverage: null },
  list: encodeChange(NO_MARKS, NO_MARKS),
};

/**
 * Returns what finds out what is to be sealed at an instant (milliseconds UTC), where the seals so far account for the
 * deletions up to `accounted`. What was noted of the days it drafts is forgotten, within the transaction of the caller.
 */
export function createDrafts(
  db: WriteConnection,
  view: ArchiveView,
  fresh: FreshLeaves,
): (accounted: number, at: number) => Drafts {
  const store = createSealStore(db);
  const leafReader = createLeafReader(db, view.raws, fresh);
  const noted = createNoted(db);
  const tombs = createTombs(db);
  const openDays = db.prepare(
    'SELECT day, state, served FROM day WHERE NOT EXISTS (SELECT 1 FROM seal WHERE seal.day = day.day) ORDER BY day',
  );
  const ledgerRow = db.prepare('SELECT day, state, served FROM day WHERE day = ?');
  const scopes = db.prepare('SELECT DISTINCT scope FROM unsealed WHERE scope <> ?').pluck();
  const coverageDays = db.prepare('SELECT day FROM unsealed_coverage').pluck();
  const buriedKeys = db.prepare('SELECT key FROM tombstone WHERE deletion > ?').pluck();
  const forgetNotes = db.prepare('DELETE FROM unsealed WHERE scope = ?');
  const forgetCoverage = db.prepare('DELETE FROM unsealed_coverage WHERE day = ?');

  const coverageOf = (day: string): Coverage => {
    const row = ledgerRow.get(day) as LedgerRow | undefined;
    return row === undefined ? null : { state: row.state, served: row.served };
  };
  const buried = ({ keys, ns }: LeafMarks): Leaves => ({
    keys,
    ns,
    hashes: Buffer.concat(Array.from(keys, (key, i) => tombs.leaf(key, ns[i]!).at(-1)!)),
  });

  const firstSeal = ({ day, state, served }: LedgerRow): Draft => {
    const number = Date.parse(day) / MS_PER_DAY;
    const there = leafReader.ofDay(number, view.store.day(number));
    const tree = treeOf(there);
    return {
      about: { kind: 'day', day, tree, added: tree, removed: NO_TREE, coverage: { state, served } },
      list: encodeChange(marksOf(there), NO_MARKS),
    };
  };

  // Null where there is nothing to say.
  const amendment = (scope: number, there: Leaves, accounted: number, anew: boolean): Draft | 'refused' | null => {
    const day = scope === UNREADABLE ? null : dateOfDay(scope);
    const seals = store.ofDay(day).filter((seal) => day !== null || seal.content?.kind === 'unreadable');
    if (seals.some(({ seq, content }) => content?.list !== listHash(store.list(seq)))) return 'refused';
    const found = differenceOf(sealedMarks(seals.map((seal) => store.change(seal.seq))), there);
    if (!isNoDifference(unlawful(found, noted(scope), createTombs(db, accounted)))) return 'refused';
    const before = seals.at(-1)?.content?.coverage ?? null;
    const coverage = anew && day !== null ? coverageOf(day) : before;
    const isSettledAnew = before?.state !== coverage?.state || before?.served !== coverage?.served;
    if (isNoDifference(found) && !isSettledAnew) return null;
    const { added, removed } = changeOf(found, there);
    return {
      about: {
        kind: day === null ? 'unreadable' : 'amend',
        day,
        tree: treeOf(there),
        added: treeOf(leavesAt(there, added)),
        removed: treeOf(buried(removed)),
        coverage,
      },
      list: encodeChange(added, removed),
    };
  };

  const touchedDays = (accounted: number, anew: ReadonlySet<string>): readonly number[] => {
    const touched = new Set([
      ...(scopes.all(UNREADABLE) as number[]),
      ...(buriedKeys.all(accounted) as number[]).map(dayOfKey),
      ...[...anew].map((day) => Date.parse(day) / MS_PER_DAY),
    ]);
    return [...touched].sort((a, b) => a - b);
  };

  return (accounted, at) => {
    const open = (openDays.all() as LedgerRow[]).filter((row) => isSettled(row, at));
    const drafts = open.map(firstSeal);
    const refused: string[] = [];
    const take = (draft: Draft | 'refused' | null, name: string, scope: number): void => {
      if (draft === 'refused') {
        refused.push(name);
        return;
      }
      if (draft !== null) drafts.push(draft);
      forgetNotes.run(scope);
      forgetCoverage.run(name);
    };
    const anew = new Set(coverageDays.all() as string[]);
    for (const scope of touchedDays(accounted, anew)) {
      const day = dateOfDay(scope);
      if (store.ofDay(day).length === 0) continue;
      const there = leafReader.ofDay(scope, view.store.day(scope));
      take(amendment(scope, there, accounted, anew.has(day)), day, scope);
    }
    if (noted(UNREADABLE).size > 0) {
      take(amendment(UNREADABLE, leafReader.unreadable(), accounted, false), 'what could not be read', UNREADABLE);
    }
    return { drafts, refused };
  };
}

// A partial day may become complete with the next sync. What no sync has made whole three days after its end is sealed as it
// is; should it become whole later, an amending seal says so.
const PARTIAL_FOR_DAYS = 3;

/** Whether a day that is not sealed yet is past changing, so far as can be told. */
function isSettled({ day, state }: LedgerRow, at: number): boolean {
  if (state === 'complete' || state === 'lost') return true;
  if (state === 'imported') return endOfDay(day, 'UTC') <= at;
  return state === 'partial' && endOfDay(addDays(day, PARTIAL_FOR_DAYS), 'UTC') <= at;
}

/** A difference as what was added and removed: a key that was given again lost one leaf and got another. */
function changeOf({ added, removed, altered }: Difference, there: Leaves): { added: LeafMarks; removed: LeafMarks } {
  const now = marksOf(there);
  const markAt = new Map(Array.from(now.keys, (key, i) => [leafName(key, now.ns[i]!), now.marks[i]!]));
  const givenAgain = altered.map(({ key, n }) => ({ key, n, mark: markAt.get(leafName(key, n))! }));
  return { added: marksFrom([...added, ...givenAgain]), removed: marksFrom([...removed, ...altered]) };
}
