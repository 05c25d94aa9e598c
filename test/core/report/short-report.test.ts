import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { ArchiveWriter } from '../../../src/main/core/archive/writer.ts';
import { checkReport, noteIssued, readIssued } from '../../../src/main/core/report/issued.ts';
import { makeReport } from '../../../src/main/core/report/make-report.ts';
import { reportArchive } from '../../../src/main/core/report/report-archive.ts';
import { planQuery } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { parseQuery } from '../../../src/shared/filter/parse.ts';
import { SHORT_REPORTS, type ShortReport } from '../../../src/shared/report-template.ts';
import { batchOf, newArchive } from '../../support/archive.ts';
import { RESOURCES } from './make.ts';
import { missing, readPdf } from './pdf-text.ts';
import { sampleQuarter } from './sample.ts';

const NOW = Date.UTC(2026, 9, 21, 9, 12, 5);
const PERSON = 'jonas@alfama.example';
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

async function filled(): Promise<ArchiveWriter> {
  const { writer } = await newArchive();
  unwrap(writer.ingest(batchOf(sampleQuarter(1_500, 0).entries)));
  return writer;
}

function make(
  writer: ArchiveWriter,
  template: ShortReport,
  more: { person?: string | null } = {},
): ReturnType<typeof reportArchive> {
  return reportArchive({
    reader: writer,
    resourcesDir: RESOURCES,
    template,
    person: template === 'person' ? PERSON : null,
    fromDay: '2026-08-01',
    toDay: '2026-08-31',
    zone: 'Europe/Lisbon',
    now: NOW,
    ...more,
  });
}

describe.each(SHORT_REPORTS)('%s', (template) => {
  it('counts every list as the archive counts the question beside it, prints each entry, and is the same again', async () => {
    const writer = await filled();
    const made = unwrap(await make(writer, template));
    const pdf = await readPdf(made.bytes);
    const manifest = JSON.parse(Buffer.from(pdf.attachments.get('report.json') ?? []).toString('utf8'));
    const lists = manifest.lists as { id: string; query: string; count: number; sha256: string }[];
    expect(lists.some(({ count }) => count > 0)).toBe(true);
    for (const list of lists) {
      const { ok, ...asked } = parseQuery(list.query.replace(/ ?tz:\S+$/, ''));
      expect(ok, list.query).toBe(true);
      const filter = 'value' in asked ? asked.value : { terms: [] };
      const plan = unwrap(planQuery(filter, 'Europe/Lisbon', NOW));
      expect(writer.count(plan), list.id).toBe(list.count);
      const ids = [...writer.rows(plan)].map((row) => row.id);
      expect(missing(pdf, ids)).toEqual([]);
      expect(missing(pdf, [list.query, list.sha256])).toEqual([]);
      const rows = parse(Buffer.from(pdf.attachments.get(`${list.id}.csv`) ?? []), { columns: true, bom: true });
      const inFile = (rows as Record<string, string>[]).map((row) => row.entry_id ?? '');
      expect([...inFile].sort()).toEqual([...ids].sort());
      expect(sha256(inFile.join('\n'))).toBe(list.sha256);
    }
    expect(pdf.outside).toEqual([]);
    expect(pdf.orphans).toEqual([]);
    expect(pdf.deadLinks).toEqual([]);
    expect(pdf.run).not.toMatch(/complian/i);
    expect(pdf.structure.some((line) => line.startsWith('H1 '))).toBe(true);
    expect(unwrap(await make(writer, template)).sha256).toBe(made.sha256);
  });
});

it('findings taller than a page stand under one heading, and lose nothing that is not said to be cut', async () => {
  const writer = await filled();
  const plan = unwrap(planQuery({ terms: [] }, 'UTC', NOW));
  const rows = [...writer.rows(plan)].filter(({ action, ts }) => action.includes('role') && ts < Date.UTC(2026, 7, 31));
  const words = Array.from({ length: 160 }, (_, i) => `word${i}`).join(' ');
  const made = unwrap(
    await makeReport({
      reader: writer,
      findings: rows.slice(-3).map(({ key, id, ts }, i) => ({
        ...{
          id: `F-${i}`,
          rule: 'role-raised',
          title: 'N'.repeat(300),
          severity: 'high',
          technique: null,
          controls: [],
        },
        ...{ actor: null, address: null, entryIds: [id], entryKeys: [key], first: ts, last: ts },
        why: i === 1 ? 'brief' : `${'w'.repeat(900)} ${words}`.slice(0, 999),
      })),
      rules: [],
      resourcesDir: RESOURCES,
      template: 'permissions',
      fromDay: '2026-07-01',
      toDay: '2026-08-31',
      zone: 'UTC',
      now: NOW,
    }),
  );
  const pdf = await readPdf(made.bytes);
  expect(made.exceptions).toBe(3);
  expect(pdf.outline.filter((title) => title === 'What the rules noticed')).toHaveLength(1);
  expect(pdf.run.match(/(?<![A-Z])N{200}(?!N)/g)).toHaveLength(3);
  expect(missing(pdf, ['brief', 'word0 word1', 'word10'])).toEqual([]);
  expect([pdf.outside, pdf.orphans, pdf.deadLinks]).toEqual([[], [], []]);
});

it('a person nobody knows is refused, and so is a person where none belongs', async () => {
  const writer = await filled();
  expect(await make(writer, 'person', { person: 'nobody@example.com' })).toMatchObject({
    ok: false,
    error: { code: 'not_found', message: expect.stringContaining('nobody@example.com') },
  });
  expect(await make(writer, 'person', { person: null })).toMatchObject({ ok: false, error: { code: 'bad_input' } });
  expect(await make(writer, 'tokens', { person: PERSON })).toMatchObject({ ok: false, error: { code: 'bad_input' } });
});

it('a report that was written down is known again; a changed one, and one of another archive, are not', async () => {
  const writer = await filled();
  const made = unwrap(await make(writer, 'tokens'));
  const { template, person, pages, sha256: hash, population, exceptions, head } = made;
  const period = { from: '2026-08-01', to: '2026-08-31', zone: 'Europe/Lisbon' };
  const facts = { template, person, pages, sha256: hash, population, exceptions, head, ...period };
  unwrap(noteIssued(writer, facts, { by: 'Marta Quintela', at: NOW }));
  expect(readIssued(writer)).toMatchObject([{ ...facts, by: 'Marta Quintela', at: NOW }]);
  expect(checkReport(writer, made.bytes)).toMatchObject({
    sha256: hash,
    known: [{ template: 'tokens' }],
    printed: { sameArchive: true, head: null, inChain: null },
  });
  const changed = Uint8Array.from(made.bytes);
  changed[changed.length - 3] = 0x20;
  expect(checkReport(writer, changed)).toMatchObject({ known: [], printed: { sameArchive: true } });
  const { writer: other } = await newArchive();
  expect(checkReport(other, made.bytes)).toMatchObject({ known: [], printed: { sameArchive: false } });
  expect(checkReport(writer, Buffer.from('%PDF-1.4 something else'))).toMatchObject({ known: [], printed: null });
});

it('the head printed in a report is found in the chain, also after further seals, and another is not', async () => {
  const { writer: sealed } = await newArchive();
  const { entries } = sampleQuarter(300, 0);
  const complete = (day: string, served: number) =>
    ({ kind: 'day', day, state: 'complete', served, checkedAt: NOW, note: null }) as const;
  unwrap(sealed.ingest({ ...batchOf(entries.slice(0, 200)), ledger: [complete('2026-07-01', 2)] }));
  unwrap(sealed.seal(NOW));
  const made = unwrap(
    await reportArchive({
      reader: sealed,
      resourcesDir: RESOURCES,
      template: 'permissions',
      fromDay: '2026-07-01',
      toDay: '2026-09-30',
      zone: 'UTC',
      now: NOW,
    }),
  );
  expect(made.head).toMatch(/^[0-9a-f]{64}$/);
  unwrap(sealed.ingest({ ...batchOf(entries.slice(200)), ledger: [complete('2026-07-02', 2)] }));
  unwrap(sealed.seal(NOW + 1000));
  expect(sealed.head()?.hash).not.toBe(made.head);
  expect(checkReport(sealed, made.bytes).printed).toEqual({ sameArchive: true, head: made.head, inChain: true });
  const text = Buffer.from(made.bytes)
    .toString('latin1')
    .replaceAll(`head=${made.head}`, `head=${'0'.repeat(64)}`);
  expect(checkReport(sealed, Buffer.from(text, 'latin1')).printed).toMatchObject({ inChain: false });
});
