import type { Content, TableCell } from 'pdfmake/interfaces';
import type { CaseSummary } from '../../../shared/case-schema.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { CaseBook } from '../investigation/case-book.ts';
import { listCases } from '../investigation/read-cases.ts';
import { type Desk, exceptionName, headed, marked, paragraph, styled } from './blocks.ts';
import { counted, stamp } from './format.ts';
import { severityMark } from './marks.ts';
import type { ReportModel, ReportPeriod } from './model.ts';
import { columnWidths, listTables } from './tables.ts';
import { SIZE } from './theme.ts';

/** Cases that were opened in the period or whose timeline touches it, in the order in which they were opened. */
export function casesOf(reader: Pick<ArchiveReader, 'journal'>, { fromMs, toMs }: ReportPeriod): CaseSummary[] {
  return listCases(new CaseBook().refresh(reader))
    .filter(({ openedAt, first, last }) => {
      const opened = openedAt >= fromMs && openedAt <= toMs;
      return opened || (first !== null && last !== null && first <= toMs && last >= fromMs);
    })
    .sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
}

const WIDTHS = ['*', 62, 112, 190] as const;

/** What was escalated, and the cases of the period: where each stands, when it was noticed and contained, and its deadlines. */
export function incidents(desk: Desk): Content[] {
  const { cases } = desk.model;
  if (cases.length === 0) {
    const none = 'No case of this archive touches the period.';
    return [headed('Incidents', paragraph(`${escalatedOf(desk.model)} ${none}`))];
  }
  const widths = columnWidths(WIDTHS);
  return [
    headed(
      'Incidents',
      paragraph(
        `${escalatedOf(desk.model)} ${counted(cases.length, 'case touches', 'cases touch')} the period. Each has a report of its own, with timeline, scope and remedies.`,
      ),
    ),
    ...listTables({
      head: ['Case', 'Status', 'First and last sign', 'Noticed, contained, closed, deadlines'],
      widths: WIDTHS,
      rows: cases.map((one) => caseRow(desk, one, widths)),
    }),
  ];
}

function escalatedOf({ exceptions, period }: ReportModel): string {
  const escalated = exceptions.filter(({ finding }) => finding.state?.status === 'escalated');
  if (escalated.length === 0) return 'No exception of the period was escalated.';
  const since = (one: (typeof escalated)[number]): string =>
    `${exceptionName(one)} (since ${stamp(one.finding.state?.decision?.at ?? one.finding.last, period.zone)})`;
  return `Escalated: ${escalated.map(since).join(', ')}.`;
}

function caseRow(desk: Desk, one: CaseSummary, widths: readonly number[]): TableCell[] {
  const { zone } = desk.model.period;
  const at = (ms: number | null): string => (ms === null ? 'not said' : stamp(ms, zone));
  const fine = (text: string, width: number): Content => styled(desk, text, { size: SIZE.fine, width, most: 300 });
  const wide = widths[0] ?? 150;
  const times = [
    `Noticed ${at(one.aware)}`,
    `Contained ${at(one.contained)}`,
    one.closed === null ? 'Not closed' : `Closed ${at(one.closed)}`,
    ...one.clocks.map(({ name, dueAt, met }) =>
      met === null ? `${name}: due ${at(dueAt)}, not met yet` : `${name}: met ${at(met.at)}, ${met.note}`,
    ),
  ];
  return [
    {
      stack: [
        marked(
          severityMark(one.severity),
          styled(desk, `${one.id} ${one.title}`, { size: SIZE.cell, width: wide - 14, bold: true, most: 200 }),
        ),
        fine(`${counted(one.events, 'event', 'events')}${one.lead === null ? '' : `, led by ${one.lead}`}`, wide),
      ],
    },
    { text: one.status },
    { stack: one.first === null ? [] : [fine(at(one.first), 112), fine(at(one.last), 112)] },
    { stack: times.map((text) => fine(text, widths[3] ?? 190)) },
  ];
}
