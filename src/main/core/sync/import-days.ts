import type { DayCoverage } from '../../../shared/coverage.ts';
import { isDay } from '../../../shared/instant.ts';
import type { ArchiveWriter, LedgerChange } from '../archive/writer.ts';
import type { Claim } from './import-document.ts';

// What files say of days is weaker than what a walk says: it never overrules the ledger of the API, and a file that
// counts more entries than it holds (the product's own backup script never asks for page 2) leaves its days partial.

/** Notes of days that are partial because of a file begin so; thereby a later file can make up for it. */
const FROM_FILE = 'From a file:';

/** What one file held: the UTC days of its entries, and what its envelope claimed (the last that claimed anything). */
export type FiledDays = { readonly file: string; readonly days: readonly string[]; readonly claim: Claim | null };

type DayChange = Extract<LedgerChange, { kind: 'day' }>;

/** The ledger's changes after a file, with everything it held stored. `now` is milliseconds UTC. */
export function importedDays(filed: FiledDays, writer: ArchiveWriter, now: number): DayChange[] {
  const { days, claim } = filed;
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const known = new Map(writer.coverage(first, last).map((row) => [row.day, row]));
  const stored = storedIn(writer, days);
  const short = claim !== null && isShort(claim) && !(claim.total !== null && stored >= claim.total);
  return days.flatMap((day): DayChange[] => {
    const row = known.get(day);
    if (isFromApi(row)) return [];
    const sole = days.length === 1 ? (claim?.total ?? null) : null;
    if (short) {
      return [{ kind: 'day', day, state: 'partial', served: sole, checkedAt: now, note: shortNote(filed.file, claim) }];
    }
    if (row?.state === 'partial' && !isMadeUpFor(row, claim)) return [];
    return [{ kind: 'day', day, state: 'imported', served: sole, checkedAt: now, note: null }];
  });
}

/** Whether a file's envelope knows of entries that the file does not hold. */
export function isShort(claim: Claim): boolean {
  return (claim.total !== null && claim.total > claim.held) || claim.hasNext === true;
}

/** The day that the product's backup script put into a file's name; an empty log of it speaks of that day. */
export function dayOfFileName(name: string): string | null {
  const day = /^audit-logs-(\d{4}-\d{2}-\d{2})\.json(?:\.gz)?$/i.exec(name)?.[1];
  return day !== undefined && isDay(day) ? day : null;
}

/** Whether a day that was partial because of a short file has everything that file counted by now. */
function isMadeUpFor(row: DayCoverage, claim: Claim | null): boolean {
  if (row.served !== null) return row.stored >= row.served;
  return claim !== null && claim.total !== null && isShort(claim);
}

function isFromApi(row: DayCoverage | undefined): boolean {
  if (row === undefined) return false;
  if (row.state === 'complete') return true;
  return row.state === 'partial' && !(row.note?.startsWith(FROM_FILE) ?? false);
}

function shortNote(file: string, claim: Claim): string {
  const counted = claim.total === null ? 'says that a further page exists' : `counts ${claim.total} entries`;
  return `${FROM_FILE} ${file} ${counted} and holds ${claim.held}.`;
}

// The ledger counts what is stored for the days it knows only, and these may be new to it.
function storedIn(writer: ArchiveWriter, days: readonly string[]): number {
  const fromMs = Date.parse(`${days[0]}T00:00:00Z`);
  const toMs = Date.parse(`${days.at(-1)}T23:59:59.999Z`);
  return writer.count({ filter: { terms: [] }, fromMs, toMs });
}
