import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unlockArchive } from '../../../src/main/core/archive/open.ts';
import { rekeyArchive } from '../../../src/main/core/archive/rekey.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { batchOf, newArchive, PASSPHRASE } from '../../support/archive.ts';
import { CHEAP_KDF, fixedClock, realRandom } from '../../support/ports.ts';
import { decryptPage } from './support/sqlcipher-page.ts';

const ports = { clock: fixedClock('2026-10-16T08:00:00Z'), random: realRandom, kdfCost: CHEAP_KDF };

async function archives(): Promise<{ dir: string; key: Uint8Array }[]> {
  const made = [];
  for (const rekeyed of [false, true]) {
    const { dir, writer, key } = await newArchive();
    const values = Array.from({ length: 300 }, (_, i) => ({
      id: `log_${i}`,
      timestamp: '2026-10-01T00:00:00Z',
      action: 'user.login',
    }));
    unwrap(writer.ingest(batchOf(values)));
    writer.close();
    if (rekeyed) unwrap(await rekeyArchive(dir, PASSPHRASE, ports));
    made.push({ dir, key: rekeyed ? unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE })) : key });
  }
  return made;
}

it('every page of the file is a page of SQLCipher 4, deciphered without SQLite', async () => {
  for (const { dir, key } of await archives()) {
    const file = join(dir, 'entries.db');
    const first = decryptPage(file, key, 1);
    // What follows the salt, which stands in the place of “SQLite format 3”: page size, versions, the reserve of 80 bytes.
    expect(first.readUInt16BE(0)).toBe(4096);
    expect(first[4]).toBe(80);
    const pages = first.readUInt32BE(28 - 16);
    expect(pages).toBeGreaterThan(10);
    for (let page = 2; page <= pages; page++) decryptPage(file, key, page);
    expect(() => decryptPage(file, realRandom.bytes(32), 1)).toThrow(/HMAC/);
  }
});

it('opens in SQLCipher 4 of another build, with the pragmas that `key reveal` prints', async () => {
  const program = process.env.LOGBOOK_SQLCIPHER ?? 'sqlcipher';
  const run = (file: string, sql: string) => spawnSync(program, [file], { input: sql, encoding: 'utf8' });
  const version = /^4\.\S+/m.exec(run(':memory:', 'PRAGMA cipher_version;').stdout ?? '')?.[0];
  if (version === undefined) {
    console.warn(
      `NOT TRIED: opening an archive in SQLCipher 4. “${program}” is not there or is not version 4; name one in LOGBOOK_SQLCIPHER.`,
    );
    return;
  }
  for (const { dir, key } of await archives()) {
    const file = join(dir, 'entries.db');
    const hex = Buffer.from(key).toString('hex');
    const opened = run(
      file,
      `PRAGMA key = "x'${hex}'"; PRAGMA cipher_integrity_check; PRAGMA integrity_check; SELECT count(*) FROM sqlite_master WHERE type = 'table';`,
    );
    expect(opened.stderr).toBe('');
    const answers = opened.stdout.split('\n').filter((line) => line !== '');
    expect(answers.at(-2)).toBe('ok');
    expect(Number(answers.at(-1))).toBeGreaterThan(3);
    const wrong = run(file, `PRAGMA key = "x'${'0'.repeat(64)}'"; SELECT count(*) FROM sqlite_master;`);
    expect(wrong.stderr).toMatch(/not a database/);
  }
});
