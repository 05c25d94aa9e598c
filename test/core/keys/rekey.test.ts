import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { addKeychain, confirmRecoveryCode, keyStatus } from '../../../src/main/core/archive/keys.ts';
import { openReader, openWriter, unlockArchive } from '../../../src/main/core/archive/open.ts';
import { REKEY_STEPS, rekeyArchive } from '../../../src/main/core/archive/rekey.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { batchOf, newArchive, PASSPHRASE } from '../../support/archive.ts';
import { CHEAP_KDF, fixedClock, realRandom, temporaryFolder } from '../../support/ports.ts';
import { fakeKeychain } from './support/fake-keychain.ts';

const ports = { clock: fixedClock('2026-10-16T08:00:00Z'), random: realRandom, kdfCost: CHEAP_KDF };
const PROCESS = new URL('./support/rekey-process.ts', import.meta.url).pathname;

/** Files that only a change of the data key makes. */
const leftovers = (dir: string): string[] => readdirSync(dir).filter((name) => /rekey|\.part$/.test(name));

async function filledArchive(entries = 500) {
  const archive = await newArchive();
  const values = Array.from({ length: entries }, (_, i) => ({
    id: `log_${i}`,
    timestamp: new Date(Date.parse('2026-10-01T00:00:00Z') + i * 60_000).toISOString(),
    action: 'user.login',
    // Nothing that could be compressed: what takes time here is the size of the file.
    metadata: { note: `remarkable-word ${Buffer.from(realRandom.bytes(240)).toString('base64')}` },
  }));
  unwrap(archive.writer.ingest(batchOf(values)));
  archive.writer.close();
  return archive;
}

function contents(dir: string, key: Uint8Array): string[] {
  const reader = unwrap(openReader(dir, key));
  const raws = [...reader.rawRows(WHOLE_ARCHIVE)].map(({ raw }) => Buffer.from(raw).toString());
  reader.close();
  return raws;
}

describe('a new data key', () => {
  it('opens the same entries; the old key, code and copy of the file open nothing of the new', async () => {
    const { dir, key, recoveryCode } = await filledArchive();
    const before = contents(dir, key);
    const old = join(temporaryFolder(), 'old.logbook');
    cpSync(dir, old, { recursive: true });

    const steps: string[] = [];
    const { recoveryCode: newCode, dropped } = unwrap(
      await rekeyArchive(dir, PASSPHRASE, ports, { onStep: (step) => steps.push(step) }),
    );
    expect(steps).toEqual(REKEY_STEPS);
    expect(dropped).toEqual([]);
    const next = unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }));
    expect(next).not.toEqual(key);
    expect(unwrap(await unlockArchive(dir, { recoveryCode: newCode }))).toEqual(next);
    expect(contents(dir, next)).toEqual(before);
    expect(leftovers(dir)).toEqual([]);

    expect(await unlockArchive(dir, { recoveryCode })).toMatchObject({ error: { code: 'wrong_passphrase' } });
    expect(openReader(dir, key)).toMatchObject({ error: { code: 'wrong_passphrase' } });
    expect(openWriter(dir, key, ports)).toMatchObject({ error: { code: 'wrong_passphrase' } });
    expect(
      readFileSync(join(dir, 'entries.db')).includes(readFileSync(join(old, 'entries.db')).subarray(4096, 4160)),
    ).toBe(false);
    const writer = unwrap(openWriter(dir, next, ports));
    unwrap(writer.ingest(batchOf([{ id: 'later', timestamp: '2026-10-16T08:00:00Z', action: 'user.logout' }])));
    expect(writer.info().entries).toBe(before.length + 1);
    writer.close();
    // Nobody has been shown the new code yet, and no other one will do.
    expect(keyStatus(dir)).toMatchObject({ value: { rekeyPending: false, recoveryCodeNotShown: true } });
    expect(await confirmRecoveryCode(dir, recoveryCode)).toMatchObject({ error: { code: 'wrong_passphrase' } });
    expect(unwrap(keyStatus(dir)).recoveryCodeNotShown).toBe(true);
    unwrap(await confirmRecoveryCode(dir, newCode));
    expect(unwrap(keyStatus(dir)).recoveryCodeNotShown).toBe(false);
  });

  it('carries the keychain over, or says that it could not', async () => {
    const { dir, key } = await filledArchive(10);
    const keychain = fakeKeychain();
    unwrap(await addKeychain(dir, key, keychain, ports));
    expect(unwrap(await rekeyArchive(dir, PASSPHRASE, ports, { keychain })).dropped).toEqual([]);
    const next = unwrap(await unlockArchive(dir, { keychain }));
    expect(contents(dir, next)).toHaveLength(10);
    expect(unwrap(await rekeyArchive(dir, PASSPHRASE, ports)).dropped).toEqual(['keychain']);
    expect(await unlockArchive(dir, { keychain })).toMatchObject({ error: { code: 'wrong_passphrase' } });
  });

  it('is refused while anybody has the archive open, and leaves it as it was', { timeout: 120_000 }, async () => {
    const { dir, key } = await filledArchive(10);
    const writer = unwrap(openWriter(dir, key, ports));
    expect(await rekeyArchive(dir, PASSPHRASE, ports)).toMatchObject({ error: { code: 'in_use' } });
    writer.close();
    const reader = unwrap(openReader(dir, key));
    expect(await rekeyArchive(dir, PASSPHRASE, ports)).toMatchObject({
      error: { code: 'in_use', message: expect.stringContaining('another Logbook') },
    });
    expect(reader.info().entries).toBe(10);
    reader.close();
    expect(await rekeyArchive(dir, 'wrong', ports)).toMatchObject({ error: { code: 'wrong_passphrase' } });
    expect(unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }))).toEqual(key);
    expect(leftovers(dir)).toEqual([]);
  });
});

describe('a change of the data key killed', () => {
  const start = (dir: string, killAt: string): ChildProcess =>
    spawn(process.execPath, [PROCESS, dir, killAt], {
      env: { ...process.env, PASSPHRASE },
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  async function expectWhole(
    dir: string,
    key: Uint8Array,
    oldCode: string,
    wanted: readonly string[],
  ): Promise<'old' | 'new'> {
    // Before anything was tidied every secret still leads to the database, whichever key it is under.
    const byCode = unwrap(await unlockArchive(dir, { recoveryCode: oldCode }));
    expect(contents(dir, byCode)).toEqual(wanted);
    const found = unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }));
    expect(found).toEqual(byCode);
    expect(leftovers(dir).filter((name) => name.includes('rekey'))).toEqual([]);
    const after = Buffer.from(found).equals(key) ? 'old' : 'new';
    expect(unwrap(keyStatus(dir))).toMatchObject({ rekeyPending: false, recoveryCodeNotShown: after === 'new' });
    // And it can be done again.
    const again = unwrap(await rekeyArchive(dir, PASSPHRASE, ports));
    expect(contents(dir, unwrap(await unlockArchive(dir, { recoveryCode: again.recoveryCode })))).toEqual(wanted);
    unwrap(await confirmRecoveryCode(dir, again.recoveryCode));
    expect(unwrap(keyStatus(dir)).recoveryCodeNotShown).toBe(false);
    expect(leftovers(dir)).toEqual([]);
    return after;
  }

  it.each(REKEY_STEPS)('where “%s” begins leaves an archive that opens', async (step) => {
    const { dir, key, recoveryCode } = await filledArchive(50);
    const wanted = contents(dir, key);
    const child = start(dir, step);
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    if (step === 'announce') {
      expect(existsSync(join(dir, 'entries.rekey.db'))).toBe(false);
    }
    expect(await expectWhole(dir, key, recoveryCode, wanted)).toBe(step === 'finish' ? 'new' : 'old');
  });

  it('at any moment leaves an archive that opens', { timeout: 100_000 }, async () => {
    const { dir, key, recoveryCode } = await filledArchive(8_000);
    const wanted = contents(dir, key);
    const { keyId } = unwrap(keyStatus(dir));
    const seen = new Set<string>();
    for (let n = 0; n < 16; n++) {
      const copy = join(temporaryFolder(), 'copy.logbook');
      cpSync(dir, copy, { recursive: true });
      const child = start(copy, 'none');
      const closed = once(child, 'close');
      let said = '';
      child.stdout?.on('data', (text) => {
        said += text;
      });
      while (!said.includes('begun') && child.exitCode === null) await pause(1);
      await pause(n * 12);
      child.kill('SIGKILL');
      await closed;
      const over = unwrap(keyStatus(copy));
      // Over, though the code may not have been printed yet: the passphrase opens it as ever.
      if (said.includes('recoveryCode') || (!over.rekeyPending && over.keyId !== keyId)) {
        seen.add('done');
        expect(contents(copy, unwrap(await unlockArchive(copy, { passphrase: PASSPHRASE })))).toEqual(wanted);
      } else seen.add(await expectWhole(copy, key, recoveryCode, wanted));
    }
    expect(seen).toContain('old');
  });

  it('cannot be seen through by a reader or writer that was unlocked before', async () => {
    const { dir, key } = await filledArchive(10);
    const child = start(dir, 'replace');
    await once(child, 'exit');
    expect(openReader(dir, key)).toMatchObject({ error: { code: 'in_use' } });
    expect(openWriter(dir, key, ports)).toMatchObject({ error: { code: 'in_use' } });
    unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }));
    expect(contents(dir, key)).toHaveLength(10);
  });
});
