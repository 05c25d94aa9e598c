import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unlockArchive } from '../../src/main/core/archive/open.ts';
import { openEncrypted } from '../../src/main/core/archive/sqlite.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { archiveUnder } from './support/archive-under.ts';
import { PASSPHRASE, setUpServices } from './support/services.ts';

const LOG = Array.from({ length: 12 }, (_, n) => ({
  id: `log_${n}`,
  timestamp: `2026-01-0${1 + (n % 3)}T09:00:0${n % 10}Z`,
  action: 'user.login',
  actor: { id: 'u1', name: 'Ines', email: 'ines@alfama.example' },
}));
const ORDER = {
  template: 'person',
  person: 'ines@alfama.example',
  review: null,
  from: '2026-01-01',
  to: '2026-01-31',
  zone: 'UTC',
} as const;

it('a report is drafted, read in parts, and saved and noted only where the dialog is answered', async () => {
  const { call, withEntries, home, answers, reports } = setUpServices();
  await withEntries(LOG);
  const superseded = call('report.draft', ORDER);
  const { draft, size, sha256, population } = unwrap(await call('report.draft', ORDER));
  expect(await superseded).toMatchObject({ error: { code: 'cancelled' } });
  expect(population).toBe(LOG.length);

  const half = size >> 1;
  const parts = [];
  for (const [from, to] of [[0, half] as const, [half, size] as const]) {
    parts.push(Buffer.from(unwrap(await call('report.read', { draft, from, to })).bytes, 'base64'));
  }
  const bytes = Buffer.concat(parts);
  expect(bytes).toHaveLength(size);
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(await call('report.read', { draft, from: 0, to: size + 1 })).toMatchObject({ error: { code: 'bad_input' } });
  expect(await call('report.read', { draft: 'D-99', from: 0, to: 1 })).toMatchObject({ error: { code: 'not_found' } });

  answers.push(null);
  expect(unwrap(await call('report.save', { draft, by: 'Marta' }))).toBeNull();
  expect(unwrap(await call('report.list', {})).reports).toEqual([]);

  const out = join(home, 'ines.pdf');
  answers.push([out]);
  const saved = unwrap(await call('report.save', { draft, by: 'Marta' }));
  expect(saved?.fileName).toBe('ines.pdf');
  expect(readFileSync(out).equals(bytes)).toBe(true);
  const [noted] = unwrap(await call('report.list', {})).reports;
  expect(noted).toMatchObject({ sha256, by: 'Marta' });
  answers.push([out]);
  expect(unwrap(await call('report.verify', {}))?.fileName).toBe('ines.pdf');

  const next = unwrap(await call('report.draft', ORDER));
  expect(await call('report.read', { draft, from: 0, to: 1 })).toMatchObject({ error: { code: 'not_found' } });
  const dir = archiveUnder(home);
  const db = unwrap(
    openEncrypted(join(dir, 'entries.db'), unwrap(await unlockArchive(dir, { passphrase: PASSPHRASE })), 'write'),
  );
  db.exec(`UPDATE day SET state = 'complete' WHERE day = '2026-01-02'`);
  db.close();
  expect(unwrap(await call('integrity.verify', {})).found).toBe(1);
  const never = join(home, 'never.pdf');
  answers.push([never]);
  expect(await call('report.save', { draft: next.draft, by: 'Marta' })).toMatchObject({ error: { code: 'integrity' } });
  expect(existsSync(never)).toBe(false);
  expect(answers).toEqual([[never]]);
  expect(reports).toEqual([]);
});
