import type { Content, TableCell } from 'pdfmake/interfaces';
import type { DayState } from '../../../shared/coverage.ts';
import type { Desk } from './blocks.ts';
import { paragraph, styled, subhead } from './blocks.ts';
import { coverageCalendar, stateSwatch } from './charts.ts';
import { completenessStatement, type DaySpan, openSpans } from './completeness.ts';
import { counted, dayRange, number, shortDay } from './format.ts';
import { fitsWhole } from './height-bound.ts';
import { listTables } from './tables.ts';
import { CONTENT_HEIGHT, SIZE } from './theme.ts';

const STATE_WORDS: Readonly<Record<DayState, string>> = {
  complete: 'complete: fetched whole after the day was over',
  partial: 'partial: fetched, not provably whole',
  lost: 'lost: out of retention before it was fetched',
  pending: 'pending: not fetched yet',
  imported: 'imported: from a file, never compared with the server',
};

/** How whole the population is: statement, calendar, and the days that are not complete. */
export function completeness(desk: Desk): Content[] {
  const { model } = desk;
  const { coverage } = model;
  const states = (['complete', 'partial', 'lost', 'imported', 'pending'] as const).filter(
    (state) => coverage.states[state] > 0 || state === 'complete',
  );
  const agree = coverage.ledgerTotal === coverage.countedTotal;
  const sums = agree
    ? `The ledger’s days sum to ${counted(coverage.ledgerTotal, 'entry', 'entries')}, and the archive counts the same over these days.`
    : `The ledger’s days sum to ${counted(coverage.ledgerTotal, 'entry', 'entries')}, the archive counts ${number(coverage.countedTotal)} over these days.`;
  const checked =
    coverage.checkedFrom === null || coverage.checkedTo === null
      ? ''
      : ` Last checks of days: ${dayRange(coverage.checkedFrom.slice(0, 10), coverage.checkedTo.slice(0, 10))}.`;
  const calendar: Content[] = [
    subhead('Completeness', 12),
    paragraph(`${completenessStatement(model.coverage)} ${sums}${checked} Coverage is kept by UTC day.`),
    {
      svg: coverageCalendar(coverage.days),
      alt: completenessStatement(model.coverage),
      margin: [0, 6, 0, 6],
    } as Content,
    ...states.map(
      (state): Content => ({
        columns: [
          { svg: stateSwatch(state), width: 16, margin: [0, 1, 0, 0] },
          { text: `${counted(coverage.states[state], 'day', 'days')} ${STATE_WORDS[state]}`, width: '*' },
        ],
        columnGap: 4,
        fontSize: 7.6,
      }),
    ),
  ];
  const open = openSpans(coverage.days);
  // A calendar of a year or two is kept on one page; a longer one may break.
  if (coverage.days.length > MOST_KEPT_DAYS) return [...calendar, ...openDays(desk, open)];
  // A few open days stand on the page of the calendar, never alone on one of their own.
  const both: Content = { unbreakable: true, stack: [...calendar, ...openDays(desk, open)] };
  return open.length > 0 && fitsWhole(both, CONTENT_HEIGHT * 0.9)
    ? [both]
    : [{ unbreakable: true, stack: calendar }, ...openDays(desk, open)];
}

const MOST_KEPT_DAYS = 800;
const MOST_SPANS = 60;

function openDays(desk: Desk, spans: readonly DaySpan[]): Content[] {
  if (spans.length === 0) return [];
  const more = spans.length - MOST_SPANS;
  return [
    ...listTables({
      title: { text: 'Days that are not complete', style: 'h3', margin: [0, 12, 0, 0] },
      head: ['Days (UTC)', 'State', 'Served', 'Stored', 'What is known'],
      widths: [120, 50, 44, 44, '*'],
      right: [2, 3],
      rows: spans
        .slice(0, MOST_SPANS)
        .map((span): TableCell[] => [
          { text: span.days === 1 ? shortDay(span.from) : `${shortDay(span.from)} – ${shortDay(span.to)}` },
          { text: span.state },
          { text: span.served === null ? 'unknown' : number(span.served) },
          { text: number(span.stored) },
          styled(desk, span.note ?? '', { size: SIZE.cell, width: 180, most: 300 }) as TableCell,
        ]),
    }),
    ...(more > 0
      ? [
          paragraph(
            `${counted(more, 'further stretch of days is', 'further stretches of days are')} in appendix C, day by day.`,
            4,
          ),
        ]
      : []),
  ];
}
