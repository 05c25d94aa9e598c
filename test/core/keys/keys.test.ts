import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addKeychain,
  changePassphrase,
  keyStatus,
  removeKeychain,
  replaceRecoveryCode,
} from '../../../src/main/core/archive/keys.ts';
import { openWriter, unlockArchive } from '../../../src/main/core/archive/open.ts';
import { fail, unwrap } from '../../../src/shared/errors.ts';
import { newArchive, PASSPHRASE } from '../../support/archive.ts';
import { CHEAP_KDF, fixedClock, realRandom, temporaryFolder } from '../../support/ports.ts';
import { fakeKeychain } from './support/fake-keychain.ts';

const ports = { clock: fixedClock('2026-10-16T08:00:00Z'), random: realRandom, kdfCost: CHEAP_KDF };
const LOCKER = new URL('./support/lock-process.ts', import.meta.url).pathname;

describe('the keys of an archive', () => {
  it('are told without any secret', async () => {
    const { dir, key, recoveryCode } = await newArchive();
    const status = unwrap(keyStatus(dir));
    expect(status).toMatchObject({
      keyId: expect.stringMatching(/^[0-9a-f]{32}$/),
      rekeyPending: false,
      recoveryCodeNotShown: false,
      wraps: [
        { kind: 'passphrase', created: '2026-10-15T12:00:00.000Z', method: expect.stringContaining('Argon2id') },
        { kind: 'recovery', created: '2026-10-15T12:00:00.000Z' },
      ],
    });
    const told = JSON.stringify(status) + readFileSync(join(dir, 'keyring.json'), 'utf8');
    for (const secret of [
      PASSPHRASE,
      recoveryCode,
      Buffer.from(key).toString('hex'),
      Buffer.from(key).toString('base64'),
    ])
      expect(told).not.toContain(secret);
    expect(keyStatus(temporaryFolder())).toMatchObject({ error: { code: 'not_found' } });
  });

  it('change one by one, the others stay', async () => {
    const { dir, key, recoveryCode } = await newArchive();
    const keychain = fakeKeychain();
    unwrap(await changePassphrase(dir, key, 'another passphrase', ports));
    expect(await unlockArchive(dir, { passphrase: PASSPHRASE })).toMatchObject({ error: { code: 'wrong_passphrase' } });
    expect(unwrap(await unlockArchive(dir, { passphrase: 'another passphrase' }))).toEqual(key);
    expect(unwrap(await unlockArchive(dir, { recoveryCode }))).toEqual(key);

    unwrap(await addKeychain(dir, key, keychain, ports));
    expect(unwrap(await unlockArchive(dir, { keychain }))).toEqual(key);
    const next = unwrap(await replaceRecoveryCode(dir, key, ports));
    expect(next).not.toBe(recoveryCode);
    expect(await unlockArchive(dir, { recoveryCode })).toMatchObject({ error: { code: 'wrong_passphrase' } });
    for (const secret of [{ recoveryCode: next }, { keychain }, { passphrase: 'another passphrase' }])
      expect(unwrap(await unlockArchive(dir, secret))).toEqual(key);

    unwrap(await removeKeychain(dir, key));
    expect(await unlockArchive(dir, { keychain })).toMatchObject({
      error: { code: 'wrong_passphrase', message: expect.stringContaining('Test keychain') },
    });
    expect(await removeKeychain(dir, key)).toMatchObject({ error: { code: 'not_found' } });
  });

  it('are the same passphrase however its letters are composed', async () => {
    const { dir, key } = await newArchive();
    unwrap(await changePassphrase(dir, key, 'cafe\u0301 \ufb01ne', ports));
    expect(unwrap(await unlockArchive(dir, { passphrase: 'caf\u00e9 fine' }))).toEqual(key);
  });

  it('do not change under a key that is not the archive’s', async () => {
    const { dir, key } = await newArchive();
    const before = readFileSync(join(dir, 'keyring.json'), 'utf8');
    const stranger = realRandom.bytes(32);
    expect(await changePassphrase(dir, stranger, 'x', ports)).toMatchObject({ error: { code: 'wrong_passphrase' } });
    const locked = { ...fakeKeychain(), wrap: async () => fail('unexpected', 'The keychain is locked.', 'Unlock it.') };
    expect(await addKeychain(dir, key, locked, ports)).toMatchObject({ error: { message: 'The keychain is locked.' } });
    expect(readFileSync(join(dir, 'keyring.json'), 'utf8')).toBe(before);
  });

  it('do not change twice at once, nor while another process that holds the locks has forgotten them', async () => {
    const { dir, key, writer } = await newArchive();
    writer.close();
    const holder = spawn(process.execPath, ['--expose-gc', LOCKER, dir], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    expect(await changePassphrase(dir, key, 'x', ports)).toMatchObject({ error: { code: 'in_use' } });
    expect(openWriter(dir, key, ports)).toMatchObject({ error: { code: 'in_use' } });
    holder.kill('SIGKILL');
    await once(holder, 'close');
    unwrap(await changePassphrase(dir, key, 'x', ports));
    unwrap(openWriter(dir, key, ports)).close();
  });

  it('another archive’s wrap opens nothing here', async () => {
    const [one, other] = [await newArchive(), await newArchive()];
    const read = (dir: string) => JSON.parse(readFileSync(join(dir, 'keyring.json'), 'utf8'));
    writeFileSync(join(one.dir, 'keyring.json'), JSON.stringify({ ...read(one.dir), wraps: read(other.dir).wraps }));
    expect(await unlockArchive(one.dir, { recoveryCode: other.recoveryCode })).toMatchObject({
      error: { code: 'wrong_passphrase' },
    });
  });

  it.each([
    ['no JSON', '{'],
    ['another format', '{"format":"other","version":1}'],
    [
      'a wrap without its parts',
      '{"format":"logbook-keyring","version":1,"archiveId":"a","wraps":[{"kind":"passphrase"}]}',
    ],
    [
      'a cost beyond all memory',
      '{"format":"logbook-keyring","version":1,"archiveId":"a","wraps":[{"kind":"passphrase","kdf":{"name":"argon2id","memoryKiB":4294967296,"passes":1,"lanes":1},"salt":"AAAA","nonce":"AAAA","sealed":"AAAA"}]}',
    ],
  ])('a keyring that is damaged (%s) is said to be', async (_what, text) => {
    const { dir } = await newArchive();
    writeFileSync(join(dir, 'keyring.json'), text);
    expect(await unlockArchive(dir, { passphrase: PASSPHRASE })).toMatchObject({ error: { code: 'damaged_keyring' } });
  });

  it('a keyring of the first Logbook, without dates and ids, opens; a wrap of a later one is passed over and kept', async () => {
    const { dir, key } = await newArchive();
    const file = join(dir, 'keyring.json');
    const { keyId: _id, ...keyring } = JSON.parse(readFileSync(file, 'utf8'));
    const wraps = keyring.wraps.map(({ created: _created, ...wrap }: { created: string }) => wrap);
    writeFileSync(file, JSON.stringify({ ...keyring, wraps: [{ kind: 'security-key', blob: 'x' }, ...wraps] }));
    expect(unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }))).toEqual(key);
    expect(unwrap(keyStatus(dir)).wraps[0]).toMatchObject({ kind: 'security-key', created: null });
    unwrap(await changePassphrase(dir, key, 'x', ports));
    expect(JSON.parse(readFileSync(file, 'utf8')).wraps).toContainEqual({ kind: 'security-key', blob: 'x' });
  });
});
