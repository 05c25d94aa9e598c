import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createArchive, openReader, openWriter, unlockArchive } from '../../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../../src/main/core/archive/sqlite.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { batchOf, newArchive, PASSPHRASE } from '../../support/archive.ts';
import { CHEAP_KDF, fixedClock, realRandom, temporaryFolder } from '../../support/ports.ts';

const ENTRY = {
  id: 'log_1',
  timestamp: '2026-10-14T03:15:41Z',
  actor: { id: 'user_1', name: 'Inês Duarte', email: 'ines@alfama.example' },
  action: 'security.api_token_created',
  target: { type: 'api_token', id: 'tok_1', name: 'ci-deploy-2' },
  context: { ip_address: '203.0.113.77', user_agent: 'Mozilla/5.0', team_id: 'team_1', team_name: 'Ops' },
  metadata: { scopes: ['tunnel:*'], reason: 'Später' },
};
const ports = { clock: fixedClock('2026-10-15T12:00:00Z'), random: realRandom, kdfCost: CHEAP_KDF };

describe('an archive', () => {
  it('keeps what it is given, byte for byte', async () => {
    const { writer } = await newArchive();
    const odd =
      '{ "timestamp":"2026-10-14T03:15:41.500+02:00",\n "id": 12345678901234567890, "x": 1.0, "metadata": [] }';
    expect(unwrap(writer.ingest(batchOf([ENTRY, odd])))).toEqual({
      inserted: 2,
      duplicates: 0,
      changed: 0,
      unreadable: 0,
    });
    const rows = [...writer.rawRows(WHOLE_ARCHIVE)];
    expect(rows.map(({ raw }) => Buffer.from(raw).toString())).toEqual([odd, JSON.stringify(ENTRY)]);
    expect(rows[1]?.row).toMatchObject({ id: 'log_1', action: ENTRY.action, team: { id: 'team_1', name: 'Ops' } });
  });

  it('stores nothing twice, keeps other content as a version, keeps the unreadable', async () => {
    const { writer } = await newArchive();
    unwrap(writer.ingest(batchOf([ENTRY])));
    const reordered = Object.fromEntries(Object.entries(ENTRY).reverse());
    const altered = { ...ENTRY, timestamp: '2026-10-14T04:00:00Z' };
    expect(
      unwrap(writer.ingest(batchOf([ENTRY, reordered, altered, altered, '{"no":"time"}', '{"no":"time"}']))),
    ).toEqual({
      inserted: 0,
      duplicates: 4,
      changed: 1,
      unreadable: 1,
    });
    expect(writer.info()).toMatchObject({ entries: 1, changedUpstream: 1, unreadable: 1 });
    const key = writer.page(WHOLE_ARCHIVE, { after: null, limit: 1, direction: 'older' }).rows[0]?.key ?? 0;
    expect(writer.entry(key)?.versions.map((v) => JSON.parse(Buffer.from(v.raw).toString()))).toEqual([altered]);
  });

  it('tells numbers apart that doubles cannot hold, and arrays from objects', async () => {
    const { writer } = await newArchive();
    const at = '"timestamp":"2026-10-14T03:15:41Z"';
    const first = `{"id":"a",${at},"metadata":{"n":12345678901234567890,"o":{"k":"v"}}}`;
    unwrap(writer.ingest(batchOf([first])));
    expect(unwrap(writer.ingest(batchOf([first.replace('7890', '7891')]))).changed).toBe(1);
    expect(unwrap(writer.ingest(batchOf([first.replace('{"k":"v"}', '["k","v"]')]))).changed).toBe(1);
    expect(unwrap(writer.ingest(batchOf([first.replace('"o":', ' "o" : ')]))).duplicates).toBe(1);
  });

  it('refuses to alter or remove what was received', async () => {
    const { writer, dir, key } = await newArchive();
    unwrap(writer.ingest(batchOf([ENTRY])));
    writer.close();
    const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
    for (const table of ['block', 'term', 'source']) {
      expect(() => db.exec(`UPDATE ${table} SET id = 7`)).toThrow(/never altered/);
      expect(() => db.exec(`DELETE FROM ${table}`)).toThrow(/never altered/);
    }
    db.close();
  });

  it('shows nothing of its content to a stranger', async () => {
    const { writer, dir } = await newArchive();
    unwrap(writer.ingest(batchOf([ENTRY])));
    const files = readdirSync(dir);
    expect(files).toEqual(expect.arrayContaining(['entries.db', 'entries.db-wal', 'keyring.json']));
    const text = files.map((file) => readFileSync(join(dir, file), 'latin1')).join('');
    for (const secret of ['log_1', 'Duarte', 'alfama', 'api_token', 'ci-deploy', '203.0.113', 'Mozilla', PASSPHRASE]) {
      expect(text).not.toContain(secret);
    }
    if (process.platform !== 'win32') {
      expect(statSync(dir).mode & 0o777).toBe(0o700);
      for (const file of files) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
    }
  });

  it('opens by passphrase and by recovery code, and by nothing else', async () => {
    const { writer, dir, key, recoveryCode } = await newArchive();
    writer.close();
    expect(unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }))).toEqual(key);
    expect(
      unwrap(await unlockArchive(dir, { recoveryCode: ` ${recoveryCode.toLowerCase().replaceAll('-', ' ')}` })),
    ).toEqual(key);
    expect(await unlockArchive(dir, { passphrase: 'wrong' })).toMatchObject({
      ok: false,
      error: { code: 'wrong_passphrase' },
    });
    const mistyped = (recoveryCode.startsWith('7') ? '8' : '7') + recoveryCode.slice(1);
    expect(await unlockArchive(dir, { recoveryCode: mistyped })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('typing mistake') },
    });
    writeFileSync(join(dir, 'keyring.json'), '{"format":');
    expect(await unlockArchive(dir, { passphrase: PASSPHRASE })).toMatchObject({
      ok: false,
      error: { code: 'damaged_keyring' },
    });
    expect(openReader(dir, realRandom.bytes(32))).toMatchObject({ ok: false, error: { code: 'damaged_keyring' } });
  });

  it('has one writer, seen by other processes too, and any number of readers', async () => {
    const { writer, dir, key } = await newArchive();
    expect(openWriter(dir, key, ports)).toMatchObject({
      ok: false,
      error: { code: 'in_use', message: expect.stringContaining(`process ${process.pid}`) },
    });
    const script = `import { openWriter } from ${JSON.stringify(join(process.cwd(), 'src/main/core/archive/open.ts'))};
      const r = openWriter(process.argv[1], Buffer.from(process.env.KEY, 'hex'), { clock: { now: () => 0 } });
      console.log(r.ok ? 'opened' : r.error.code);`;
    const elsewhere = (): string =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script, dir], {
        env: { ...process.env, KEY: Buffer.from(key).toString('hex') },
      })
        .toString()
        .trim();
    expect(elsewhere()).toBe('in_use');
    const reader = unwrap(openReader(dir, key));
    unwrap(writer.ingest(batchOf([ENTRY])));
    expect(reader.count(WHOLE_ARCHIVE)).toBe(1);
    reader.close();
    writer.close();
    expect(elsewhere()).toBe('opened');
  });

  it('refuses a format from the future and a folder that is taken', async () => {
    const { writer, dir, key } = await newArchive();
    writer.close();
    const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
    db.pragma('user_version = 99');
    db.close();
    expect(openReader(dir, key)).toMatchObject({ ok: false, error: { code: 'newer_version' } });
    expect(openWriter(dir, key, ports)).toMatchObject({ ok: false, error: { code: 'newer_version' } });
    expect(await createArchive(dir, { name: 'x', passphrase: 'y', zone: 'UTC' }, ports)).toMatchObject({
      ok: false,
      error: { code: 'exists' },
    });
    expect(openReader(temporaryFolder(), key)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('holds more entries in one millisecond than a key has room for', async () => {
    const { writer } = await newArchive();
    const burst = Array.from({ length: 5_000 }, (_, i) => ({
      id: `b${i}`,
      timestamp: '2026-10-14T03:15:41Z',
      action: 'user.login_failed',
    }));
    unwrap(
      writer.ingest(batchOf([...burst, { id: 'after', timestamp: '2026-10-14T03:15:41.002Z', action: 'user.login' }])),
    );
    const second = Date.parse('2026-10-14T03:15:41Z');
    expect(writer.count({ ...WHOLE_ARCHIVE, fromMs: second, toMs: second })).toBe(5_000);
    expect(writer.count({ ...WHOLE_ARCHIVE, fromMs: second + 1, toMs: null })).toBe(1);
    const rows = [...writer.rows(WHOLE_ARCHIVE)];
    expect(rows.filter((row) => row.ts === second).map((row) => row.id)).toEqual(burst.map((entry) => entry.id));
    expect(writer.rowsAt(WHOLE_ARCHIVE, 4_990, 20)).toHaveLength(11);
  });
});
