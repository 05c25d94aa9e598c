import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FIRST_FORM } from '../../../../src/main/core/archive/migrations/0001-first-form.ts';
import { JOURNAL } from '../../../../src/main/core/archive/migrations/0002-journal.ts';
import { addSeals } from '../../../../src/main/core/archive/migrations/0003-seals.ts';
import { FROZEN_LISTS } from '../../../../src/main/core/archive/migrations/0004-frozen-lists.ts';
import { openReader, openWriter } from '../../../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../../../src/main/core/archive/sqlite.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import { newArchive } from '../../../support/archive.ts';
import { fixedClock, realRandom } from '../../../support/ports.ts';

it('an archive of the fourth form has no stamps, keeps them once it is opened for writing, and never alters one', async () => {
  const { dir, key, writer } = await newArchive();
  writer.close();
  const file = join(dir, 'entries.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const old = unwrap(openEncrypted(file, key, 'write'));
  for (const form of [FIRST_FORM, JOURNAL]) old.exec(form);
  addSeals(old);
  old.exec(FROZEN_LISTS);
  old.exec(`INSERT INTO setting VALUES ('archive_id', 'old')`);
  old.pragma('user_version = 4');
  old.close();

  const reader = unwrap(openReader(dir, key));
  expect([reader.stamps(), reader.isStamped(1), reader.stampedHead()]).toEqual([[], false, null]);
  reader.close();

  const now = unwrap(openWriter(dir, key, { clock: fixedClock('2026-10-15T12:00:00Z'), random: realRandom }));
  unwrap(now.keepStamp({ seal: 1, response: Buffer.from('an answer') }));
  expect(now.stamps()).toMatchObject([{ seal: 1, signature: expect.any(Buffer) }]);
  now.close();
  const db = unwrap(openEncrypted(file, key, 'write'));
  expect(() => db.exec(`UPDATE stamp SET response = x'00'`)).toThrow('never altered');
  expect(() => db.exec('DELETE FROM stamp')).toThrow('never altered');
  db.close();
});
