import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detect } from '../../../src/main/core/detection/detect.ts';
import { writeAtomically } from '../../../src/main/core/files/write-atomically.ts';
import { CaseBook } from '../../../src/main/core/investigation/case-book.ts';
import { openCase } from '../../../src/main/core/investigation/open-case.ts';
import { makeReport, type ReportRequest } from '../../../src/main/core/report/make-report.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { EVERYTHING } from '../../../src/shared/filter/filter.ts';
import { batchOf, newArchive } from '../../support/archive.ts';
import { temporaryFolder } from '../../support/ports.ts';
import { RESOURCES } from './make.ts';
import { missing, readPdf } from './pdf-text.ts';
import { sampleQuarter } from './sample.ts';

const NOW = Date.UTC(2026, 9, 21, 9, 12, 5);

type Written = ReportRequest & { readonly out: string };

/** As the command does it. */
async function createReport({ out, ...request }: Written) {
  const made = await makeReport(request);
  if (!made.ok) return made;
  const written = writeAtomically(out, made.value.bytes);
  return written.ok ? made : written;
}

function requestOf(more: Partial<Written> & Pick<Written, 'out'>): Written {
  return {
    ...sampleQuarter(200, 2),
    resourcesDir: RESOURCES,
    template: 'soc2',
    fromDay: '2026-07-01',
    toDay: '2026-09-30',
    zone: 'Europe/Lisbon',
    now: NOW,
    ...more,
  };
}

describe('from an encrypted archive', () => {
  it('counts as the archive counts, and names the entries behind what the rules find', async () => {
    const { writer } = await newArchive();
    const failures = Array.from({ length: 40 }, (_, n) => ({
      id: `log_failure_${String(n).padStart(2, '0')}`,
      timestamp: `2026-08-04T10:00:${String(n).padStart(2, '0')}Z`,
      actor: { id: `user_${n % 20}`, name: `Person ${n % 20}`, email: `p${n % 20}@example.com` },
      action: 'user.login_failed',
      target: null,
      context: { ip_address: '198.51.100.7', user_agent: 'curl/8' },
      metadata: [],
    }));
    unwrap(writer.ingest(batchOf([...sampleQuarter(1_500, 0).entries, ...failures])));
    const period = { filter: EVERYTHING, fromMs: Date.UTC(2026, 5, 30, 23), toMs: Date.UTC(2026, 8, 30, 23) - 1 };
    const { findings: all, rulesRun } = unwrap(detect(writer, period, { zone: 'Europe/Lisbon' }));
    const findings = all.filter((finding) => finding.severity !== 'low' && finding.severity !== 'info');
    expect(findings.length).toBeGreaterThan(0);
    const [grave] = findings;
    const told = { lead: 'Marta Quintela', aware: NOW, seeds: [], guesses: new Map() };
    const cases = [
      { title: 'Guesses from one address', severity: 'high', findings: grave ? [grave] : [], at: NOW },
      { title: 'Long after the period', severity: 'low', findings: [], at: NOW },
    ] as const;
    for (const { at, ...one } of cases)
      unwrap(openCase(writer, new CaseBook(), { ...told, ...one }, { by: 'Marta Quintela', at }));
    const out = join(temporaryFolder(), 'soc2.pdf');
    const result = unwrap(await createReport(requestOf({ reader: writer, findings: all, rules: rulesRun, out })));
    expect(result).toMatchObject({
      population: writer.count(period),
      exceptions: findings.length,
      counted: all.length - findings.length,
    });
    const text = await readPdf(readFileSync(out));
    expect(text.pages).toHaveLength(result.pages);
    expect(
      missing(
        text,
        findings.flatMap((finding) => finding.entryIds),
      ),
    ).toEqual([]);
    expect(
      missing(
        text,
        // Names in other scripts, or with marks that turn the text round, are set otherwise than they are stored.
        findings.map((finding) => finding.why).filter((why) => /^[\p{Script=Latin}\p{N}\p{P}\p{Z}\p{S}]*$/u.test(why)),
      ),
    ).toEqual([]);
    expect(text.outside).toEqual([]);
    expect(text.orphans).toEqual([]);
    // The case whose entries are of the period, and not the one that touches it nowhere.
    expect(missing(text, ['1 case touches the period', 'Guesses from one address', 'not met yet'])).toEqual([]);
    expect(missing(text, ['Long after the period'])).toHaveLength(1);
  });
});

describe('the file', () => {
  it('is readable by its owner alone, replaces what was there and leaves nothing beside it', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'report.pdf');
    writeFileSync(out, 'an older report', { mode: 0o644 });
    const seen: string[] = [];
    const result = unwrap(await createReport(requestOf({ out, onProgress: ({ note }) => seen.push(note) })));
    expect(readFileSync(out).subarray(0, 8).toString('latin1')).toBe('%PDF-1.7');
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['report.pdf']);
    expect(result.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(seen).toContain('Laying out pages');
  });

  it('is not touched when the report is cancelled, at the start or on any page', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'report.pdf');
    writeFileSync(out, 'an older report');
    for (const stopAt of [0, 1, 7]) {
      const cancel = { aborted: stopAt === 0 };
      const onProgress = ({ done, note }: { done: number; note: string }): void => {
        if (note === 'Laying out pages' && done === stopAt) cancel.aborted = true;
      };
      const result = await createReport(requestOf({ out, signal: cancel, onProgress }));
      expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    }
    expect(readFileSync(out, 'utf8')).toBe('an older report');
    expect(readdirSync(folder)).toEqual(['report.pdf']);
  });

  it('fails in one sentence where it cannot be written', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken.pdf'));
    for (const out of [join(folder, 'missing', 'report.pdf'), join(folder, 'taken.pdf')]) {
      const result = await createReport(requestOf({ out }));
      expect(result.ok).toBe(false);
      if (!result.ok) expect(result.error.hint).not.toBe('');
    }
    expect(readdirSync(folder)).toEqual(['taken.pdf']);
  });
});

describe('what is asked', () => {
  it.each([
    [{ zone: 'Mars/Olympus' }, 'time zone'],
    [{ fromDay: '2026-02-30' }, 'not a date'],
    [{ fromDay: '2026-10-01' }, 'before it begins'],
    [{ fromDay: '1999-01-01' }, 'ten years'],
  ])('is refused when it makes no sense: %o', async (more, words) => {
    const result = await createReport(requestOf({ ...more, out: join(temporaryFolder(), 'r.pdf') }));
    expect(result).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    if (!result.ok) expect(result.error.message).toContain(words);
  });

  it('names what is missing when the resources are', async () => {
    const folder = temporaryFolder();
    const result = await createReport(requestOf({ resourcesDir: folder, out: join(folder, 'r.pdf') }));
    expect(result).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('stops where the archive contradicts itself', async () => {
    const sample = sampleQuarter(50, 0);
    const reader = { ...sample.reader, count: () => 51 };
    const result = await createReport(requestOf({ reader, out: join(temporaryFolder(), 'r.pdf') }));
    expect(result).toMatchObject({ ok: false, error: { code: 'integrity' } });
  });
});
