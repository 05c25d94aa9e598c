import { expect, onTestFinished, test } from 'vitest';
import { detect } from '../../../src/main/core/detection/detect.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { runSync } from '../../../src/main/core/sync/sync.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { newArchive } from '../../support/archive.ts';
import { clientFor, contentsOf, DAY, entryAt, makeLog, NOW, patientClock } from '../sync/support/fixtures.ts';
import { startTinyServer } from '../sync/support/tiny-server.ts';

const MIDNIGHT = Math.floor(NOW / DAY) * DAY;
const RULES = ['upstream-changed', 'upstream-vanished'];

async function fetched() {
  const server = await startTinyServer(makeLog(10, 4));
  onTestFinished(() => server.close());
  const { writer } = await newArchive();
  const sync = (reconcile: boolean, now = NOW) => {
    const clock = patientClock(now);
    return runSync({ writer, client: clientFor(server.url, { clock }), clock, plan: 'harbor', reconcile });
  };
  expect((await sync(false)).achieved).toMatchObject({ complete: true });
  const findings = (plan = WHOLE_ARCHIVE) => unwrap(detect(writer, plan, { zone: 'UTC', only: RULES })).findings;
  return { server, writer, sync, findings };
}

test('a log nobody touched raises nothing', async () => {
  const { sync, findings } = await fetched();
  expect((await sync(true)).achieved).toMatchObject({ complete: true, vanished: 0 });
  expect(findings()).toEqual([]);
});

test('entries that changed and entries that vanished are raised, and stay as they were', async () => {
  const { server, writer, sync, findings } = await fetched();
  const before = contentsOf(writer);
  server.entries = server.entries
    .filter(({ id }) => id !== 'log_3_1' && id !== 'log_5_0')
    .map((entry) => (entry.id === 'log_4_2' ? { ...entry, action: 'tunnel.deleted' } : entry));
  expect((await sync(true)).achieved).toMatchObject({ complete: true, changed: 1, vanished: 2 });
  const [first, second, ...others] = findings().toSorted((a, b) => (a.rule < b.rule ? -1 : 1));
  expect(others).toEqual([]);
  expect(first).toMatchObject({ rule: 'upstream-changed', severity: 'high', entryIds: ['log_4_2'] });
  expect(first?.why).toBe(
    'Entry log_4_2 came with another content under the same id, noticed 2026-03-31 15:00 UTC. What was stored first is unchanged.',
  );
  expect(second).toMatchObject({ rule: 'upstream-vanished', severity: 'high', entryIds: ['log_3_1', 'log_5_0'] });
  expect(second?.why).toMatch(/^2 entries were no longer served, though still in retention, noticed 2026-03-31/);
  expect(contentsOf(writer)).toEqual(before);
});

test('what is noticed later on the same day joins the finding, under its id; of another day it is another', async () => {
  const { server, sync, findings } = await fetched();
  const without = (id: string) => {
    server.entries = server.entries.filter((entry) => entry.id !== id);
  };
  without('log_3_1');
  await sync(true);
  const [alone] = findings();
  without('log_6_0');
  await sync(true, NOW + 3_600_000);
  expect(findings()).toMatchObject([{ id: alone?.id, entryIds: ['log_3_1', 'log_6_0'] }]);
  without('log_4_0');
  await sync(true, NOW + DAY);
  expect(findings().map((one) => one.entryIds)).toEqual([['log_4_0'], ['log_3_1', 'log_6_0']]);
});

test('an entry that is served again is no longer called vanished', async () => {
  const { server, sync, findings } = await fetched();
  const all = server.entries;
  server.entries = all.filter((entry) => entry.id !== 'log_3_1');
  await sync(true);
  expect(findings()).toHaveLength(1);
  server.entries = all;
  await sync(true);
  expect(findings()).toEqual([]);
});

test('only entries of the selection are told of', async () => {
  const { server, sync, findings } = await fetched();
  const lone = entryAt('log_lone', MIDNIGHT - 2 * DAY + 1_000);
  server.entries = [...server.entries, { ...lone, actor: { id: 'user_2', name: 'Ida', email: 'ida@example.com' } }];
  await sync(true);
  server.entries = server.entries.filter(({ id }) => id !== 'log_lone' && id !== 'log_7_1');
  await sync(true);
  expect(findings()).toMatchObject([{ entryIds: ['log_7_1', 'log_lone'] }]);
  const terms = [{ field: 'actor', value: 'ida@example.com', negated: false }] as const;
  expect(findings({ ...WHOLE_ARCHIVE, filter: { terms } })).toMatchObject([{ entryIds: ['log_lone'] }]);
  expect(findings({ ...WHOLE_ARCHIVE, toMs: MIDNIGHT - 2 * DAY })).toMatchObject([{ entryIds: ['log_7_1'] }]);
});
