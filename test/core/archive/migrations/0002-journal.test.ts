import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIRST_FORM } from '../../../../src/main/core/archive/migrations/0001-first-form.ts';
import { openReader, openWriter } from '../../../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../../../src/main/core/archive/sqlite.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../../support/archive.ts';
import { fixedClock, realRandom } from '../../../support/ports.ts';

const ports = { clock: fixedClock('2026-10-15T12:00:00Z'), random: realRandom };
const LINE = { kind: 'decision', subject: 'F-1', at: 1_700_000_000_000, by: 'Marta', body: '{"verdict":"benign"}' };

/** An archive whose file is of the first form, as an earlier Logbook left it. */
async function ofTheFirstForm(): Promise<{ dir: string; key: Uint8Array }> {
  const { dir, key, writer } = await newArchive();
  writer.close();
  const file = join(dir, 'entries.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const db = unwrap(openEncrypted(file, key, 'write'));
  db.exec(FIRST_FORM);
  db.exec(`INSERT INTO setting VALUES ('name', 'Old')`);
  db.pragma('user_version = 1');
  db.close();
  return { dir, key };
}

describe('the journal', () => {
  it('comes to an archive of the first form, after a backup, and loses nothing of it', async () => {
    const { dir, key } = await ofTheFirstForm();
    const before = unwrap(openReader(dir, key));
    expect(before.journal()).toEqual([]);
    before.close();
    const writer = unwrap(openWriter(dir, key, ports));
    expect(writer.setting('name')).toBe('Old');
    expect(unwrap(writer.appendJournal([LINE]))).toEqual([1]);
    expect(writer.journal()).toEqual([{ seq: 1, ...LINE }]);
    writer.close();
    expect(readdirSync(dir)).toContainEqual(expect.stringMatching(/^entries\.before-\d+\.db$/));
  });

  it('gives lines in the order of writing, from wherever one asks, to every reader', async () => {
    const { dir, key, writer } = await newArchive();
    unwrap(writer.appendJournal([LINE, { ...LINE, subject: 'F-2' }]));
    unwrap(writer.appendJournal([{ ...LINE, subject: 'F-1', at: 5 }]));
    const reader = unwrap(openReader(dir, key));
    expect(reader.journal().map(({ seq, subject }) => [seq, subject])).toEqual([
      [1, 'F-1'],
      [2, 'F-2'],
      [3, 'F-1'],
    ]);
    expect(reader.journal(2).map(({ seq }) => seq)).toEqual([3]);
    reader.close();
  });

  it('is never altered, shortened or written over', async () => {
    const { dir, key, writer } = await newArchive();
    unwrap(writer.appendJournal([LINE, LINE]));
    writer.close();
    const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
    for (const sql of [
      `UPDATE journal SET by = 'x'`,
      'DELETE FROM journal WHERE seq = 2',
      `INSERT OR REPLACE INTO journal VALUES (1, 'decision', 'F-1', 0, 'x', '{}', x'')`,
    ])
      expect(() => db.exec(sql)).toThrow(/never altered/);
    db.close();
  });

  it('does not count as news of the log', async () => {
    const { writer } = await newArchive();
    unwrap(writer.ingest(batchOf([{ id: 'a', timestamp: '2026-10-14T03:15:41Z', action: 'user.login' }])));
    const { version } = writer.info();
    unwrap(writer.appendJournal([LINE]));
    expect(writer.info().version).toBe(version);
  });
});
