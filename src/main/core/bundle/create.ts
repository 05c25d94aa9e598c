import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { FailureError, fail, failure, ok, type Result } from '../../../shared/errors.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import { addDays } from '../../../shared/instant.ts';
import type { Head } from '../../../shared/integrity.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { explainFile } from '../files/explain-file.ts';
import type { Places } from '../geo/places.ts';
import type { Cancel, OnProgress, Random } from '../ports.ts';
import type { QueryPlan } from '../search/plan.ts';
import { coverageOver } from '../sync/coverage-days.ts';
import type { ForWhom } from './age-file.ts';
import { asItArrived, type EntryTally, entryParts, newTally } from './entry-parts.ts';
import { BUNDLE_FORMAT, type Manifest, PARTS } from './format.ts';
import { type PartList, packBundle } from './pack.ts';
import { pseudonymised } from './redact.ts';
import { redactionOf, type ShownRedacted } from './redaction.ts';
import { stampParts } from './stamp-parts.ts';
import type { Part } from './tar.ts';
import { bundledFindings } from './told.ts';

export type BundleRequest = {
  readonly plan: QueryPlan;
  /** IANA zone of days and of times in findings. */
  readonly zone: string;
  /** Milliseconds UTC. */
  readonly now: number;
  readonly out: string;
  readonly whom: ForWhom;
  readonly pseudonymise: boolean;
  /** Files of reports that go with it. */
  readonly reports: readonly string[];
  /** What a case says, where the bundle is of one: goes with it as `case.json`. */
  readonly caseText?: string;
  readonly random: Random;
  readonly places?: Places;
  readonly onProgress?: OnProgress;
  readonly signal?: Cancel;
};

/** What was written. `entries` counts entries, `versions` what came later under their ids, `proven` what a seal proves. */
export type BundleMade = {
  readonly out: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly entries: number;
  readonly versions: number;
  readonly proven: number;
  readonly findings: number;
  readonly head: Head | null;
};

/**
 * Writes the entries a plan selects as one encrypted file for somebody outside: the bytes as they arrived, what proves them,
 * and what was made of them. Streaming: memory stays flat. `integrity` where what is there is not what was sealed.
 */
export async function createBundle(reader: ArchiveReader, request: BundleRequest): Promise<Result<BundleMade>> {
  const { plan, now, out, whom, pseudonymise, zone } = request;
  const signer = reader.signer();
  if (signer === null)
    return fail('read_only', 'This archive has no key to sign with yet.', 'Open it once for writing, then try again.');
  if (pseudonymise && request.reports.length > 0)
    return fail(
      'bad_input',
      'A report names people as they are.',
      'Leave the reports out of a pseudonymised bundle, or make one that is not.',
    );
  const reports = readReports(request.reports);
  if (!reports.ok) return reports;
  const redaction = pseudonymise ? redactionOf(reader, plan) : null;
  const findings = bundledFindings(reader, request);
  if (!findings.ok) return findings;
  const tally = newTally();
  const head = reader.head();
  const packed = await packBundle(out, whom, {
    made: now,
    random: request.random,
    parts: (async function* parts(): AsyncGenerator<Part> {
      const write = redaction === null ? asItArrived : pseudonymised(redaction);
      const total = request.onProgress === undefined ? null : reader.count(plan);
      for (const part of entryParts(reader, plan, write, tally)) {
        // Gives Ctrl-C and messages from other threads a chance to be heard.
        await breath();
        if (request.signal?.aborted) throw new FailureError(CANCELLED);
        request.onProgress?.({ done: tally.lines, total, note: `Writing ${basename(out)}` });
        yield part;
      }
      yield coveragePart(reader, plan, tally, redaction, now);
      const since = oldestSeal(reader, plan, tally);
      yield sealsPart(reader, since);
      yield* stampParts(reader, since);
      if (redaction === null) yield ndjson(PARTS.journal, reader.journal());
      yield ndjson(PARTS.rules, redaction === null ? findings.value.rules : findings.value.rules.map(redaction.rule));
      yield ndjson(
        PARTS.findings,
        redaction === null ? findings.value.findings : findings.value.findings.map(redaction.finding),
      );
      if (request.caseText !== undefined) yield { name: PARTS.case, content: Buffer.from(request.caseText) };
      yield* reports.value;
    })(),
    last(parts) {
      const content = Buffer.from(JSON.stringify(manifestOf(parts)));
      const signature = Buffer.from(`${signer.sign(content.toString('utf8')).toString('hex')}\n`);
      return [
        { name: PARTS.manifest, content },
        { name: PARTS.signature, content: signature },
      ];
    },
  });
  if (!packed.ok) return packed;
  const { lines, versions, proven } = tally;
  return ok({
    out,
    ...packed.value,
    entries: lines - versions,
    versions,
    proven,
    findings: findings.value.findings.length,
    head,
  });

  function manifestOf(parts: PartList): Manifest {
    const info = reader.info();
    const query = printQuery(plan.filter);
    return {
      format: BUNDLE_FORMAT,
      made: now,
      archive: { id: info.archiveId, name: info.name },
      asked: { query: redaction === null ? query : redaction.text(query), from: plan.fromMs, to: plan.toMs, zone },
      pseudonymised: pseudonymise,
      entries: { lines: tally.lines, versions: tally.versions, proven: tally.proven },
      head: head === null ? null : { sequence: head.sequence, hash: head.hash },
      key: Buffer.from(signer!.key.bytes).toString('hex'),
      fingerprint: signer!.key.fingerprint,
      parts,
    };
  }
}

/** UTC days a bundle is about: those of its period, or from its first entry to its last. */
function daysOf(plan: QueryPlan, tally: EntryTally): { from: string; to: string } | null {
  const from = plan.fromMs ?? tally.first;
  const to = plan.toMs ?? tally.last;
  if (from === null || to === null || to < from) return null;
  return { from: dateOf(from), to: dateOf(to) };
}

function coveragePart(
  reader: ArchiveReader,
  plan: QueryPlan,
  tally: EntryTally,
  redaction: ShownRedacted | null,
  now: number,
): Part {
  const days = daysOf(plan, tally);
  if (days === null) return ndjson(PARTS.coverage, []);
  const newest = new Map<string, { sequence: number; coverage: { state: string; served: number | null } | null }>();
  for (const { seq, content } of reader.seals()) {
    if (content?.day != null && content.day >= days.from && content.day <= days.to)
      newest.set(content.day, { sequence: seq, coverage: content.coverage });
  }
  for (const { sequence } of newest.values()) tally.oldestSeal = Math.min(tally.oldestSeal, sequence);
  // Days that no sync has come to among them: what is not said would look as if nothing was missing.
  const until = [days.to, dateOf(now)].sort()[0]!;
  const lines = coverageOver(reader, days.from, until, now).map((day) => {
    const seal = newest.get(day.day);
    const isSame = seal?.coverage?.state === day.state && seal.coverage.served === day.served;
    const note = day.note === null || redaction === null ? day.note : redaction.text(day.note);
    return { ...day, note, seal: isSame ? (seal?.sequence ?? null) : null };
  });
  return ndjson(PARTS.coverage, lines);
}

// The oldest seal that anything leads to, or that is about the period; without anything sealed in it, the head alone.
function oldestSeal(reader: ArchiveReader, plan: QueryPlan, tally: EntryTally): number {
  const days = daysOf(plan, tally);
  let since = tally.oldestSeal;
  for (const { seq, content } of reader.seals()) {
    if (seq >= since) break;
    if (days !== null && content?.day != null && content.day >= days.from && content.day < addDays(days.to, 1))
      since = seq;
  }
  return Math.min(since, reader.head()?.sequence ?? 0);
}

/** The chain from a seal up to the head. */
function sealsPart(reader: ArchiveReader, since: number): Part {
  const lines: { sequence: number; text: string; signature: string }[] = [];
  for (const { seq, text, signature } of reader.seals())
    if (seq >= since) lines.push({ sequence: seq, text, signature: Buffer.from(signature).toString('hex') });
  return ndjson(PARTS.seals, lines);
}

function ndjson(name: string, lines: readonly unknown[]): Part {
  return { name, content: Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')) };
}

function readReports(files: readonly string[]): Result<readonly Part[]> {
  const parts: Part[] = [];
  for (const file of files) {
    try {
      const name = PARTS.report(basename(file).replace(/[^\p{L}\p{N}._ -]/gu, '_'));
      if (Buffer.byteLength(name) > 100 || parts.some((part) => part.name === name))
        return fail(
          'bad_input',
          `The report ${basename(file)} has a name that is too long, or given twice.`,
          'Rename it.',
        );
      parts.push({ name, content: readFileSync(file) });
    } catch (error) {
      return explainFile(error, `read the report ${basename(file)}`);
    }
  }
  return ok(parts);
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const CANCELLED = failure('cancelled', 'The bundle was cancelled.', 'Nothing was written; run it again.');
