import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { knownArchives } from '../../../src/main/shell/services/known-archives.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { newArchive } from '../../support/archive.ts';
import { temporaryFolder } from '../../support/ports.ts';

it('knows archives by id and words, and never tells the window a path', async () => {
  const userData = temporaryFolder();
  const { dir } = await newArchive();
  const known = knownArchives(userData, join(userData, 'Documents'));
  const added = unwrap(known.add(dir));
  expect(added).toMatchObject({ name: 'test', lastOpened: null, demo: false });
  expect(JSON.stringify(known.list())).not.toContain(dir);
  expect(unwrap(known.dirOf(added.id))).toBe(dir);
  known.opened(added.id, 'Alfama Systems', 1_000);
  expect(knownArchives(userData, '/').list()).toMatchObject([
    { id: added.id, name: 'Alfama Systems', lastOpened: 1_000 },
  ]);
  known.sourced(added.id, 'eu.usejetty.online');
  expect(unwrap(known.add(dir))).toMatchObject({ name: 'Alfama Systems', source: 'eu.usejetty.online' });
  known.forget(added.id);
  expect(known.list()).toEqual([]);
  expect(known.dirOf(added.id)).toMatchObject({ ok: false, error: { code: 'not_found' } });
});

it('refuses a folder that is no archive, and survives a damaged list', () => {
  const userData = temporaryFolder();
  mkdirSync(join(userData, 'holiday'));
  const known = knownArchives(userData, userData);
  expect(known.add(join(userData, 'holiday'))).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('holiday') },
  });
  writeFileSync(join(userData, 'archives.json'), '{"version":1,"archives":[{"id":3');
  expect(known.list()).toEqual([]);
});
