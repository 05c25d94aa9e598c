import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FIRST_FORM } from '../../../../src/main/core/archive/migrations/0001-first-form.ts';
import { JOURNAL } from '../../../../src/main/core/archive/migrations/0002-journal.ts';
import { addSeals } from '../../../../src/main/core/archive/migrations/0003-seals.ts';
import { openReader, openWriter } from '../../../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../../../src/main/core/archive/sqlite.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import { newArchive } from '../../../support/archive.ts';
import { fixedClock, realRandom } from '../../../support/ports.ts';

it('lists can be frozen in an archive of the third form once it is opened for writing, and are never altered', async () => {
  const { dir, key, writer } = await newArchive();
  writer.close();
  const file = join(dir, 'entries.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const old = unwrap(openEncrypted(file, key, 'write'));
  old.exec(FIRST_FORM);
  old.exec(JOURNAL);
  addSeals(old);
  old.exec(`INSERT INTO setting VALUES ('archive_id', 'old')`);
  old.pragma('user_version = 3');
  old.close();

  const reader = unwrap(openReader(dir, key));
  expect(reader.frozenPart('a', 0)).toBeNull();
  reader.close();

  const now = unwrap(openWriter(dir, key, { clock: fixedClock('2026-10-15T12:00:00Z'), random: realRandom }));
  expect(readdirSync(dir)).toContainEqual(expect.stringMatching(/^entries\.before-\d+\.db$/));
  unwrap(now.freezePart('a', 0, Buffer.from('first')));
  unwrap(now.freezePart('a', 0, Buffer.from('second')));
  expect(Buffer.from(now.frozenPart('a', 0)!).toString()).toBe('first');
  now.close();
  const db = unwrap(openEncrypted(file, key, 'write'));
  expect(() => db.exec(`UPDATE frozen_list SET content = x'00'`)).toThrow('never altered');
  expect(() => db.exec('DELETE FROM frozen_list')).toThrow('never altered');
  db.close();
});
