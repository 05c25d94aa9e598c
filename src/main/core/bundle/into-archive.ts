import { DAY_STATES, type DayState } from '../../../shared/coverage.ts';
import type { Json } from '../../../shared/entry.ts';
import { FailureError, ok, type Result, unwrap } from '../../../shared/errors.ts';
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
import { parseEntry, parseEntryText, parseEntryValue } from '../jetty/parse-entry.ts';
import { MARK_KINDS } from '../marks/mark-lines.ts';
import type { Clock, Random } from '../ports.ts';
import { WHOLE_ARCHIVE } from '../search/plan.ts';
import { bundleText } from './carried-bundle.ts';
import { type BundleVerdict, checkBundle, type Trust } from './check.ts';
import { type EntryLine, linesOf, PARTS, type RedactedLine } from './format.ts';
import { shownValue } from './redact.ts';
import type { Part } from './tar.ts';

/** The passphrase is random and forgotten at once: what it costs to try one does not matter. */
const NO_COST: KdfCost = { memoryKiB: 8, passes: 1, lanes: 1 };
const PASSPHRASE_BYTES = 32;
const FLUSH_BYTES = 8 * 2 ** 20;
const TOLD = 50;

type Group = { readonly source: Source; readonly received: number; readonly items: RawItem[] };

/**
 * Makes an archive of a bundle, checking it on the way: everything there is to be read of it, whether it is as it was made or
 * not; the verdict says which. It is made ready while the bundle is being decrypted. The archive's key is in the answer and nowhere else. Nothing is left where it fails.
 */
export async function archiveFromBundle(
  opening: Promise<Result<AsyncIterable<Part>>>,
  dir: string,
  trust: Trust,
  ports: { readonly clock: Clock; readonly random: Random },
): Promise<Result<{ readonly key: Uint8Array; readonly verdict: BundleVerdict }>> {
  const passphrase = Buffer.from(ports.random.bytes(PASSPHRASE_BYTES)).toString('hex');
  const created = await createArchive(
    dir,
    { name: 'Evidence bundle', passphrase, zone: 'UTC' },
    { ...ports, kdfCost: NO_COST, fleeting: true },
  );
  const parts = await opening;
  if (!created.ok) return created;
  const { writer, key } = created.value;
  try {
    if (!parts.ok) return parts;
    const filling = new Filling(writer, ports.clock);
    const verdict = await checkBundle(parts.value, trust, filling);
    if (!verdict.ok) return verdict;
    filling.finish(verdict.value);
    return ok({ key, verdict: verdict.value });
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, error: error.failure };
    throw error;
  } finally {
    writer.close();
  }
}

class Filling {
  readonly #writer: ArchiveWriter;
  readonly #clock: Clock;
  #groups = new Map<string, Group>();
  #bytes = 0;
  readonly #ledger: LedgerChange[] = [];
  readonly #journal: NewJournalLine[] = [];
  #findings: readonly TriagedFinding[] = [];
  #rules: readonly RuleInfo[] = [];

  constructor(writer: ArchiveWriter, clock: Clock) {
    this.#writer = writer;
    this.#clock = clock;
  }

  entry(line: EntryLine, raw: Buffer): void {
    this.#add(line, line.raw === undefined ? parseEntry(raw) : parseEntryText(raw, line.raw));
  }

  redacted(line: RedactedLine): void {
    this.#add(line, redactedItem(line));
  }

  #add({ source, received }: EntryLine | RedactedLine, item: RawItem): void {
    const name = `${received} ${source.kind} ${source.detail}`;
    const group = this.#groups.get(name) ?? { source, received, items: [] };
    this.#groups.set(name, group);
    group.items.push(item);
    this.#bytes += item.raw.length;
    if (this.#bytes >= FLUSH_BYTES) this.#flush();
  }

  coverage(line: {
    day: string;
    state: string;
    served: number | null;
    checkedAt: string | null;
    note: string | null;
  }): void {
    if (!(DAY_STATES as readonly string[]).includes(line.state)) return;
    const { day, served, note } = line;
    const checkedAt = Date.parse(line.checkedAt ?? '') || 0;
    this.#ledger.push({ kind: 'day', day, state: line.state as DayState, served, checkedAt, note });
  }

  journal(line: NewJournalLine): void {
    this.#journal.push(line);
  }

  part({ name, content }: Part): void {
    if (name === PARTS.findings) this.#findings = parsedLines(content);
    if (name === PARTS.rules) this.#rules = parsedLines(content);
  }

  finish(verdict: BundleVerdict): void {
    const writer = this.#writer;
    const { manifest } = verdict;
    this.#flush();
    const source = { kind: 'file', detail: 'evidence bundle' } as const;
    unwrap(writer.ingest({ items: [], source, receivedAt: manifest.made, ledger: this.#ledger }));
    const keyOf = this.#keysById();
    unwrap(writer.appendJournal(this.#journal.map((line) => withKeys(line, keyOf))));
    const findings = this.#findings.map((finding) => ({
      ...finding,
      entryKeys: finding.entryIds.map((id, i) => keyOf.get(id) ?? finding.entryKeys[i]!),
    }));
    const settings = [
      { name: 'name', value: manifest.archive.name },
      { name: 'zone', value: manifest.asked.zone },
      { name: VERIFIED_SETTING, value: JSON.stringify(verifiedAs(verdict, this.#ledger.length, this.#clock.now())) },
      carriedText({ findings, rules: this.#rules }),
      bundleText(verdict),
      ...(verdict.head === null ? [] : [carriedHeadText(verdict.head)]),
    ];
    for (const { name, value } of settings) unwrap(writer.setSetting(name, value));
  }

  #flush(): void {
    // What came later under an id goes behind what it came to.
    const groups = [...this.#groups.values()].sort((a, b) => a.received - b.received);
    for (const { source, received, items } of groups) {
      const isOneInstant = items[0]?.entry?.ts === items.at(-1)?.entry?.ts;
      // Of one instant from an API, the writer takes the last for the first.
      const inOrder = isOneInstant && source.kind === 'api' ? items.toReversed() : items;
      unwrap(this.#writer.ingest({ items: inOrder, source, receivedAt: received }));
    }
    this.#groups = new Map();
    this.#bytes = 0;
  }

  // Of what findings and marks name: the same entry may have another key here, where its neighbours are not.
  #keysById(): ReadonlyMap<string, number> {
    const keys = new Map<string, number>();
    for (const row of this.#writer.rows(WHOLE_ARCHIVE)) keys.set(row.id, row.key);
    return keys;
  }
}

function redactedItem({ fields }: RedactedLine): RawItem {
  const value = shownValue(fields);
  return parseEntryValue(Buffer.from(JSON.stringify(value)), value);
}

const MARKS: ReadonlySet<string> = new Set(Object.values(MARK_KINDS));

function withKeys(line: NewJournalLine, keyOf: ReadonlyMap<string, number>): NewJournalLine {
  const isMark = MARKS.has(line.kind);
  if (!isMark && line.kind !== CASE_LINES.pinned && line.kind !== CASE_LINES.entries) return line;
  try {
    const body = JSON.parse(line.body) as { entries: { key: number; id: string }[] };
    // What is not in the bundle keeps its mark out of it, and the line its number.
    // Events of a case are called by their place in the line, so there each keeps its place.
    const entries = body.entries.flatMap((one) =>
      keyOf.has(one.id) ? [{ ...one, key: keyOf.get(one.id)! }] : isMark ? [] : [one],
    );
    return { ...line, body: JSON.stringify({ ...body, entries }) };
  } catch {
    return line;
  }
}

function verifiedAs({ manifest, found, problems }: BundleVerdict, days: number, at: number): Verified {
  const messages = problems.slice(0, TOLD).map((message) => ({ what: 'altered' as const, message }));
  return { at, found, entries: manifest.entries.lines - manifest.entries.versions, days, messages };
}

function parsedLines<T extends Json | object>(content: Buffer): readonly T[] {
  return linesOf(content).flatMap((line) => {
    try {
      return [JSON.parse(line) as T];
    } catch {
      return [];
    }
  });
}
