import { DAY_STATES, type DayState } from '../../../shared/coverage.ts';
import { ok, type Result } from '../../../shared/errors.ts';
import type { RuleInfo } from '../../../shared/finding.ts';
import type { Verified } from '../../../shared/integrity-contract.ts';
import type { TriagedFinding } from '../../../shared/triage.ts';
import { carriedHeadText } from '../archive/carried-head.ts';
import { VERIFIED_SETTING } from '../archive/integrity/last-verification.ts';
import type { NewJournalLine } from '../archive/journal.ts';
import type { KdfCost } from '../archive/key-wrap.ts';
import { createArchive } from '../archive/open.ts';
import type { ArchiveWriter, LedgerChange, RawItem, Source } from '../archive/writer.ts';
import { carriedText } from '../detection/carried.ts';
import { CASE_LINES } from '../investigation/case-lines.ts';
import { parseEntry } from '../jetty/parse-entry.ts';
import { MARK_KINDS } from '../marks/mark-lines.ts';
import type { Clock, Random } from '../ports.ts';
import { WHOLE_ARCHIVE } from '../search/plan.ts';
import { bundleText } from './carried-bundle.ts';
import type { BundleVerdict } from './check.ts';
import type { CoverageLine } from './format.ts';

/** Entries of a bundle on their way into an archive, in its order. `starts` are one more than there are entries. */
export type EntryBatch = {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  /** Of each entry, which of the origins is its own. */
  readonly originOf: Uint32Array;
  readonly origins: readonly Origin[];
};

/** Where entries came from, and when (milliseconds UTC). */
export type Origin = { readonly source: Source; readonly received: number };

/** All that a bundle holds besides its entries, and what was found of it. */
export type Told = {
  readonly verdict: BundleVerdict;
  readonly coverage: readonly CoverageLine[];
  readonly journal: readonly NewJournalLine[];
  readonly findings: readonly TriagedFinding[];
  readonly rules: readonly RuleInfo[];
};

/** Makes an archive of what a bundle holds; it may do so in another thread. One call after the other. */
export type ArchiveFilling = {
  entries(batch: EntryBatch): Promise<Result<void>>;
  /** Adds all that is not entries. The archive's key, which is nowhere else. */
  finish(told: Told): Promise<Result<Uint8Array>>;
  /** Gives the archive out of its hands, finished or not. */
  close(): Promise<void>;
};

/** The passphrase is random and forgotten at once: what it costs to try one does not matter. */
const NO_COST: KdfCost = { memoryKiB: 8, passes: 1, lanes: 1 };
const PASSPHRASE_BYTES = 32;
const TOLD = 50;

/** Makes an empty archive in a folder that is not there yet, to be filled in this thread. */
export async function fillArchive(
  dir: string,
  ports: { readonly clock: Clock; readonly random: Random },
): Promise<Result<ArchiveFilling>> {
  const passphrase = Buffer.from(ports.random.bytes(PASSPHRASE_BYTES)).toString('hex');
  const created = await createArchive(
    dir,
    { name: 'Evidence bundle', passphrase, zone: 'UTC' },
    { ...ports, kdfCost: NO_COST, fleeting: true },
  );
  if (!created.ok) return created;
  const { writer, key } = created.value;
  return ok({
    entries: async (batch) => storeBatch(writer, batch),
    async finish(told) {
      const finished = storeRest(writer, told, ports.clock.now());
      return finished.ok ? ok(key) : finished;
    },
    close: async () => writer.close(),
  });
}

function storeBatch(writer: ArchiveWriter, { bytes, starts, originOf, origins }: EntryBatch): Result<void> {
  const groups = origins.map((origin) => ({ ...origin, items: [] as RawItem[] }));
  for (const [i, origin] of originOf.entries())
    groups[origin]!.items.push(parseEntry(bytes.subarray(starts[i], starts[i + 1])));
  // What came later under an id goes behind what it came to.
  for (const { source, received, items } of groups.sort((a, b) => a.received - b.received)) {
    const isOneInstant = items[0]?.entry?.ts === items.at(-1)?.entry?.ts;
    // Of one instant from an API, the writer takes the last for the first.
    const inOrder = isOneInstant && source.kind === 'api' ? items.toReversed() : items;
    const stored = writer.ingest({ items: inOrder, source, receivedAt: received });
    if (!stored.ok) return stored;
  }
  return ok(undefined);
}

function storeRest(writer: ArchiveWriter, told: Told, now: number): Result<void> {
  const { verdict, rules } = told;
  const { manifest } = verdict;
  const ledger = told.coverage.filter(({ state }) => isState(state)).map((line) => asChange(line, manifest.made));
  const source = { kind: 'file', detail: 'evidence bundle' } as const;
  const stored = writer.ingest({ items: [], source, receivedAt: manifest.made, ledger });
  if (!stored.ok) return stored;
  const keyOf = keyFinder(writer);
  const logged = writer.appendJournal(told.journal.map((line) => withKeys(line, keyOf)));
  if (!logged.ok) return logged;
  const findings = told.findings.map((finding) => ({
    ...finding,
    entryKeys: finding.entryIds.map((id, i) => keyOf(id, finding.entryKeys[i]!) ?? finding.entryKeys[i]!),
  }));
  const settings = [
    { name: 'name', value: manifest.archive.name },
    { name: 'zone', value: manifest.asked.zone },
    { name: VERIFIED_SETTING, value: JSON.stringify(verifiedAs(verdict, ledger.length, now)) },
    carriedText({ findings, rules }),
    bundleText(verdict),
    ...(verdict.head === null ? [] : [carriedHeadText(verdict.head)]),
  ];
  for (const { name, value } of settings) {
    const set = writer.setSetting(name, value);
    if (!set.ok) return set;
  }
  return ok(undefined);
}

function isState(state: string): state is DayState {
  return (DAY_STATES as readonly string[]).includes(state);
}

// Of a day that was never asked for it is known since the bundle was made.
function asChange({ day, state, served, checkedAt, note }: CoverageLine, made: number): LedgerChange {
  const at = Date.parse(checkedAt ?? '') || made;
  return { kind: 'day', day, state: state as DayState, served, checkedAt: at, note };
}

/** The key of an entry by its id and the key it had in the archive it comes from; undefined where it is not here. */
type KeyFinder = (id: string, key: number) => number | undefined;

// Of what findings and marks name: the same entry may have another key here, where its neighbours are not.
// Mostly it has not, and that is quickly seen.
function keyFinder(writer: ArchiveWriter): KeyFinder {
  let all: Map<string, number> | null = null;
  return (id, key) => {
    // What somebody altered may name no key at all.
    if (all === null && Number.isSafeInteger(key) && writer.rowsByKey([key])[0]?.id === id) return key;
    all ??= new Map(Array.from(writer.rows(WHOLE_ARCHIVE), (row) => [row.id, row.key]));
    return all.get(id);
  };
}

const MARKS: ReadonlySet<string> = new Set(Object.values(MARK_KINDS));

function withKeys(line: NewJournalLine, keyOf: KeyFinder): NewJournalLine {
  const isMark = MARKS.has(line.kind);
  if (!isMark && line.kind !== CASE_LINES.pinned && line.kind !== CASE_LINES.entries) return line;
  try {
    const body = JSON.parse(line.body) as { entries: { key: number; id: string }[] };
    // What is not in the bundle keeps its mark out of it, and the line its number.
    // Events of a case are called by their place in the line, so there each keeps its place.
    const entries = body.entries.flatMap((one) => {
      const key = keyOf(one.id, one.key);
      if (key !== undefined) return [{ ...one, key }];
      return isMark ? [] : [one];
    });
    return { ...line, body: JSON.stringify({ ...body, entries }) };
  } catch {
    return line;
  }
}

function verifiedAs({ manifest, found, problems }: BundleVerdict, days: number, at: number): Verified {
  const messages = problems.slice(0, TOLD).map((message) => ({ what: 'altered' as const, message }));
  return { at, found, entries: manifest.entries.lines - manifest.entries.versions, days, messages, chain: null };
}
