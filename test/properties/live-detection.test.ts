import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from '../../src/main/core/detection/detect.ts';
import { liveDetection } from '../../src/main/core/detection/live.ts';
import { switchRule } from '../../src/main/core/detection/triage/decide.ts';
import { WHOLE_ARCHIVE } from '../../src/main/core/search/plan.ts';
import { organisation } from '../../src/main/core/simulator/organisation.ts';
import { unwrap } from '../../src/shared/errors.ts';
import type { Finding } from '../../src/shared/finding.ts';
import { batchOf, newArchive } from '../support/archive.ts';

const NOW = Date.parse('2026-11-24T10:30:15.500Z');
const OPTIONS = { zone: 'Europe/Lisbon' };
const ENTRIES = 700;
const DAYS = 60;
/** A slow machine may take its time. */
const PATIENCE_MS = 300_000;

// Each entry at an instant of its own: those of one instant are kept in the order in which they came.
function logOf(seed: number): readonly string[] {
  let last = 0;
  return [...organisation({ entries: ENTRIES, days: DAYS, seed, now: NOW }).entries()]
    .map((entry) => JSON.parse(Buffer.from(entry.raw).toString()) as { timestamp: string })
    .sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp))
    .map((entry) => {
      last = Math.max(last + 1, Date.parse(entry.timestamp));
      return JSON.stringify({ ...entry, timestamp: new Date(last).toISOString() });
    });
}

// How a log arrives: cut into runs, and of each entry whether it comes with its own run or in one of those after it.
const arrivals = fc.record({
  seed: fc.integer({ min: 1, max: 1_000 }),
  runs: fc.integer({ min: 1, max: 6 }),
  late: fc.array(fc.tuple(fc.nat(ENTRIES - 1), fc.integer({ min: 1, max: 6 })), { maxLength: 60 }),
});

describe('findings that go on from what is known', () => {
  it(
    'are those of a run over everything, however the log arrives',
    async () => {
      await fc.assert(
        fc.asyncProperty(arrivals, async ({ seed, runs, late }) => {
          const lines = logOf(seed);
          const delay = new Map(late);
          const runOf = (i: number) => Math.min(runs - 1, Math.floor((i * runs) / lines.length) + (delay.get(i) ?? 0));
          const { writer } = await newArchive();
          const live = liveDetection(writer, OPTIONS);
          for (let run = 0; run < runs; run++) {
            unwrap(writer.ingest(batchOf(lines.filter((_line, i) => runOf(i) === run))));
            const now = unwrap(live.current());
            const whole = unwrap(detect(writer, WHOLE_ARCHIVE, OPTIONS));
            expect(now.findings).toEqual(whole.findings);
          }
          const { writer: atOnce } = await newArchive();
          unwrap(atOnce.ingest(batchOf(lines)));
          const bare = (findings: readonly Finding[]) => findings.map(({ entryKeys: _keys, ...finding }) => finding);
          expect(bare(unwrap(live.current()).findings)).toEqual(
            bare(unwrap(detect(atOnce, WHOLE_ARCHIVE, OPTIONS)).findings),
          );
        }),
        { numRuns: 6 },
      );
    },
    PATIENCE_MS,
  );

  it('follow the rules: one that is turned off or on again is judged over all of history', async () => {
    const { writer } = await newArchive();
    unwrap(writer.ingest(batchOf(logOf(7))));
    const live = liveDetection(writer, OPTIONS);
    const rules = () =>
      new Set(unwrap(live.current()).findings.flatMap((one) => one.signals?.map((s) => s.rule) ?? []));
    const before = rules();
    const [rule] = before;
    const word = { by: 'Marta', reason: 'Too loud', at: NOW };
    unwrap(switchRule(writer, rule ?? '', false, word));
    expect(rules().has(rule ?? '')).toBe(false);
    unwrap(switchRule(writer, rule ?? '', true, word));
    expect(rules()).toEqual(before);
  });

  it('are the very same answer while nothing has changed', async () => {
    const { writer } = await newArchive();
    unwrap(writer.ingest(batchOf(logOf(3))));
    const live = liveDetection(writer, OPTIONS);
    expect(unwrap(live.current())).toBe(unwrap(live.current()));
  });
});
