import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { SealSigner } from '../../../../src/main/core/archive/integrity/seal-key.ts';
import { openReader } from '../../../../src/main/core/archive/open.ts';
import type { ArchiveReader } from '../../../../src/main/core/archive/reader.ts';
import type { ArchiveWriter, LedgerChange } from '../../../../src/main/core/archive/writer.ts';
import { type BundleVerdict, checkBundle, type Trust } from '../../../../src/main/core/bundle/check.ts';
import { type BundleRequest, createBundle } from '../../../../src/main/core/bundle/create.ts';
import { linesOf, PARTS } from '../../../../src/main/core/bundle/format.ts';
import { openBundle } from '../../../../src/main/core/bundle/open.ts';
import { type Part, TAR_END, tarHeader, tarPadding } from '../../../../src/main/core/bundle/tar.ts';
import { WHOLE_ARCHIVE } from '../../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../../support/archive.ts';
import { realRandom, temporaryFolder } from '../../../support/ports.ts';

export const NOW = Date.parse('2026-10-15T12:00:00Z');
const IDENTITY = await generateX25519Identity();
/** What opens the bundles made here, which are encrypted to a key. */
export const OPENER = { identities: [IDENTITY] };

/** Of everything, as it is. */
export const REQUEST = {
  plan: WHOLE_ARCHIVE,
  zone: 'UTC',
  now: NOW,
  random: realRandom,
  pseudonymise: false,
  reports: [],
} as const;
const DAYS = ['2026-10-10', '2026-10-11', '2026-10-12', '2026-10-13'];

export const PEOPLE = [
  { id: 'user_a1', name: 'Alice Chen', email: 'alice@example.com' },
  { id: 'user_b2', name: 'Bob Núñez', email: 'bob@example.com' },
  { id: 'user_c3', name: 'Carol Dane', email: 'carol@example.com' },
] as const;

export function entryAt(day: string, n: number): Record<string, unknown> {
  const actor = PEOPLE[n % PEOPLE.length]!;
  const other = PEOPLE[(n + 1) % PEOPLE.length]!;
  const id = createHash('sha256').update(`${day} ${n}`).digest('hex').slice(0, 12);
  return {
    id: `log_${id}`,
    timestamp: `${day}T${String(8 + (n % 12)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}:00Z`,
    actor,
    action: n % 2 === 0 ? 'team.member_added' : 'tunnel.deleted',
    target: n % 2 === 0 ? { type: 'user', id: other.id, name: other.name } : { type: 'tunnel', id: 't1', name: 'api' },
    context: { ip_address: `203.0.113.${n}`, user_agent: 'Chrome/131.0.0.0', team_id: 'team_1', team_name: 'Ops' },
    metadata: {
      reason: `asked by ${other.name} <${other.email}> from 198.51.100.7`,
      size: n,
      empty: [],
      [other.email]: 1,
    },
  };
}

/** A sealed archive of four days, one of them amended; a fifth day is not over and not sealed. */
export async function sealedArchive(): Promise<{
  reader: ArchiveReader;
  writer: ArchiveWriter;
  signer: SealSigner;
  dir: string;
}> {
  const { dir, writer, key } = await newArchive();
  const complete = (day: string, served: number): LedgerChange => ({
    kind: 'day',
    day,
    state: 'complete',
    served,
    checkedAt: NOW,
    note: null,
  });
  const ledger = DAYS.map((day, i) => complete(day, i === 0 ? 1 : 7));
  const values = DAYS.flatMap((day, i) => Array.from({ length: i === 0 ? 1 : 7 }, (_none, n) => entryAt(day, n)));
  unwrap(writer.ingest({ ...batchOf(values), ledger }));
  unwrap(writer.seal(NOW));
  const late = { ...batchOf([entryAt(DAYS[1]!, 9), { ...entryAt(DAYS[2]!, 3), action: 'tunnel.created' }]) };
  unwrap(writer.ingest({ ...late, ledger: [complete(DAYS[1]!, 8)] }));
  unwrap(
    writer.appendJournal([
      { kind: 'entry.pin', subject: '', at: NOW, by: 'Dana', body: '{"set":true,"entries":[]}' },
      {
        kind: 'rule.switched',
        subject: 'off-hours',
        at: NOW,
        by: 'Dana',
        body: '{"enabled":true,"reason":"as agreed"}',
      },
    ]),
  );
  unwrap(writer.seal(NOW + 1));
  unwrap(writer.ingest(batchOf([entryAt('2026-10-15', 1)])));
  const reader = unwrap(openReader(dir, key));
  return { dir, reader, writer, signer: reader.signer()! };
}

export async function bundleOf(reader: ArchiveReader, more: Partial<BundleRequest> = {}): Promise<string> {
  const out = join(temporaryFolder(), 'evidence.age');
  const whom = { recipients: [await identityToRecipient(IDENTITY)] };
  unwrap(await createBundle(reader, { ...REQUEST, out, whom, ...more }));
  return out;
}

export async function partsOf(file: string): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const { name, content } of unwrap(await openBundle(file, OPENER)))
    parts.push({ name, content: Buffer.from(content) });
  return parts;
}

export async function verdictOf(parts: readonly Part[], trust: Trust): Promise<BundleVerdict> {
  return unwrap(
    await checkBundle(
      (async function* () {
        yield* parts;
      })(),
      trust,
    ),
  );
}

/** What the independent verifier says of parts, as a file and as a folder would hold them. */
export function independently(parts: readonly Part[], known: readonly string[]): { code: number; out: string } {
  const file = join(mkdtempSync(join(temporaryFolder(), 'v-')), 'bundle.tar.gz');
  const tar = parts.flatMap(({ name, content }) => [
    tarHeader(name, content.length, NOW),
    content,
    tarPadding(content.length),
  ]);
  writeFileSync(file, gzipSync(Buffer.concat([...tar, TAR_END])));
  return runVerifier(file, known);
}

export function runVerifier(place: string, known: readonly string[]): { code: number; out: string } {
  try {
    const script = join(import.meta.dirname, '../../../../docs/verify-bundle.mjs');
    return { code: 0, out: execFileSync(process.execPath, [script, place, ...known], { encoding: 'utf8' }) };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { code: status, out: stdout };
  }
}

/** Other lines in one part. */
export function edited(parts: readonly Part[], name: string, edit: (lines: string[]) => readonly string[]): Part[] {
  return parts.map((part) =>
    part.name === name
      ? {
          name,
          content: Buffer.from(
            edit([...linesOf(part.content)])
              .map((line) => `${line}\n`)
              .join(''),
          ),
        }
      : part,
  );
}

/** Makes the manifest fit whatever the parts are now, and signs it: what an owner of the key could do. */
export function signedAnew(
  parts: readonly Part[],
  signer: SealSigner,
  change: (manifest: Fields) => Fields = (one) => one,
): Part[] {
  const rest = parts.filter(({ name }) => name !== PARTS.manifest && name !== PARTS.signature);
  const before = JSON.parse(parts.find(({ name }) => name === PARTS.manifest)!.content.toString()) as Fields;
  const list = rest.map(({ name, content }) => ({
    name,
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  const lines = rest.filter(({ name }) => name.startsWith('entries/')).flatMap(({ content }) => linesOf(content));
  const entries = {
    lines: lines.length,
    versions: lines.filter((line) => (JSON.parse(line) as { n: number }).n > 0).length,
    proven: lines.filter((line) => 'proof' in (JSON.parse(line) as object)).length,
  };
  const text = JSON.stringify(change({ ...before, parts: list, entries }));
  return [
    ...rest,
    { name: PARTS.manifest, content: Buffer.from(text) },
    { name: PARTS.signature, content: Buffer.from(`${signer.sign(text).toString('hex')}\n`) },
  ];
}

// biome-ignore lint/suspicious/noExplicitAny: a document whose fields the tests change
export type Fields = Record<string, any>;
