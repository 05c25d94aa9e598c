import { expect, test } from 'vitest';
import { beginRun, readRuns } from '../../../src/main/core/sync/run-history.ts';
import type { SyncResult } from '../../../src/main/core/sync/tally.ts';
import { failure } from '../../../src/shared/errors.ts';
import { newArchive } from '../../support/archive.ts';
import { fixedClock } from '../../support/ports.ts';

const RESULT = {
  requests: 12,
  inserted: 340,
  changed: 1,
  rejected: 0,
  days: { complete: 30, partial: 1, lost: 0 },
  complete: true,
} as SyncResult;

test('runs are kept in the archive, newest first, with what came of them', async () => {
  const { writer } = await newArchive();
  const clock = fixedClock('2026-10-15T09:00:00Z');
  const first = beginRun(writer, clock, { kind: 'sync', source: 'eu.usejetty.online' });
  expect(readRuns(writer)).toMatchObject([{ ended: null, outcome: null }]);
  clock.advance(42_000);
  first.synced(RESULT, failure('network', 'eu.usejetty.online did not answer.', 'Try again.'));
  const second = beginRun(writer, clock, { kind: 'import', source: 'old.json' });
  second.imported({
    files: 1,
    read: 9,
    inserted: 7,
    duplicates: 1,
    changed: 1,
    rejected: [{ file: 'a', line: 1, reason: 'x' }],
  });
  expect(readRuns(writer)).toMatchObject([
    { kind: 'import', source: 'old.json', inserted: 7, rejected: 1, outcome: 'complete', days: null },
    {
      kind: 'sync',
      source: 'eu.usejetty.online',
      requests: 12,
      inserted: 340,
      days: { complete: 30, partial: 1, lost: 0 },
      outcome: 'network',
      sentence: 'eu.usejetty.online did not answer.',
    },
  ]);
  const [, sync] = readRuns(writer);
  expect((sync?.ended ?? 0) - (sync?.started ?? 0)).toBe(42_000);
});

test('a run nobody ended stays in the history as broken off', async () => {
  const { writer } = await newArchive();
  const clock = fixedClock('2026-10-15T09:00:00Z');
  beginRun(writer, clock, { kind: 'sync', source: 'killed' });
  beginRun(writer, clock, { kind: 'sync', source: 'next' }).synced(RESULT, null);
  expect(readRuns(writer).map((run) => run.outcome)).toEqual(['complete', null]);
});

test('the last 200 are kept; what cannot be read is no history, and no obstacle', async () => {
  const { writer } = await newArchive();
  const clock = fixedClock('2026-10-15T09:00:00Z');
  for (let n = 0; n < 205; n++) beginRun(writer, clock, { kind: 'sync', source: `s${n}` }).synced(RESULT, null);
  expect(readRuns(writer)).toHaveLength(200);
  expect(readRuns(writer)[0]?.source).toBe('s204');
  writer.setSetting('sync_runs', '{"from": "the future"}');
  expect(readRuns(writer)).toEqual([]);
  beginRun(writer, clock, { kind: 'sync', source: 'again' }).synced(RESULT, null);
  expect(readRuns(writer)).toHaveLength(1);
});
