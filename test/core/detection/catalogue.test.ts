import { describe, expect, test } from 'vitest';
import { ruleCatalogue } from '../../../src/main/core/detection/catalogue.ts';
import { detect } from '../../../src/main/core/detection/detect.ts';
import { shippedRules } from '../../../src/main/core/detection/sigma/rule-set.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { memoryReader } from '../../eval/memory-reader.ts';

type Fixture = {
  action: string;
  actor?: string;
  target?: { type?: string; id?: string; name?: string };
  metadata?: object;
  at?: number;
  address?: string;
};

const NOON = Date.parse('2026-10-14T10:00:00Z');
const rules = unwrap(shippedRules());
const all = [...rules.entryRules, ...rules.correlations];
const told = all.filter((rule) => !rule.hidden);

function lineOf(fixture: Fixture, i: number): string {
  const { actor, target } = fixture;
  return JSON.stringify({
    id: `log_${i}`,
    timestamp: new Date(NOON + (fixture.at ?? 0) * 60_000).toISOString(),
    action: fixture.action,
    actor: actor === undefined ? null : { id: actor, name: actor, email: null },
    target: target ? { type: target.type ?? null, id: target.id ?? null, name: target.name ?? null } : null,
    context: { ip_address: fixture.address ?? '203.0.113.9' },
    metadata: fixture.metadata ?? {},
  });
}

function matches(rule: string, fixtures: readonly Fixture[]): boolean {
  const found = unwrap(detect(memoryReader(fixtures.map(lineOf)), WHOLE_ARCHIVE, { zone: 'UTC', only: [rule] }));
  return found.findings.some((finding) => finding.signals?.some((signal) => signal.rule === rule));
}

describe('the shipped rules', () => {
  test('are forty or more beside those in code, each with what a reviewer asks of a rule', () => {
    expect(told.length).toBeGreaterThanOrEqual(40);
    for (const { info, why } of told) {
      expect.soft(info.technique?.attackVersion, info.id).toMatch(/^\d+\.\d+$/);
      expect.soft(info.controls.length, info.id).toBeGreaterThan(2);
      expect.soft(info.falsePositives?.length, info.id).toBeGreaterThan(0);
      expect.soft(info.runbook, info.id).toBeTruthy();
      expect.soft(why, info.id).toBeTruthy();
    }
    const ids = unwrap(ruleCatalogue()).map((info) => info.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  const cases = told.map((rule) => ({
    id: rule.info.id,
    fixtures: (rule.document.root.toJSON() as { fixtures?: { match: Fixture[][]; no_match: Fixture[][] } }).fixtures,
  }));

  test.each(cases)('$id matches what it must and nothing that it must not', ({ id, fixtures }) => {
    expect(fixtures?.match.length).toBeGreaterThan(0);
    expect(fixtures?.no_match.length).toBeGreaterThan(0);
    expect(fixtures?.match.map((one) => matches(id, one))).toEqual(fixtures?.match.map(() => true));
    expect(fixtures?.no_match.map((one) => matches(id, one))).toEqual(fixtures?.no_match.map(() => false));
  });
});
