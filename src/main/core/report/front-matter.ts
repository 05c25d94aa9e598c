import type { Content, TableCell } from 'pdfmake/interfaces';
import type { Attachment } from './attachment.ts';
import type { Desk, SectionHead } from './blocks.ts';
import { exceptionsInWords, FACT_WIDTH, facts, statesInWords, styled } from './blocks.ts';
import { barsOf, volumeInWords, volumeStrip } from './charts.ts';
import { capital, counted, dayRange, groupedHash, shortDay, stamp, zoneText } from './format.ts';
import { verifiedWords } from './integrity.ts';
import { CONTENT_WIDTH, INK, PAGE, SIZE } from './theme.ts';

// The ship's log chip, ruled like a page: Logbook's mark.
export const MARK =
  '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1D4256"/><path d="M9 24.2V8.6c0-.5.4-.9.9-.9C18.6 7.7 25 14.6 25 23.3c0 .5-.4.9-.9.9Z" fill="#F3F7FA"/><path d="M12.4 13.4h4.2M12.4 17h7.6M12.4 20.6h9" stroke="#1D4256" stroke-width="1.7" stroke-linecap="round" fill="none"/></svg>';

/** First page: whose log, which period, how much, how complete. */
export function cover(desk: Desk): Content[] {
  const { model, set } = desk;
  const { period, population, coverage } = model;
  const incomplete = new Set(coverage.days.filter((d) => d.state !== 'complete').map((d) => d.day));
  const bars = barsOf(model.activity.byDay);
  const states = coverage.states;
  const open = coverage.days.length - states.complete;
  const completeness =
    open === 0
      ? `all ${counted(coverage.days.length, 'day', 'days')} complete`
      : `${open} of ${counted(coverage.days.length, 'day', 'days')} not complete`;
  const criteria = model.criteria.map((c) => c.id).join(', ');
  return [
    {
      columns: [
        { svg: MARK, width: 20 },
        { text: 'Logbook', bold: true, fontSize: 9.8, margin: [8, 3, 0, 0] },
      ],
    },
    { text: `${model.framework} evidence report`, bold: true, color: INK.accent, fontSize: 9, margin: [0, 142, 0, 5] },
    { text: model.title, style: 'h1', margin: [0, 0, 150, 9] },
    {
      text: set(model.organisation, { size: 11.2, width: CONTENT_WIDTH, most: 120, direction: 'auto' }),
      fontSize: 11.2,
      color: INK.text2,
    },
    {
      text: `${dayRange(period.fromDay, period.toDay)}, ${zoneText(period.zone, period.fromMs, period.toMs)}`,
      fontSize: 11.2,
      color: INK.text2,
      margin: [0, 1, 0, 36],
    },
    { svg: volumeStrip(bars, incomplete), alt: volumeInWords(bars) } as Content,
    {
      columns: [
        { text: shortDay(period.fromDay, false), width: '*' },
        { text: `entries per ${bars.unit}, ${completeness}`, alignment: 'center', width: 'auto' },
        { text: shortDay(period.toDay), alignment: 'right', width: '*' },
      ],
      style: 'fine',
      margin: [0, 4, 0, 28],
    },
    facts([
      [capital(model.term.many), `${criteria} (${model.edition})`],
      ['Population', `${counted(population.count, 'entry', 'entries')} over ${counted(period.days, 'day', 'days')}`],
      ['Coverage', `${counted(coverage.days.length, 'UTC day', 'UTC days')}: ${statesInWords(model)}`],
      ['Result', exceptionsInWords(model.exceptions)],
      ['Verified', verifiedWords(model.integrity, period.zone)],
      ['Generated', stamp(model.generatedAt, period.zone)],
      ['Signed by', styled(desk, signedBy(model), { size: SIZE.body, width: FACT_WIDTH, most: 300 })],
      [
        'Chain head',
        model.head === null
          ? 'not sealed yet'
          : styled(desk, groupedHash(model.head), { mono: true, size: 7.6, width: FACT_WIDTH }),
      ],
      [
        'Report hash',
        {
          stack: [
            styled(desk, groupedHash(desk.reportHash), { mono: true, size: 7.6, width: FACT_WIDTH }),
            { text: 'SHA-256 of report.json, inside this PDF', style: 'fine' },
          ],
        },
      ],
    ]),
    {
      text: 'This report lists what the archive holds and how complete it is. It is evidence in support of an examination, not the opinion of a service auditor. Every figure can be counted again from the archive.',
      style: 'fine',
      absolutePosition: { x: PAGE.left, y: PAGE.height - PAGE.bottom - 28 },
      margin: [0, 0, 110, 0],
    },
  ];
}

function signedBy({ review, period }: Desk['model']): string {
  if (review === null) return 'Preparer and reviewer, on the sign-off page';
  const { id, signatures } = review.detail;
  if (signatures.length === 0) return `Nobody yet (review ${id})`;
  return signatures.map(({ role, name, at }) => `${name}, ${role}, ${stamp(at, period.zone)}`).join('; ');
}

/** Second page: the sections with their pages, each a link, and the files inside the PDF. */
export function contents(desk: Desk, sections: readonly SectionHead[]): Content[] {
  const rows = sections.map(({ id, mark, title }): TableCell[] => [
    { text: mark, color: INK.text3, linkToDestination: id },
    { text: title, linkToDestination: id },
    { text: [{ pageReference: id }], alignment: 'right', linkToDestination: id } as TableCell,
  ]);
  return [
    { text: 'Contents', style: 'h2', pageBreak: 'before', outline: true, margin: [0, 10, 0, 10] } as Content,
    {
      layout: {
        hLineWidth: (i) => (i === 0 ? 0 : 0.5),
        hLineColor: () => INK.line,
        vLineWidth: () => 0,
        paddingLeft: () => 0,
        paddingRight: () => 0,
        paddingTop: () => 5.5,
        paddingBottom: () => 5.5,
      },
      fontSize: 9.6,
      table: { widths: [26, '*', 40], body: rows },
    },
    { text: 'Files inside this PDF', style: 'h3', margin: [0, 26, 0, 4] },
    {
      text: 'What is cut in print is whole in these files. A PDF reader lists them as attachments; section 11 has their hashes.',
      style: 'body',
      margin: [0, 0, 0, 6],
    },
    facts(desk.attachments.map((file) => [file.name, `${file.description}${rowsOf(file)}`])),
  ];
}

/** `, 12 rows`; nothing where a file is no table. */
export function rowsOf({ rows }: Attachment): string {
  return rows === null ? '' : `, ${counted(rows, 'row', 'rows')}`;
}
