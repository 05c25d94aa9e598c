import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleCatalogue } from '../../../src/main/core/detection/catalogue.ts';
import { type FrameworkSelector, loadFramework, namesCriterion } from '../../../src/main/core/report/framework.ts';
import { matchesPattern } from '../../../src/main/core/report/selector.ts';
import { describeAction, knownActions } from '../../../src/shared/action.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { REPORT_TEMPLATES, type ReportTemplate } from '../../../src/shared/report-template.ts';
import { RESOURCES } from './make.ts';

const RULES = unwrap(ruleCatalogue());

/** What each report was asked to have; it may have more. */
const LEAST: Readonly<Record<ReportTemplate, string[]>> = {
  soc2: 'CC6.1 CC6.2 CC6.3 CC6.6 CC6.8 CC7.1 CC7.2 CC7.3 CC7.4 CC7.5 CC8.1'.split(' '),
  iso27001: 'A.8.15 A.8.16 A.8.17 A.5.18 A.5.25 A.5.28 A.5.33'.split(' '),
  hipaa: ['164.312(b)', '164.308(a)(1)(ii)(D)', '164.308(a)(5)(ii)(C)', '164.312(d)', '164.316(b)(2)(i)'],
  pci: ['10.2.1', '10.2.2', '10.3.1 – 10.3.4', '10.4.1', '10.4.3', '10.5.1', '10.6.1 – 10.6.3', '10.7.2'],
  gdpr: ['Art. 32(1)(b)', 'Art. 32(1)(d)', 'Art. 33(1)', 'Art. 33(5)', 'Art. 5(1)(e)'],
};

describe.each(REPORT_TEMPLATES)('the framework file of %s', (template) => {
  const framework = unwrap(loadFramework(RESOURCES, template));

  it('has the criteria a review of access and change rests on', () => {
    expect(framework.id).toBe(template);
    const ids = framework.criteria.map((c) => c.id);
    expect(ids).toEqual(expect.arrayContaining(LEAST[template]));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('lists no rule and no control that there is not', () => {
    const rules = RULES;
    const patterns = framework.criteria.flatMap((c) => c.rules);
    expect(patterns.filter((pattern) => !rules.some((rule) => matchesPattern(pattern, rule.id)))).toEqual([]);
    const controls = new Set(rules.flatMap((rule) => rule.controls));
    expect(framework.criteria.flatMap((c) => c.controls).filter((control) => !controls.has(control))).toEqual([]);
  });

  it('has a place for every control of it that a rule names, or for the rule', () => {
    const homeless = RULES.filter(
      (rule) =>
        !framework.criteria.some(
          (c) =>
            c.rules.some((pattern) => matchesPattern(pattern, rule.id)) ||
            rule.controls.some((control) => namesCriterion(framework, control, c.id)),
        ),
    );
    expect(homeless.map((rule) => rule.id)).toEqual([]);
  });

  it('says of each criterion what the log shows and what it cannot show', () => {
    for (const { looksAt, shows, cannotShow } of framework.criteria) {
      expect(looksAt.length).toBeGreaterThan(5);
      for (const sentence of [shows, cannotShow]) expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
    }
  });

  it('names only meanings that actions have', () => {
    const meanings = new Set<string | null>(knownActions().map((action) => describeAction(action).meaning));
    const selectors: readonly FrameworkSelector[] = [
      ...framework.criteria,
      ...framework.privileged.groups,
      framework.privileged.routine,
    ];
    expect(selectors.flatMap((s) => s.meanings).filter((meaning) => !meanings.has(meaning))).toEqual([]);
    const actions = selectors.flatMap((s) => s.actions);
    expect(actions.filter((pattern) => !knownActions().some((action) => matchesPattern(pattern, action)))).toEqual([]);
  });

  it('never says what only an auditor may say, nor does the template', () => {
    const folder = join(import.meta.dirname, '../../../src/main/core/report');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
    expect([JSON.stringify(framework), ...texts].filter((text) => /complian/i.test(text))).toEqual([]);
  });
});

it('finds a criterion in a control however it is written, and no other', () => {
  const soc2 = unwrap(loadFramework(RESOURCES, 'soc2'));
  for (const control of ['CC6.1', 'SOC 2 CC6.1', 'soc2:CC6.1', 'SOC2 cc6.1'])
    expect(namesCriterion(soc2, control, 'CC6.1')).toBe(true);
  for (const control of ['CC6.10', 'SOC 2 CC6.1.2', 'ISO 27001 CC6.1', 'SOC 2'])
    expect(namesCriterion(soc2, control, 'CC6.1')).toBe(false);
});
