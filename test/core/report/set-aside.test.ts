import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportModel } from '../../../src/main/core/report/model.ts';
import type { ReportFinding } from '../../../src/main/core/report/set-aside.ts';
import type { FindingState, Suppression } from '../../../src/shared/triage.ts';
import { modelOf, render } from './make.ts';
import { type PdfText, readPdf } from './pdf-text.ts';
import { sampleQuarter } from './sample.ts';

const AT = Date.UTC(2026, 8, 2, 9);
const SUPPRESSION: Suppression = {
  id: 'S-4',
  rule: 'self-grant',
  actor: null,
  address: '203.0.113.0/24',
  target: null,
  owner: 'Marta Quintela',
  reason: 'The announced penetration test',
  at: AT,
  until: Date.UTC(2026, 9, 1),
  ended: null,
};
const OPEN: FindingState = {
  status: 'open',
  again: null,
  decision: null,
  suppression: null,
  caseName: null,
  history: [],
};
const BENIGN: FindingState = {
  ...OPEN,
  status: 'benign',
  decision: {
    seq: 1,
    finding: 'x',
    verdict: 'benign',
    reason: 'A drill of the night shift',
    by: 'Rui Matos',
    at: AT,
    expires: null,
    entries: 1,
    last: AT,
  },
};

describe('what the rules noticed beside the exceptions', () => {
  let model: ReportModel;
  let text: PdfText;
  let findings: readonly ReportFinding[];

  beforeAll(async () => {
    const sample = sampleQuarter(400);
    findings = sample.findings.map((finding, i) => ({
      ...finding,
      severity: i % 3 === 0 ? ('low' as const) : ('high' as const),
      state: i === 1 ? { ...OPEN, suppression: 'S-4' } : i === 2 ? BENIGN : OPEN,
    }));
    model = modelOf({ ...sample, findings, suppressions: [SUPPRESSION] });
    text = await readPdf((await render(model)).bytes);
  });

  it('is counted by rule, and none of it is listed as an exception', () => {
    const low = findings.filter((finding) => finding.severity === 'low').map((finding) => finding.id);
    expect(low.length).toBeGreaterThan(1);
    expect(model.exceptions.filter(({ finding }) => low.includes(finding.id))).toEqual([]);
    const within = low.filter((id) => id !== 'finding-after').length;
    expect(model.setAside.minor.reduce((sum, one) => sum + one.findings, 0)).toBe(within);
    expect(text.run).toContain('Counted,notlisted'.replace(/\s/g, ''));
    expect(model.setAside.minor.filter((one) => !text.run.includes(one.rule))).toEqual([]);
  });

  it('is told with who suppressed it and why', () => {
    expect(model.setAside.suppressed).toMatchObject([{ findings: 1, worst: 'high' }]);
    expect(model.exceptions.some(({ finding }) => finding.id === findings[1]?.id)).toBe(false);
    for (const part of ['self-grant,203.0.113.0/24', 'Theannouncedpenetrationtest(MartaQuintela)'])
      expect(text.run).toContain(part);
  });

  it('leaves what was decided beside the exception it is about', () => {
    expect(text.run).toContain('CalledbenignbyRuiMatos');
    expect(text.run).toContain('Adrillofthenightshift.');
  });
});
