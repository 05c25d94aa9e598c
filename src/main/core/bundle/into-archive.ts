import type { Json } from '../../../shared/entry.ts';
import { FailureError, ok, type Result, unwrap } from '../../../shared/errors.ts';
import type { RuleInfo } from '../../../shared/finding.ts';
import type { TriagedFinding } from '../../../shared/triage.ts';
import { startsOf } from '../archive/columns/packing.ts';
import type { NewJournalLine } from '../archive/journal.ts';
import { type BundleVerdict, type BundleVisitor, checkBundle, type Trust } from './check.ts';
import type { ArchiveFilling, EntryBatch, Origin } from './fill-archive.ts';
import { type CoverageLine, type EntryLine, linesOf, PARTS, parsedLine, type RedactedLine } from './format.ts';
import { shownValue } from './redact.ts';
import type { Part } from './tar.ts';

/**
 * Makes an archive of a bundle, checking it on the way: everything there is to be read of it, whether it is as it was made or
 * not; the verdict says which. The archive is made ready while the bundle is being decrypted, and filled while it is being checked. Its key is in the answer and
 * nowhere else. What is left where it fails is of no use to anybody.
 */
export async function archiveFromBundle(
  opening: Promise<Result<AsyncIterable<Part>>>,
  beginning: Promise<Result<ArchiveFilling>>,
  trust: Trust,
): Promise<Result<{ readonly key: Uint8Array; readonly verdict: BundleVerdict }>> {
  const [parts, filling] = await Promise.all([opening, beginning]);
  if (!filling.ok) return filling;
  try {
    if (!parts.ok) return parts;
    const pouring = new Pouring(filling.value);
    const verdict = await checkBundle(parts.value, trust, pouring);
    if (!verdict.ok) return verdict;
    const key = await pouring.finish(verdict.value);
    return key.ok ? ok({ key: key.value, verdict: verdict.value }) : key;
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, error: error.failure };
    throw error;
  } finally {
    await filling.value.close();
  }
}

/** Hands on what a bundle holds as it is checked: one batch is stored while the next is read, and no third is begun. */
class Pouring implements BundleVisitor {
  readonly #filling: ArchiveFilling;
  readonly #coverage: CoverageLine[] = [];
  readonly #journal: NewJournalLine[] = [];
  #findings: readonly TriagedFinding[] = [];
  #rules: readonly RuleInfo[] = [];
  #raws: Uint8Array[] = [];
  #originOf: number[] = [];
  #origins = new Map<string, Origin & { readonly place: number }>();
  #storing: Promise<Result<void>> = Promise.resolve(ok(undefined));

  constructor(filling: ArchiveFilling) {
    this.#filling = filling;
  }

  entry(line: EntryLine, raw: Buffer): void {
    this.#add(line, raw);
  }

  redacted(line: RedactedLine): void {
    this.#add(line, Buffer.from(JSON.stringify(shownValue(line.fields))));
  }

  coverage(line: CoverageLine): void {
    this.#coverage.push(line);
  }

  journal(line: NewJournalLine): void {
    this.#journal.push(line);
  }

  part({ name, content }: Part): void {
    if (name === PARTS.findings) this.#findings = parsedLines(content);
    if (name === PARTS.rules) this.#rules = parsedLines(content);
  }

  async partEnded(): Promise<void> {
    if (this.#raws.length === 0) return;
    const batch = this.#batch();
    unwrap(await this.#storing);
    this.#storing = this.#filling.entries(batch);
  }

  async finish(verdict: BundleVerdict): Promise<Result<Uint8Array>> {
    const stored = await this.#storing;
    if (!stored.ok) return stored;
    return this.#filling.finish({
      verdict,
      coverage: this.#coverage,
      journal: this.#journal,
      findings: this.#findings,
      rules: this.#rules,
    });
  }

  #add({ source, received }: EntryLine | RedactedLine, raw: Uint8Array): void {
    const name = `${received} ${source.kind} ${source.detail}`;
    const origin = this.#origins.get(name) ?? { source, received, place: this.#origins.size };
    this.#origins.set(name, origin);
    this.#originOf.push(origin.place);
    this.#raws.push(raw);
  }

  #batch(): EntryBatch {
    const batch = {
      bytes: Buffer.concat(this.#raws),
      starts: startsOf(Uint32Array.from(this.#raws, (raw) => raw.length)),
      originOf: Uint32Array.from(this.#originOf),
      origins: Array.from(this.#origins.values(), ({ source, received }) => ({ source, received })),
    };
    this.#raws = [];
    this.#originOf = [];
    this.#origins = new Map();
    return batch;
  }
}

function parsedLines<T extends Json | object>(content: Buffer): readonly T[] {
  return linesOf(content).flatMap((line) => {
    const value = parsedLine(line);
    return value === null ? [] : [value as T];
  });
}
