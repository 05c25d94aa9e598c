import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { leafHash } from '../../../src/main/core/archive/integrity/merkle.ts';
import { checkBundle } from '../../../src/main/core/bundle/check.ts';
import { createBundle } from '../../../src/main/core/bundle/create.ts';
import { linesOf, PARTS, type RedactedLine } from '../../../src/main/core/bundle/format.ts';
import { openBundle } from '../../../src/main/core/bundle/open.ts';
import { commitmentOf, saltsOf } from '../../../src/main/core/bundle/redact.ts';
import { unpackBundle } from '../../../src/main/core/bundle/unpack.ts';
import { planQuery } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { temporaryFolder } from '../../support/ports.ts';
import {
  bundleOf,
  entryAt,
  independently,
  NOW,
  OPENER,
  PEOPLE,
  partsOf,
  REQUEST,
  runVerifier,
  sealedArchive,
  verdictOf,
} from './support/bundled.ts';

const NOBODY = { key: null, heads: [] };
const hasAge = spawnSync('age', ['--version']).status === 0;

describe('an evidence bundle', () => {
  it('holds the bytes as they arrived, later contents too, each proven by its day’s newest seal', async () => {
    const { reader, signer } = await sealedArchive();
    const parts = await partsOf(await bundleOf(reader));
    const head = reader.head()!;
    const verdict = await verdictOf(parts, { key: head.publicKey, heads: [head.hash] });
    expect(verdict).toMatchObject({ known: true, found: 0, problems: [] });
    // 22 in the days, one that came late, one that is not sealed yet; and a second content of one.
    expect(verdict.manifest.entries).toEqual({ lines: 25, versions: 1, proven: 24 });
    const lines = linesOf(parts[0]!.content).map((line) => JSON.parse(line) as { raw: string; seal: number | null });
    expect(lines[0]!.raw).toBe(JSON.stringify(entryAt('2026-10-10', 0)));
    expect(lines.at(-1)!.seal).toBeNull();
    for (const known of [head.publicKey, head.fingerprint, head.hash]) {
      expect(independently(parts, [known])).toMatchObject({ code: 0 });
    }
    expect(signer.key.fingerprint).toBe(verdict.manifest.fingerprint);
  });

  it('holds what a filter chose, and only that; the rest of a day stays behind its hashes', async () => {
    const { reader } = await sealedArchive();
    const filter = {
      terms: [{ field: 'actor' as const, value: 'alice@example.com', negated: false }],
      from: '2026-10-11',
      to: '2026-10-16',
    };
    const plan = unwrap(planQuery(filter, 'UTC', NOW));
    const parts = await partsOf(await bundleOf(reader, { plan }));
    const text = parts.map(({ content }) => content.toString()).join('');
    expect(linesOf(parts[0]!.content).length).toBe(reader.count(plan) + 1);
    expect(text).not.toContain(entryAt('2026-10-11', 1).id);
    const coverage = linesOf(parts.find(({ name }) => name === PARTS.coverage)!.content);
    // Every day of the period, those that no sync has come to among them.
    const days = coverage.map((line) => JSON.parse(line) as { day: string; state: string });
    expect(days.map(({ day, state }) => `${day} ${state}`)).toEqual([
      '2026-10-11 complete',
      '2026-10-12 complete',
      '2026-10-13 complete',
      '2026-10-14 pending',
      '2026-10-15 pending',
    ]);
    expect(independently(parts, [reader.head()!.hash])).toMatchObject({ code: 0 });
  });

  it('is verified as a folder of its parts, too', async () => {
    const { reader } = await sealedArchive();
    const file = await bundleOf(reader);
    const out = join(temporaryFolder(), 'parts');
    expect(unwrap(await unpackBundle(unwrap(await openBundle(file, OPENER)), out))).toBe(8);
    expect(runVerifier(out, [reader.head()!.hash])).toMatchObject({ code: 0 });
    writeFileSync(join(out, 'more.txt'), 'put in');
    expect(runVerifier(out, [reader.head()!.hash])).toMatchObject({ code: 1 });
  });

  it('carries reports byte for byte', async () => {
    const { reader } = await sealedArchive();
    const report = join(temporaryFolder(), 'soc2.pdf');
    writeFileSync(report, '%PDF-1.7 of a kind');
    const parts = await partsOf(await bundleOf(reader, { reports: [report] }));
    expect(parts.find(({ name }) => name === 'reports/soc2.pdf')!.content.toString()).toBe('%PDF-1.7 of a kind');
    expect(independently(parts, [reader.head()!.hash])).toMatchObject({ code: 0 });
  });

  it('opens for its passphrase alone, and where it was cut off or altered not at all', async () => {
    const { reader } = await sealedArchive();
    const file = await bundleOf(reader);
    expect(await openBundle(file, { passphrase: 'another' })).toMatchObject({
      ok: false,
      error: { code: 'wrong_passphrase' },
    });
    expect(await openBundle(file, null)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    const bytes = readFileSync(file);
    const broken = join(temporaryFolder(), 'broken.age');
    for (const alter of [
      (all: Buffer) => all.subarray(0, -200),
      (all: Buffer) => Buffer.concat([all.subarray(0, -1), Buffer.of(all.at(-1)! ^ 1)]),
      (all: Buffer) => Buffer.concat([all, Buffer.of(0)]),
    ]) {
      writeFileSync(broken, alter(bytes));
      const opened = unwrap(await openBundle(broken, OPENER));
      expect(await checkBundle(opened, NOBODY)).toMatchObject({
        ok: false,
        error: { code: 'integrity' },
      });
    }
    writeFileSync(broken, 'no bundle at all, but long enough');
    expect(await openBundle(broken, { passphrase: 'x' })).toMatchObject({ ok: false, error: { code: 'bad_input' } });
  });

  it('opened and encrypted with a passphrase as age’s own library does', async () => {
    const { reader } = await sealedArchive();
    const theirs = new Decrypter();
    theirs.addPassphrase('quiet otter');
    const file = await bundleOf(reader, { whom: { passphrase: 'quiet otter' } });
    const plain = await theirs.decrypt(readFileSync(file));
    const encrypter = new Encrypter();
    encrypter.setPassphrase('another one');
    encrypter.setScryptWorkFactor(10);
    writeFileSync(file, await encrypter.encrypt(plain));
    const opened = unwrap(await openBundle(file, { passphrase: 'another one' }));
    expect(await checkBundle(opened, NOBODY)).toMatchObject({ value: { found: 0 } });
  });

  it('leaves nothing behind where it could not be made', async () => {
    const { reader } = await sealedArchive();
    const out = join(temporaryFolder(), 'no', 'such', 'folder.age');
    expect(await createBundle(reader, { ...REQUEST, out, whom: { passphrase: 'x' } })).toMatchObject({ ok: false });
    const bad = await createBundle(reader, { ...REQUEST, out, whom: { recipients: ['age1nobody'] } });
    expect(bad).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    const folder = temporaryFolder();
    const cancelled = { ...REQUEST, out: join(folder, 'x.age'), whom: { passphrase: 'x' }, signal: { aborted: true } };
    expect(await createBundle(reader, cancelled)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(execFileSync('ls', ['-A', folder], { encoding: 'utf8' })).toBe('');
  });

  it.skipIf(!hasAge)('is decrypted by the age tool, which knows nothing of Logbook', async () => {
    const { reader } = await sealedArchive();
    const identity = await generateX25519Identity();
    const file = await bundleOf(reader, { whom: { recipients: [await identityToRecipient(identity)] } });
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'key.txt'), `# a comment\n${identity}\n`);
    execFileSync('age', ['-d', '-i', 'key.txt', '-o', 'bundle.tar.gz', file], { cwd: folder });
    execFileSync('tar', ['xzf', 'bundle.tar.gz'], { cwd: folder });
    const key = reader.head()!.publicKey;
    expect(runVerifier(join(folder, 'bundle.tar.gz'), [key])).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'manifest.json'), 'utf8')).toContain(key);
  });
});

describe('a pseudonymised bundle', () => {
  it('names nobody, wherever they stand, and everything in it is still proven', async () => {
    const { reader } = await sealedArchive();
    const parts = await partsOf(await bundleOf(reader, { pseudonymise: true }));
    const text = parts.map(({ content }) => content.toString()).join('\n');
    const secrets = ['203.0.113.', '198.51.100.', 'log_', 'Dana', ...PEOPLE.flatMap((one) => Object.values(one))];
    expect(secrets.filter((one) => text.includes(one))).toEqual([]);
    // What is no name stays: otherwise there would be nothing to review.
    expect(['Chrome/131.0.0.0', 'tunnel.deleted', 'Ops'].filter((one) => !text.includes(one))).toEqual([]);
    const head = reader.head()!;
    const verdict = await verdictOf(parts, { key: head.publicKey, heads: [head.hash] });
    expect(verdict).toMatchObject({ found: 0, problems: [] });
    expect(verdict.manifest.entries).toEqual({ lines: 25, versions: 1, proven: 24 });
    expect(independently(parts, [head.hash])).toMatchObject({ code: 0 });
  });

  it('gives the same person the same token everywhere, and another archive another', async () => {
    const tokens = async () => {
      const { reader } = await sealedArchive();
      const lines = linesOf((await partsOf(await bundleOf(reader, { pseudonymise: true })))[0]!.content);
      return lines.map((line) =>
        (JSON.parse(line) as RedactedLine).fields.map(([path, value]) => [path.join('.'), value]),
      );
    };
    const [first, second] = [await tokens(), await tokens()];
    const at = (fields: readonly (readonly [string, unknown])[], path: string) =>
      fields.find(([one]) => one === path)![1];
    // The first entry of the second day: Alice adds Bob, and says so.
    const fields = first[1] as unknown as readonly (readonly [string, unknown])[];
    const alice = at(fields, 'actor.id');
    const bob = at(fields, 'target.id');
    expect([at(fields, 'actor.name'), at(fields, 'actor.email')]).toEqual([alice, `${alice}@pseudonym.invalid`]);
    expect(at(fields, 'target.name')).toBe(bob);
    expect(at(fields, 'metadata.reason')).toMatch(
      new RegExp(`^asked by ${bob} <${bob}@pseudonym.invalid> from fd[0-9a-f:]{37}$`),
    );
    expect(fields.map(([path]) => path)).toContain(`metadata.${bob}@pseudonym.invalid`);
    expect(new Set(first.map((one) => one[2]![1])).size).toBe(PEOPLE.length);
    expect(at(second[1] as unknown as typeof fields, 'actor.id')).not.toBe(alice);
  });

  it('can be opened field by field later, by whoever has the entry and the archive', async () => {
    const { reader } = await sealedArchive();
    const parts = await partsOf(await bundleOf(reader, { pseudonymise: true }));
    const line = JSON.parse(linesOf(parts[0]!.content)[1]!) as RedactedLine;
    const raw = Buffer.from(JSON.stringify(entryAt('2026-10-11', 0)));
    expect(line.leaf).toBe(leafHash(raw).toString('hex'));
    const salts = saltsOf(reader.keyFor('logbook field salts/1')!, leafHash(raw));
    const path = ['actor', 'email'];
    const hidden = line.fields.find(([one]) => one.join('.') === 'actor.email')!;
    expect(hidden[3]).toBe(commitmentOf(salts(path), path, 'alice@example.com').toString('hex'));
    expect(hidden[3]).not.toBe(commitmentOf(salts(path), path, 'bob@example.com').toString('hex'));
  });

  it('does not take a report, which names people as they are', async () => {
    const { reader } = await sealedArchive();
    const request = { ...REQUEST, out: '/x', whom: { passphrase: 'x' } };
    const made = await createBundle(reader, { ...request, pseudonymise: true, reports: ['soc2.pdf'] });
    expect(made).toMatchObject({ ok: false, error: { code: 'bad_input' } });
  });
});
