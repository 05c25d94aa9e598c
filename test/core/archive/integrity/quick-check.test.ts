import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quickCheck } from '../../../../src/main/core/archive/integrity/quick-check.ts';
import { openEncrypted } from '../../../../src/main/core/archive/sqlite.ts';
import type { LedgerChange } from '../../../../src/main/core/archive/writer.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../../support/archive.ts';

const NOW = Date.parse('2026-10-15T12:00:00Z');

async function sealed() {
  const { dir, writer, key } = await newArchive();
  const ledger = ['2026-10-10', '2026-10-11'].map(
    (day): LedgerChange => ({ kind: 'day', day, state: 'complete', served: 2, checkedAt: NOW, note: null }),
  );
  const entry = (id: string, day: string) => ({ id, timestamp: `${day}T08:00:00Z`, action: 'user.login' });
  const values = [
    entry('a', '2026-10-10'),
    entry('b', '2026-10-10'),
    entry('c', '2026-10-11'),
    entry('d', '2026-10-11'),
  ];
  unwrap(writer.ingest({ ...batchOf(values), ledger }));
  unwrap(writer.seal(NOW));
  unwrap(writer.appendJournal([{ kind: 'x', subject: '', at: NOW, by: 'Dana', body: '{}' }]));
  unwrap(writer.seal(NOW + 1));
  // Late, another content, and what is not sealed yet.
  unwrap(writer.ingest(batchOf([entry('e', '2026-10-10'), { ...entry('a', '2026-10-10'), action: 'user.logout' }])));
  const alter = (sql: string) => {
    const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
    for (const name of ['seal', 'journal', 'tombstone'].flatMap((table) => [`${table}`]))
      for (const trigger of db
        .prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?`)
        .pluck()
        .all(name) as string[])
        db.exec(`DROP TRIGGER ${trigger}`);
    db.exec(sql);
    db.close();
  };
  return { dir, key, writer, alter, look: () => unwrap(quickCheck(dir, key)) };
}

describe('a glance at the seals when an archive is opened', () => {
  it('raises no alarm over what is lawful: late entries, other contents, deletions, nothing sealed', async () => {
    const { look, writer } = await sealed();
    expect(look()).toEqual([]);
    unwrap(writer.seal(NOW + 2));
    expect(look()).toEqual([]);
    unwrap(writer.deleteBefore({ before: '2026-10-11', reason: 'x', at: NOW + 3 }));
    expect(look()).toEqual([]);
    unwrap(writer.seal(NOW + 4));
    expect(look()).toEqual([]);
    const { dir, key } = await newArchive();
    expect(unwrap(quickCheck(dir, key))).toEqual([]);
  });

  it.each([
    [
      'the newest seal edited',
      `UPDATE seal SET content = replace(content, '"kind":"journal"', '"kind":"amend"')`,
      'seal',
    ],
    ['the newest seal taken away', 'DELETE FROM seal WHERE seq = (SELECT max(seq) FROM seal)', 'head'],
    ['a seal within taken away', 'DELETE FROM seal WHERE seq = 1', 'seal'],
    ['a sealed line of the log edited', `UPDATE journal SET hash = zeroblob(32)`, 'journal'],
    ['the log cut off', 'DELETE FROM journal', 'journal'],
    ['a day taken out', `DELETE FROM segment WHERE day = ${Date.parse('2026-10-11') / 86_400_000}`, 'entry'],
  ])('notices %s', async (_what, sql, part) => {
    const { alter, look, writer } = await sealed();
    writer.close();
    alter(sql);
    expect(look().map((one) => one.part)).toContain(part);
  });

  it('notices a heads.log that knows more', async () => {
    const { dir, look } = await sealed();
    const log = join(dir, 'heads.log');
    const text = readFileSync(log, 'utf8');
    writeFileSync(log, `${text}${text.trim().split('\n').at(-1)!.replace(/^\d+/, '99')}\n`);
    expect(look()).toMatchObject([{ part: 'head', what: 'rolled_back' }]);
  });
});
