import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import { FACT_WIDTH, facts, kept, leadText, numbered, paragraph, type Sheet, spanCell, styled } from '../blocks.ts';
import { barsOf, volumeInWords, volumeStrip } from '../charts.ts';
import { completenessStatement } from '../completeness.ts';
import { documentOf, footerOf } from '../document.ts';
import { ENTRY_HEADS, ENTRY_WIDTHS, entryRow } from '../entry-rows.ts';
import { counted, dayRange, groupedHash, number, stamp, zoneText } from '../format.ts';
import { MARK } from '../front-matter.ts';
import { integrityFacts } from '../integrity.ts';
import { severityMark } from '../marks.ts';
import { keywordsOf } from '../printed.ts';
import type { Typesetter } from '../runs.ts';
import type { ReportFinding } from '../set-aside.ts';
import { decisionText } from '../set-aside-tables.ts';
import { columnWidths, listTables } from '../tables.ts';
import { tagged, taggedHeadings } from '../tagging.ts';
import { CONTENT_WIDTH, DENSE, INK, SIZE } from '../theme.ts';
import type { ShortListModel, ShortModel } from './short-model.ts';

type ShortSheet = Sheet & { readonly model: ShortModel };

const MOST_TALLIES = 40;
const MOST_FINDINGS = 500;

/** A short report as a pdfmake definition: a first page with everything in figures, then the lists. */
export function shortPages(model: ShortModel, reportHash: string, set: Typesetter): TDocumentDefinitions {
  const sheet: ShortSheet = { model, set };
  const range = dayRange(model.period.fromDay, model.period.toDay);
  const subject = model.subject === null ? '' : `, ${model.subject}`;
  const about = {
    title: `${model.name}${subject}: ${model.organisation}, ${range}`,
    subject: `${model.title}, ${range}`,
    organisation: model.organisation,
    keywords: keywordsOf(model.archive.id, model.head, reportHash),
    made: model.generatedAt,
  };
  const words = `${model.organisation} · ${model.name} · confidential`;
  return documentOf(about, footerOf(set, words, model.head), [
    ...tagged(firstPage(sheet, reportHash)),
    ...model.lists.flatMap((list) => taggedHeadings(listPages(sheet, list))),
    ...taggedHeadings(findingPages(sheet)),
    ...tagged(limits(sheet)),
  ]);
}

function firstPage(sheet: ShortSheet, reportHash: string): Content[] {
  const { model, set } = sheet;
  const { period, lists, coverage } = model;
  const mono = (text: string, size = 7.4): Content => styled(sheet, text, { mono: true, size, width: FACT_WIDTH });
  const total = lists.reduce((sum, list) => sum + list.population.count, 0);
  return [
    {
      columns: [
        { svg: MARK, width: 20 },
        { text: 'Logbook', bold: true, fontSize: 9.8, margin: [8, 3, 0, 0] },
      ],
    },
    { text: model.name, bold: true, color: INK.accent, fontSize: 9, margin: [0, 26, 0, 4] },
    { text: model.title, style: 'h1', margin: [0, 0, 100, 8] },
    ...(model.subject === null
      ? []
      : [
          {
            text: set(model.subject, { size: 12, width: CONTENT_WIDTH, most: 200, direction: 'auto', bold: true }),
            fontSize: 12,
            bold: true,
            margin: [0, 0, 0, 3],
          } as Content,
        ]),
    {
      text: set(model.organisation, { size: 10.2, width: CONTENT_WIDTH, most: 120, direction: 'auto' }),
      fontSize: 10.2,
      color: INK.text2,
    },
    {
      text: `${dayRange(period.fromDay, period.toDay)}, ${zoneText(period.zone, period.fromMs, period.toMs)}`,
      fontSize: 10.2,
      color: INK.text2,
      margin: [0, 1, 0, 12],
    },
    leadText(`${model.lead} ${total === 0 ? 'There is no such entry in the period.' : ''}`.trim()),
    facts([
      ...lists.map((list): [string, Content] => [
        list.title,
        { text: counted(list.population.count, 'entry', 'entries'), linkToDestination: list.id },
      ]),
      ['Findings', counted(model.findings.length, 'finding names one of them', 'findings name one of them')],
      ['Coverage', completenessStatement(coverage)],
      ...integrityFacts(model.integrity, period.zone).map(([term, text]): [string, Content] => [
        term,
        styled(sheet, text, { width: FACT_WIDTH, most: 400 }),
      ]),
      ['Generated', stamp(model.generatedAt, period.zone)],
      ['Chain head', model.head === null ? 'not sealed yet' : mono(groupedHash(model.head))],
      [
        'Report hash',
        { stack: [mono(groupedHash(reportHash)), { text: 'SHA-256 of report.json, inside this PDF', style: 'fine' }] },
      ],
    ]),
  ];
}

function listPages(sheet: ShortSheet, list: ShortListModel): Content[] {
  const { model } = sheet;
  const { period } = model;
  const { population, question, entries } = list;
  const mono = (text: string): Content => styled(sheet, text, { mono: true, size: 7.2, width: FACT_WIDTH, most: 900 });
  const asked = question === '' ? '' : ` '${question.replaceAll("'", "'\\''")}'`;
  const bars = barsOf(list.byDay);
  const more = population.count - entries.length;
  const head: Content[] = [
    { text: list.title, style: 'h2', id: list.id, outline: true, margin: [0, 22, 0, 6] } as Content,
    facts([
      ['Question', mono(population.query)],
      [
        'Count again with',
        mono(`logbook count${asked} --from ${period.fromDay} --to ${period.toDay} --tz ${period.zone}`),
      ],
      ['Entries', number(population.count)],
      ['SHA-256 of the ids', mono(population.sha256)],
    ]),
  ];
  if (population.count === 0) return [{ unbreakable: true, stack: head }];
  return [
    {
      unbreakable: true,
      stack: [
        ...head,
        {
          svg: volumeStrip(bars, new Set(), 30),
          alt: volumeInWords(bars),
          margin: [0, 8, 0, 2],
        } as Content,
        { text: `Entries per ${bars.unit}, ${dayRange(period.fromDay, period.toDay)}`, style: 'fine' },
      ],
    },
    ...tallyTable(
      sheet,
      'By action',
      'What',
      list.byAction.map((one) => [one.phrase, one.value, one.count]),
    ),
    ...(list.byPerson.length > 1
      ? tallyTable(
          sheet,
          'By whom',
          'Who',
          list.byPerson.map((one) => [one.value, null, one.count]),
        )
      : []),
    ...listTables({
      title: { text: 'Entries', style: 'h3', margin: [0, 12, 0, 2] },
      head: ENTRY_HEADS,
      widths: ENTRY_WIDTHS,
      rows: entries.map((entry) => entryRow(sheet, entry)),
    }),
    ...(more > 0
      ? [paragraph(`${counted(more, 'further entry', 'further entries')} in ${list.file.name}, inside this PDF.`, 5)]
      : []),
  ];
}

type Counted = readonly [value: string, code: string | null, count: number];

function tallyTable(sheet: ShortSheet, title: string, what: string, rows: readonly Counted[]): Content[] {
  const rest = rows.slice(MOST_TALLIES);
  return [
    ...listTables({
      title: { text: title, style: 'h3', margin: [0, 12, 0, 2] },
      head: [what, '', 'Entries'],
      widths: ['*', 200, 60],
      right: [2],
      layout: DENSE,
      rows: rows
        .slice(0, MOST_TALLIES)
        .map(([value, code, count]): TableCell[] => [
          styled(sheet, value, { size: SIZE.cell, width: 190, most: 160 }) as TableCell,
          code === null || code === value
            ? { text: '' }
            : (styled(sheet, code, { size: 6.8, width: 196, most: 160, mono: true }) as TableCell),
          { text: number(count) },
        ]),
    }),
    ...(rest.length > 0
      ? [
          paragraph(
            `${number(rest.length)} more with ${counted(
              rest.reduce((sum, [, , count]) => sum + count, 0),
              'entry',
              'entries',
            )} in all.`,
            4,
          ),
        ]
      : []),
  ];
}

const FINDING_WIDTHS = ['*', 150, 86] as const;

function findingPages(sheet: ShortSheet): Content[] {
  const { findings, period } = sheet.model;
  const heading = {
    text: 'What the rules noticed',
    style: 'h2',
    id: 'findings',
    outline: true,
    margin: [0, 22, 0, 6],
  } as Content;
  if (findings.length === 0) return [kept([heading, paragraph('No rule noticed anything about these entries.')])];
  const [what, said] = columnWidths(FINDING_WIDTHS);
  const more = findings.length - MOST_FINDINGS;
  return [
    ...listTables({
      title: heading,
      head: ['What happened', 'What was said of it', 'First and last'],
      widths: FINDING_WIDTHS,
      rows: findings
        .slice(0, MOST_FINDINGS)
        .map((finding): TableCell[] => [
          { stack: findingCell(sheet, finding, what ?? 200) },
          styled(sheet, saidOf(finding, period.zone), { size: SIZE.cell, width: said ?? 150, most: 600 }) as TableCell,
          { stack: spanCell(finding.first, finding.last, period.zone) },
        ]),
    }),
    ...(more > 0 ? [paragraph(`${counted(more, 'further finding', 'further findings')} in findings.csv.`, 4)] : []),
  ];
}

function findingCell(sheet: ShortSheet, finding: ReportFinding, width: number): Content[] {
  return [
    {
      columns: [
        { ...(severityMark(finding.severity) as object), width: 13, margin: [0, 1.6, 0, 0] } as Content,
        styled(sheet, finding.title, { size: SIZE.cell, width: width - 14, bold: true, most: 200 }),
      ],
    } as Content,
    styled(sheet, finding.why, { size: SIZE.cell, width, most: 1_000 }),
    styled(sheet, `${finding.severity}, ${finding.rule}`, { size: SIZE.fine, width, most: 200, color: INK.text3 }),
  ];
}

function saidOf(finding: ReportFinding, zone: string): string {
  if ((finding.state?.suppression ?? null) !== null) return 'Suppressed: somebody asked not to be shown it.';
  return decisionText(finding, zone) ?? 'Nothing yet.';
}

function limits(sheet: ShortSheet): Content[] {
  const { model } = sheet;
  return [
    kept([
      {
        text: 'What this cannot show',
        style: 'h2',
        id: 'limits',
        outline: true,
        margin: [0, 22, 0, 6],
      } as Content,
      numbered(sheet, [
        ...model.cannotShow,
        'The archive holds what Jetty reports. What Jetty does not log is not in it.',
        'A rule finds what it looks for; nothing noticed is no proof that nothing happened.',
      ]),
    ]),
  ];
}
