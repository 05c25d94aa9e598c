import type { DayState } from '../../../../shared/coverage.ts';
import { KEYS_PER_DAY, MS_PER_DAY } from '../columns/day-columns.ts';
import type { ParseRaw } from '../columns/from-blocks.ts';
import type { ReadConnection } from '../sqlite.ts';
import type { Problems } from './problems.ts';
import { createSealStore, hasSeals } from './seal-store.ts';
import type { CheckedChain } from './verify-chain.ts';

type LedgerRow = { readonly day: string; readonly state: DayState; readonly served: number | null };

/** Counts entries by the UTC day they say they happened on. */
export class CountByDay {
  readonly #counts = new Map<number, number>();

  add(ms: number): void {
    this.addTo(Math.floor(ms / MS_PER_DAY), 1);
  }

  addTo(day: number, count: number): void {
    this.#counts.set(day, (this.#counts.get(day) ?? 0) + count);
  }

  /** How many there are of each day, counted since 1970. */
  entries(): readonly (readonly [number, number])[] {
    return [...this.#counts];
  }

  on(date: string): number {
    return this.#counts.get(Date.parse(date) / MS_PER_DAY) ?? 0;
  }
}

/** Compares the coverage ledger with what was sealed of it, and with what is there. */
export function checkCoverage(
  db: ReadConnection,
  chain: CheckedChain | null,
  counts: CountByDay,
  parse: ParseRaw,
  problems: Problems,
): void {
  const ledger = db.prepare('SELECT day, state, served FROM day ORDER BY day').all() as LedgerRow[];
  if (chain !== null && hasSeals(db)) checkSealed(db, chain, ledger, problems);
  checkContents(db, ledger, counts, parse, problems);
}

function checkSealed(db: ReadConnection, chain: CheckedChain, ledger: readonly LedgerRow[], problems: Problems): void {
  const seals = createSealStore(db);
  const rows = new Map(ledger.map((row) => [row.day, row]));
  // Settled anew since: the next seal of the day says so.
  const anew = new Set(db.prepare('SELECT day FROM unsealed_coverage').pluck().all() as string[]);
  for (const day of chain.sealedDays) {
    const sealed = seals.ofDay(day).at(-1)?.content?.coverage ?? null;
    const now = rows.get(day);
    if (anew.has(day) || (sealed?.state === now?.state && sealed?.served === now?.served)) continue;
    const isGone = now === undefined;
    const message = isGone
      ? `What was known of the coverage of ${day} was sealed and is missing.`
      : `The coverage of ${day} is not as it was sealed: it was ${wordsOf(sealed)}, and is now ${wordsOf(now)}.`;
    problems.add({ what: isGone ? 'missing' : 'altered', part: 'coverage', day, entry: null, message });
  }
}

// What is complete holds at least what was served; what was deleted since counts, and what came later under a known id and
// names another day.
function checkContents(
  db: ReadConnection,
  ledger: readonly LedgerRow[],
  counts: CountByDay,
  parse: ParseRaw,
  problems: Problems,
): void {
  for (const bytes of db.prepare('SELECT bytes FROM entry_version').pluck().iterate() as Iterable<Uint8Array>) {
    const { entry } = parse(bytes);
    if (entry !== null) counts.add(entry.ts);
  }
  const buriedIn = db.prepare('SELECT count(*) FROM tombstone WHERE key >= ? AND key < ?').pluck();
  for (const { day, state, served } of ledger) {
    if (state !== 'complete' || served === null) continue;
    const first = (Date.parse(day) / MS_PER_DAY) * KEYS_PER_DAY;
    const here = counts.on(day) + (buriedIn.get(first, first + KEYS_PER_DAY) as number);
    if (here >= served) continue;
    const message = `${day} is said to be complete with ${served} entries, and ${here} are there.`;
    problems.add({ what: 'missing', part: 'coverage', day, entry: null, message });
  }
}

function wordsOf(coverage: { readonly state: string; readonly served: number | null } | null): string {
  if (coverage === null) return 'unknown';
  return coverage.served === null ? coverage.state : `${coverage.state} with ${coverage.served} served`;
}
