import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { number, shortDay } from '../../../src/main/core/report/format.ts';
import type { ReportModel } from '../../../src/main/core/report/model.ts';
import type { RenderedPdf } from '../../../src/main/core/report/pdf.ts';
import { CATEGORY_NAME } from '../../../src/main/core/report/theme.ts';
import { CATEGORIES } from '../../../src/shared/action.ts';
import { temporaryFolder } from '../../support/ports.ts';
import { HEAD, modelOf, render } from './make.ts';
import { type PdfText, readPdf, squeezed } from './pdf-text.ts';
import { sampleQuarter } from './sample.ts';

const run = promisify(execFile);
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

describe('a quarter as a SOC 2 report', () => {
  let model: ReportModel;
  let pdf: RenderedPdf;
  let text: PdfText;
  const shows = (...parts: (string | number)[]): void => {
    expect(text.run).toContain(
      squeezed(parts.map((part) => (typeof part === 'number' ? number(part) : part)).join('')),
    );
  };

  beforeAll(async () => {
    model = modelOf(sampleQuarter(2_400));
    pdf = await render(model);
    text = await readPdf(pdf.bytes);
  });

  it('prints every entry of every exception and every privileged change', () => {
    const entries = [
      ...model.exceptions.flatMap((exception) => exception.entries),
      ...model.privileged.groups.flatMap((group) => group.entries),
    ];
    expect(entries.length).toBeGreaterThan(80);
    expect(entries.filter((entry) => !text.run.includes(entry.id))).toEqual([]);
  });

  it('prints each exception with its reason, rule, technique and severity', () => {
    expect(model.exceptions.map((e) => e.number)).toEqual(model.exceptions.map((_, i) => i + 1));
    for (const { number: n, finding, entries } of model.exceptions) {
      shows(
        `E-${n}`,
        finding.title,
        finding.why,
        `${number(entries.length)} ${entries.length === 1 ? 'entry' : 'entries'}, appendix A`,
      );
      shows(`E-${n}`, finding.severity, finding.title);
      shows(
        finding.rule,
        'version 3',
        finding.technique === null ? '' : `${finding.technique.id}${finding.technique.name}`,
      );
    }
  });

  it('prints the population with its query, ends and hash', () => {
    const { population } = model;
    shows('Entries', population.count, 'First entry');
    shows('from:2026-07-01 to:2026-09-30 tz:Europe/Lisbon');
    shows(population.first?.id ?? 'nothing');
    shows('SHA-256 of the ids', population.sha256);
    shows('2026-06-30T23:00:00.000Z to 2026-09-30T22:59:59.999Z');
  });

  it('prints the counts by category, action and day as the model has them', () => {
    const { byAction, byCategory, byDay } = model.activity;
    for (const category of CATEGORIES) shows(CATEGORY_NAME[category], byCategory[category]);
    for (const action of byAction) shows(action.action, CATEGORY_NAME[action.category], action.count);
    for (const day of byDay) shows(shortDay(day.day), ...CATEGORIES.map((c) => day.byCategory[c]), day.total);
    expect(byDay).toHaveLength(92);
  });

  it('prints the state of every day of the ledger', () => {
    for (const { day, state, served, stored } of model.coverage.days) {
      shows(shortDay(day), state, served === null ? 'unknown' : served, stored);
    }
    const { states } = model.coverage;
    expect(states).toEqual({ complete: 85, partial: 1, lost: 2, pending: 1, imported: 4 });
    shows('85 of 93', 'days complete');
    shows('3 September 2026 is partial');
  });

  it('prints each criterion with its figures and each rule with its version', () => {
    for (const c of model.criteria) {
      const n = c.exceptions.length;
      const result =
        n > 0 ? (n === 1 ? 'exception' : 'exceptions') : c.rules.length > 0 ? 'no exception' : 'listed, no rule';
      shows(c.id, c.looksAt, c.entries, n, result);
      shows(c.title, c.shows);
      shows(c.cannotShow);
    }
    const bearsOn = (id: string) =>
      model.criteria
        .filter((one) => one.rules.includes(id) && !one.everyRule)
        .map((one) => one.id)
        .join(', ');
    const [found, quiet] = [true, false].map((is) => model.rules.filter(({ noticed }) => noticed > 0 === is));
    expect([found?.length, quiet?.length]).toEqual([5, 1]);
    for (const { rule, noticed, exceptions } of found ?? []) {
      shows(rule.title, rule.description, rule.id, rule.severity);
      if (rule.technique === null) shows(bearsOn(rule.id), rule.version, noticed, exceptions);
    }
    for (const { rule } of quiet ?? []) {
      shows(rule.title, rule.id, rule.severity, bearsOn(rule.id), rule.technique?.id ?? '', rule.version);
    }
    for (const sentence of [...model.blindSpots, ...model.method]) shows(sentence);
  });

  it('mentions what happened after the period without counting it', () => {
    expect(model.afterPeriod.map((finding) => finding.id)).toEqual(['finding-after']);
    shows('Events after the period', '14 Oct 2026, 03:12:00 +01:00');
    expect(model.exceptions.some((e) => e.finding.id === 'finding-after')).toBe(false);
  });

  it('carries title, language, outline, working links, page numbers and the chain head', () => {
    expect(text.title).toBe('SOC 2 evidence report: Alfama Systems · production, 1 July – 30 September 2026');
    expect(text.language).toBe('en');
    expect(text.outline.slice(0, 3)).toEqual(['Contents', 'Management summary', 'Scope, period and population']);
    expect(text.deadLinks).toEqual([]);
    expect(text.links).toBeGreaterThan(model.exceptions.length);
    text.pages.forEach((page, i) => {
      expect(squeezed(page)).toContain(
        squeezed(`confidential chain head 2f9a 60c4 … b6d2 7713 ${i + 1} of ${pdf.pages}`),
      );
    });
    shows(HEAD);
  });

  it('keeps the days that are not complete with the calendar, and the provenance in one piece', () => {
    for (const [last, first] of [
      ['Days that are not complete', 'Coverage is kept by UTC day'],
      ['Generated21 Oct 2026', 'Entries in it'],
    ] as const) {
      const pages = text.pages.map(squeezed).filter((page) => page.includes(squeezed(last)));
      expect(pages.filter((page) => page.includes(squeezed(first)))).toHaveLength(1);
    }
  });

  it('leads from each exception to the page its entries begin on', () => {
    for (const { number: n, finding } of model.exceptions) {
      const referred = new RegExp(
        `E-${n}${squeezed(finding.title).replace(/\W/g, '.')}.{0,400}?appendixA,page(\\d+)`,
      ).exec(text.run);
      const begins = text.pages.findIndex((page) =>
        squeezed(page).includes(squeezed(`E-${n} ${finding.severity} ${finding.title}`)),
      );
      expect([n, Number(referred?.[1])]).toEqual([n, begins + 1]);
    }
  });

  it('keeps every text within the margins', () => {
    expect(text.outside).toEqual([]);
    expect(text.orphans).toEqual([]);
  });

  it('never speaks of compliance', () => {
    expect(text.run.match(/complian\w*/i)).toBeNull();
    shows('evidence in support of');
  });

  it('holds what was cut, whole, in files whose hashes it prints', () => {
    expect([...text.attachments.keys()].sort()).toEqual([
      'access.csv',
      'coverage.csv',
      'exception-entries.csv',
      'exceptions.csv',
      'population.csv',
      'privileged-changes.csv',
      'report.json',
      'rules.csv',
      'triage.csv',
    ]);
    const read = (name: string): Record<string, string>[] =>
      parse(Buffer.from(text.attachments.get(name) ?? []), { columns: true, bom: true });
    expect(read('exceptions.csv').map((row) => [row.exception, row.why, row.entries])).toEqual(
      model.exceptions.map(({ number: n, finding, entries }) => [`E-${n}`, finding.why, String(entries.length)]),
    );
    expect(
      read('rules.csv').map((row) => [row.rule, row.version, row.description, row.findings, row.exceptions]),
    ).toEqual(
      model.rules.map(({ rule, noticed, exceptions }) =>
        [rule.id, rule.version, rule.description, noticed, exceptions].map(String),
      ),
    );
    expect(read('exception-entries.csv').map((row) => [row.exception, row.entry_id])).toEqual(
      model.exceptions.flatMap(({ number: n, entries }) => entries.map((entry) => [`E-${n}`, entry.id])),
    );
    expect(read('privileged-changes.csv')).toHaveLength(model.privileged.total);
    const { start, end } = model.access;
    expect(start.length + end.length).toBeGreaterThan(10);
    expect(read('access.csv')).toHaveLength(start.length + end.length);
    expect(read('coverage.csv')).toHaveLength(93);
    const ids = read('population.csv').map((row) => row.entry_id ?? '');
    expect(ids).toHaveLength(model.population.count);
    expect(sha256(ids.join('\n'))).toBe(model.population.sha256);
    expect(read('exception-entries.csv').some((row) => row.actor_name === 'x'.repeat(300))).toBe(true);
  });

  it('prints the hash of report.json, which has the hash of every other file inside', () => {
    const manifest = Buffer.from(text.attachments.get('report.json') ?? []);
    shows('Report hash', sha256(manifest));
    const { files, population, archive } = JSON.parse(manifest.toString('utf8'));
    expect(archive.head).toBe(HEAD);
    expect(population.sha256).toBe(model.population.sha256);
    const inside = [...text.attachments].filter(([name]) => name !== 'report.json');
    expect(inside).toHaveLength(8);
    for (const [name, bytes] of inside) {
      expect(files).toContainEqual(expect.objectContaining({ name, sha256: sha256(bytes) }));
    }
  });

  it('has headings, cells, figures in words and running text in a structure tree, and no footer', () => {
    expect(text.structure).toContain('H1 Access and change activity in Jetty');
    for (const title of text.outline) expect(text.structure).toContain(`H2 ${title}`);
    expect(text.structure).toContain('TH What was looked at');
    expect(text.structure.filter((line) => line.startsWith('Figure '))).not.toContain('Figure ');
    const read = squeezed(text.structure.join(' '));
    for (const { cannotShow } of model.criteria) expect(read).toContain(squeezed(cannotShow));
    for (const { entries } of model.exceptions) for (const { id } of entries) expect(read).toContain(id);
    expect(read).not.toContain('confidential');
  });

  it('is the same file from the same model, in another process and another time zone too', async () => {
    const again = await render(modelOf(sampleQuarter(2_400)));
    expect(again.sha256).toBe(pdf.sha256);
    expect(Buffer.compare(again.bytes, pdf.bytes)).toBe(0);
    const script = `
      import { modelOf, render } from ${JSON.stringify(join(import.meta.dirname, 'make.ts'))};
      import { sampleQuarter } from ${JSON.stringify(join(import.meta.dirname, 'sample.ts'))};
      process.stdout.write((await render(modelOf(sampleQuarter(2_400)))).sha256);`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ: 'Asia/Tokyo', LANG: 'ja_JP.UTF-8' },
    });
    expect(stdout).toBe(pdf.sha256);
  });

  it('is sound PDF in the eyes of qpdf', async (context) => {
    const file = join(temporaryFolder(), 'report.pdf');
    await writeFile(file, pdf.bytes);
    const found = await run('qpdf', ['--version']).catch(() => null);
    if (found === null) {
      context.annotate('qpdf is not on this machine: the structure of the PDF was not checked', 'warning');
      console.warn('qpdf is not on this machine: the structure of the PDF was not checked');
      return;
    }
    const { stdout } = await run('qpdf', ['--check', file]);
    expect(stdout).toContain('No syntax or stream encoding errors found');
  });
});
