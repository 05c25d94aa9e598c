import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyArchive } from '../../../../src/main/core/archive/integrity/verify.ts';
import { FIRST_FORM } from '../../../../src/main/core/archive/migrations/0001-first-form.ts';
import { JOURNAL } from '../../../../src/main/core/archive/migrations/0002-journal.ts';
import { openReader, openWriter } from '../../../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../../../src/main/core/archive/sqlite.ts';
import { parseEntry } from '../../../../src/main/core/jetty/parse-entry.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../../support/archive.ts';
import { fixedClock, realRandom } from '../../../support/ports.ts';

const NOW = Date.parse('2026-10-15T12:00:00Z');
const ports = { clock: fixedClock('2026-10-15T12:00:00Z'), random: realRandom };
const LINES = ['F-1', 'F-2', 'F-3'].map((subject, i) => ({
  kind: 'decision',
  subject,
  at: NOW + i,
  by: 'Marta',
  body: '{}',
}));

/** An archive of the second form with decisions in it, as an earlier Logbook left it. */
async function ofTheSecondForm(): Promise<{ dir: string; key: Uint8Array }> {
  const { dir, key, writer } = await newArchive();
  writer.close();
  const file = join(dir, 'entries.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const db = unwrap(openEncrypted(file, key, 'write'));
  db.exec(FIRST_FORM);
  db.exec(JOURNAL);
  db.exec(`INSERT INTO setting VALUES ('archive_id', 'old')`);
  const insert = db.prepare('INSERT INTO journal VALUES (@seq, @kind, @subject, @at, @by, @body)');
  for (const [i, line] of LINES.entries()) insert.run({ ...line, seq: i + 1 });
  db.pragma('user_version = 2');
  db.close();
  return { dir, key };
}

const verified = async (dir: string, key: Uint8Array) => unwrap(await verifyArchive(dir, key, { parse: parseEntry }));

describe('seals', () => {
  it('are no hindrance to an archive that has none yet, opened read-only', async () => {
    const { dir, key } = await ofTheSecondForm();
    const reader = unwrap(openReader(dir, key));
    expect(reader.head()).toBeNull();
    expect(reader.journal()).toHaveLength(3);
    reader.close();
    expect(await verified(dir, key)).toMatchObject({ ok: true, head: null, days: 0 });
  });

  it('come to it when it is opened for writing, after a backup, with a key and a chained journal', async () => {
    const { dir, key } = await ofTheSecondForm();
    const writer = unwrap(openWriter(dir, key, ports));
    expect(readdirSync(dir)).toContainEqual(expect.stringMatching(/^entries\.before-\d+\.db$/));
    expect(writer.journal().map(({ seq, subject }) => [seq, subject])).toEqual([
      [1, 'F-1'],
      [2, 'F-2'],
      [3, 'F-3'],
    ]);
    unwrap(writer.appendJournal([{ ...LINES[0]!, by: 'no \ud800 letter' }]));
    const day = { kind: 'day', day: '2026-10-14', state: 'complete', served: 1, checkedAt: NOW, note: null } as const;
    const entry = { id: 'a', timestamp: '2026-10-14T03:15:41Z', action: 'user.login' };
    unwrap(writer.ingest({ ...batchOf([entry]), ledger: [day] }));
    expect(unwrap(writer.seal(NOW))).toMatchObject({ made: 1, refused: [], head: { sequence: 1, day: '2026-10-14' } });
    writer.close();
    expect(await verified(dir, key)).toMatchObject({ ok: true, days: 1, entries: 1 });
    const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
    expect(() => db.exec(`UPDATE journal SET by = 'x'`)).toThrow(/never altered/);
    db.close();
  });

  it('are never altered, taken away or written over', async () => {
    const { dir, key, writer } = await newArchive();
    unwrap(writer.appendJournal(LINES));
    unwrap(writer.seal(NOW));
    writer.close();
    const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
    for (const sql of [
      `UPDATE seal SET content = ''`,
      'DELETE FROM seal',
      `INSERT OR REPLACE INTO seal VALUES (1, NULL, '', x'', x'')`,
      `INSERT INTO seal VALUES (7, NULL, '', x'', x'')`,
      `UPDATE seal_key SET public = x''`,
      'DELETE FROM seal_key',
    ])
      expect(() => db.exec(sql), sql).toThrow(/never altered/);
    db.close();
  });
});
