import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { verifyArchive } from '../../src/main/core/archive/integrity/verify.ts';
import { parseEntry } from '../../src/main/core/jetty/parse-entry.ts';
import { randomFor } from '../../src/main/core/simulator/random.ts';
import { startVerifiers } from '../../src/main/worker/verifier-threads.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { ENTRY_ALTERATIONS } from '../core/archive/integrity/support/alter-entries.ts';
import { alterArchive } from '../core/archive/integrity/support/altering.ts';
import { makeSealedArchive } from '../core/archive/integrity/support/sealed-archive.ts';
import { temporaryFolder } from '../support/ports.ts';

const SCRIPT = join(inject('mainDir'), 'archive-worker.js');

it('several threads together find what one finds alone', async () => {
  const folder = temporaryFolder();
  const archive = await makeSealedArchive(join(folder, 'made'), randomFor(3, 'archive'));
  const { key } = archive;
  const alone = async (dir: string) => unwrap(await verifyArchive(dir, key, { parse: parseEntry }));
  const together = async (dir: string, helpers = 1) => {
    const helper = () => startVerifiers(SCRIPT, dir, key, helpers);
    return unwrap(await verifyArchive(dir, key, { parse: parseEntry, helper, helpFrom: 0 }));
  };
  const whole = await alone(archive.dir);
  expect(whole).toMatchObject({ ok: true });
  for (const helpers of [1, 3]) expect(await together(archive.dir, helpers)).toEqual(whole);
  let altered = 0;
  for (const [n, alteration] of Object.values(ENTRY_ALTERATIONS).entries()) {
    // All kinds are tried by one thread alone; here a few are enough.
    if (n % 4 !== 0) continue;
    const dir = join(folder, `altered-${n}.logbook`);
    cpSync(archive.dir, dir, { recursive: true });
    const lot = randomFor(3, 'alter', n);
    if (alterArchive(dir, key, (db) => alteration({ db, dir, lot, archive })) === null) continue;
    altered++;
    const found = await together(dir, 1 + (n % 3));
    expect(found.ok).toBe(false);
    expect(found).toEqual(await alone(dir));
  }
  expect(altered).toBeGreaterThan(2);
});

it('a verification that is not wanted any more ends in all threads', async () => {
  const archive = await makeSealedArchive(join(temporaryFolder(), 'made'), randomFor(4, 'archive'));
  const cancel = { aborted: false };
  const verified = await verifyArchive(archive.dir, archive.key, {
    parse: parseEntry,
    cancel,
    onProgress: ({ note }) => {
      if (note === 'The seals') cancel.aborted = true;
    },
    helper: () => startVerifiers(SCRIPT, archive.dir, archive.key),
    helpFrom: 0,
  });
  expect(verified).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});
