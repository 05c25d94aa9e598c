import type { Content, TableCell } from 'pdfmake/interfaces';
import type { Desk, SectionHead } from './blocks.ts';
import { exceptionName, paragraph, sectionHead, styled } from './blocks.ts';
import { ENTRY_HEADS, ENTRY_WIDTHS, entryRow } from './entry-rows.ts';
import { counted, localTime, number } from './format.ts';
import type { ReportException } from './model.ts';
import { columnWidths, listTables } from './tables.ts';
import { DENSE, SIZE } from './theme.ts';

export const MOST_EXCEPTIONS = 250;
const MOST_EXCEPTION_ENTRIES = 1_000;

/** Appendix: for every exception the entries behind it. */
export function exceptionEntries(desk: Desk, head: SectionHead): Content[] {
  const { model } = desk;
  const total = model.exceptions.reduce((sum, exception) => sum + exception.entries.length, 0);
  const out = sectionHead(
    head,
    total === 0
      ? 'There is no exception, and so no entry behind one.'
      : `${counted(total, 'entry', 'entries')}, by exception and in order of time. Times are in ${model.period.zone}.`,
  );
  let room = MOST_EXCEPTION_ENTRIES;
  const inFileOnly: ReportException[] = [];
  for (const exception of model.exceptions.slice(0, MOST_EXCEPTIONS)) {
    const shown = exception.entries.slice(0, Math.max(0, room));
    if (shown.length === 0) {
      inFileOnly.push(exception);
      continue;
    }
    room -= shown.length;
    const title = {
      text: desk.set(`${exceptionName(exception)}  ${exception.finding.severity}  ${exception.finding.title}`, {
        size: 9.8,
        width: 480,
        most: 160,
        bold: true,
      }),
      style: 'h3',
      margin: [0, 9, 0, 1],
    } as Content;
    const rows = shown.map((entry) => entryRow(desk, entry));
    out.push(
      ...listTables({ title, target: appendixTarget(exception), head: ENTRY_HEADS, widths: ENTRY_WIDTHS, rows }),
    );
    const left = exception.entries.length - shown.length;
    if (left > 0) {
      out.push(
        paragraph(
          `${counted(left, 'further entry', 'further entries')} of ${exceptionName(exception)} in exception-entries.csv, inside this PDF.`,
          4,
        ),
      );
    }
  }
  out.push(...entriesInFile(desk, inFileOnly));
  if (model.exceptions.length > MOST_EXCEPTIONS) out.push(paragraph(beyond(model.exceptions), 8));
  return out;
}

/** A row for each exception of which no entry is printed, for the links to lead to. */
function entriesInFile(desk: Desk, rest: readonly ReportException[]): Content[] {
  if (rest.length === 0) return [];
  const { zone } = desk.model.period;
  const widths = [30, 44, '*', 46, 118] as const;
  const width = columnWidths(widths)[2] ?? 180;
  return listTables({
    title: {
      stack: [
        { text: 'Entries in exception-entries.csv alone', style: 'h3', margin: [0, 12, 0, 0] },
        paragraph('The file is inside this PDF and names the exception of each entry.', 2),
      ],
    },
    head: ['No.', 'Severity', 'Exception', 'Entries', 'First and last'],
    widths,
    right: [3],
    layout: DENSE,
    rows: rest.map((exception): TableCell[] => [
      { text: exceptionName(exception), id: appendixTarget(exception), bold: true } as TableCell,
      { text: exception.finding.severity },
      styled(desk, exception.finding.title, { size: SIZE.cell, width, most: 160 }) as TableCell,
      { text: number(exception.entries.length) },
      { text: daysOf(exception, zone) },
    ]),
  });
}

function daysOf({ finding }: ReportException, zone: string): string {
  const [first, last] = [dayOf(finding.first, zone), dayOf(finding.last, zone)];
  return first === last ? first : `${first} – ${last}`;
}

export function dayOf(ms: number, zone: string): string {
  return localTime(ms, zone).date;
}

export function entriesOf(exceptions: readonly ReportException[]): number {
  return exceptions.reduce((sum, one) => sum + one.entries.length, 0);
}

/** `E-301 to E-2,560, with 40,210 entries, are …`: what is in the files alone. */
export function beyond(all: readonly ReportException[]): string {
  const rest = all.slice(MOST_EXCEPTIONS);
  const [first, last] = [rest[0], rest.at(-1)];
  if (first === undefined || last === undefined) return '';
  const names = rest.length === 1 ? exceptionName(first) : `${exceptionName(first)} to ${exceptionName(last)}`;
  return `${names}, with ${counted(entriesOf(rest), 'entry', 'entries')}, ${rest.length === 1 ? 'is' : 'are'} in exceptions.csv and exception-entries.csv, inside this PDF.`;
}

export function appendixTarget(exception: ReportException): string {
  return `entries-${exception.number}`;
}
