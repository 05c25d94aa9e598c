import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/main/core/detection/detect.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { organisation } from '../../../src/main/core/simulator/organisation.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { findingsOver } from '../../eval/evaluate.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const NOW = Date.parse('2026-11-24T10:30:15.500Z');
const lines = (entries: number, days: number, seed = 7) =>
  [...organisation({ entries, days, seed, now: NOW }).entries()].map((entry) => Buffer.from(entry.raw).toString());

describe('findings', () => {
  test('tell every planted story at medium or above, each entry in one finding', () => {
    const log = organisation({ entries: 12_000, days: 90, seed: 11, now: NOW });
    const findings = findingsOver([...log.entries()].map((entry) => entry.raw));
    const grave = findings.filter((finding) => ['critical', 'high', 'medium'].includes(finding.severity));
    const missed = log
      .stories()
      .filter((story) => !grave.some((finding) => finding.entryIds.some((id) => story.entryIds.includes(id))));
    expect(log.stories()).toHaveLength(5);
    expect(missed.map((story) => story.name)).toEqual([]);
    const keys = findings.flatMap((finding) => finding.entryKeys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const finding of findings) expect([...finding.entryKeys].sort((a, b) => a - b)).toEqual(finding.entryKeys);
  });

  test('never look ahead: what a day’s log shows, it shows whatever comes after', () => {
    const all = lines(6_000, 60, 3);
    const whole = findingsOver(all);
    for (const share of [0.5, 0.8]) {
      const early = findingsOver(all.slice(0, Math.floor(all.length * share)));
      // A finding may grow or join another; it never vanishes and no entry of it is let go.
      for (const finding of early) {
        const [first] = finding.entryIds;
        const later = whole.find((one) => one.entryIds.includes(first ?? ''));
        expect(later?.entryIds).toEqual(expect.arrayContaining([...finding.entryIds]));
      }
    }
  });

  test('keep their id as they grow', () => {
    const failure = (i: number) =>
      JSON.stringify({
        id: `f${i}`,
        timestamp: new Date(NOW + i * 30_000).toISOString(),
        action: 'user.login_failed',
        actor: { id: 'ines' },
        context: { ip_address: '203.0.113.9' },
      });
    const small = findingsOver(Array.from({ length: 10 }, (_, i) => failure(i)));
    const large = findingsOver(Array.from({ length: 40 }, (_, i) => failure(i)));
    expect(small).toHaveLength(1);
    expect(large).toMatchObject([{ id: small[0]?.id }]);
    expect(large[0]?.entryIds).toHaveLength(40);
  });

  test('are the same over a real archive as over the lines', async () => {
    const all = lines(2_500, 40);
    const { writer } = await newArchive();
    unwrap(writer.ingest(batchOf(all)));
    const real = unwrap(detect(writer, WHOLE_ARCHIVE, { zone: 'UTC' })).findings;
    const bare = (list: typeof real) =>
      list.map(({ entryKeys: _keys, ...finding }) => finding).sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(bare(real)).toEqual(bare(findingsOver(all)));
  });
});
