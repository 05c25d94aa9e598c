import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unlockArchive } from '../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../src/main/core/archive/sqlite.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { archiveUnder } from './support/archive-under.ts';
import { PASSPHRASE, setUpServices } from './support/services.ts';

const LOG = ['2026-01-02', '2026-01-03'].flatMap((day) =>
  [1, 2, 3].map((n) => ({ id: `log_${day}_${n}`, timestamp: `${day}T0${n}:00:00Z`, action: 'user.login' })),
);

it('what was imported is sealed, verified on demand, and what was altered past Logbook is named', async () => {
  const { call, withEntries, home, events, reports } = setUpServices();
  await withEntries(LOG);
  const { head, verified } = unwrap(await call('integrity.get', {}));
  expect(head).toMatchObject({ day: '2026-01-03', sealedDays: 2, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(verified).toBeNull();
  expect(unwrap(await call('integrity.verify', {}))).toMatchObject({ found: 0, entries: 6, days: 2, messages: [] });
  expect(events.some(({ name }) => name === 'task.progress')).toBe(true);
  expect(unwrap(await call('integrity.get', {})).verified).toMatchObject({ found: 0, entries: 6 });

  const dir = archiveUnder(home);
  const key = unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }));
  const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
  db.exec(`UPDATE day SET state = 'complete' WHERE day = '2026-01-02'`);
  db.close();
  const broken = unwrap(await call('integrity.verify', {}));
  expect(broken).toMatchObject({ found: 1, messages: [{ what: 'altered' }] });
  expect(broken.messages[0]?.message).toContain('The coverage of 2026-01-02 is not as it was sealed');
  expect(unwrap(await call('integrity.get', {})).verified).toEqual(broken);
  const held = { ok: false, error: { code: 'integrity', message: expect.stringContaining('are held') } };
  expect(await call('export.create', { filter: { terms: [] }, zone: 'UTC', format: 'json' })).toMatchObject(held);
  const quarter = {
    template: 'soc2',
    person: null,
    review: null,
    from: '2026-01-01',
    to: '2026-01-31',
    zone: 'UTC',
  } as const;
  expect(await call('report.draft', quarter)).toMatchObject(held);
  expect(reports).toEqual([]);
});

it('a glance when an archive is opened finds what was cut off, and nobody has to ask', async () => {
  const { call, withEntries, home, events } = setUpServices();
  await withEntries(LOG);
  const state = unwrap(await call('app.state', {}));
  const id = state.kind === 'open' ? state.archive.id : '';
  unwrap(await call('archive.lock', {}));
  const dir = archiveUnder(home);
  const key = unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE }));
  const db = unwrap(openEncrypted(join(dir, 'entries.db'), key, 'write'));
  db.exec(`DELETE FROM segment WHERE day = ${Date.parse('2026-01-02') / 86_400_000}`);
  db.close();
  unwrap(await call('archive.open', { id, passphrase: PASSPHRASE, readOnly: false }));
  await expect.poll(() => events.some(({ name }) => name === 'integrity.changed')).toBe(true);
  const { verified } = unwrap(await call('integrity.get', {}));
  expect(verified).toMatchObject({ found: 1, messages: [{ what: 'missing' }] });
  expect(await call('export.create', { filter: { terms: [] }, zone: 'UTC', format: 'json' })).toMatchObject({
    error: { code: 'integrity' },
  });
});

it('heads go to a folder the person chose, told in words; how often all is verified is a setting', async () => {
  const { call, withEntries, home, answers } = setUpServices();
  await withEntries(LOG);
  expect(unwrap(await call('integrity.settings', {}))).toEqual({ verifyDays: 7, copies: null });
  unwrap(await call('integrity.setVerifyDays', { days: 30 }));
  answers.push([home]);
  unwrap(await call('integrity.copyHeads', { on: true }));
  const { verifyDays, copies } = unwrap(await call('integrity.settings', {}));
  expect(verifyDays).toBe(30);
  expect(copies).toMatchObject({ place: expect.stringMatching(/heads-[0-9a-f]{8}\.log$/), failed: null });
  expect(copies?.place).not.toContain(home);
  const file = readdirSync(home).find((name) => name.startsWith('heads-'))!;
  expect(readFileSync(join(home, file), 'utf8')).toBe(readFileSync(join(archiveUnder(home), 'heads.log'), 'utf8'));
  unwrap(await call('integrity.copyHeads', { on: false }));
  expect(unwrap(await call('integrity.settings', {})).copies).toBeNull();
});
