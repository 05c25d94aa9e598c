import type { Content, TableCell } from 'pdfmake/interfaces';
import type { CaseEvent, CaseGap } from '../../../../shared/case-schema.ts';
import { kept, paragraph, sectionHead, styled } from '../blocks.ts';
import { counted, dayRange, localTime, stamp } from '../format.ts';
import type { TextOptions } from '../runs.ts';
import { columnWidths, listTables } from '../tables.ts';
import { INK, SIZE } from '../theme.ts';
import { type IncidentSheet, MOST_EVENTS } from './incident-model.ts';
import { eventSource, eventTitle, phaseName } from './incident-words.ts';

const WIDTHS = [92, '*', 128] as const;

/** The timeline in order, each event with its notes and who wrote them, and what the archive does not hold of its days. */
export function timelinePages(sheet: IncidentSheet): Content[] {
  const { events, detail } = sheet.model;
  const lead =
    events.length === 0
      ? 'Nothing was pinned to this case.'
      : `${counted(events.length, 'event', 'events')} in order of time.`;
  const head = sectionHead(
    { id: 'timeline', mark: detail.id, title: 'Timeline' },
    `${lead} ${gapsInWords(detail.gaps)}`,
  );
  if (events.length === 0) return head;
  const widths = columnWidths(WIDTHS);
  const more = events.length - MOST_EVENTS;
  return [
    ...head,
    ...listTables({
      head: ['Time, event', 'What happened, and what was noted', 'By whom, from where'],
      widths: WIDTHS,
      rows: events.slice(0, MOST_EVENTS).map((event) => row(sheet, event, widths)),
    }),
    ...(more > 0
      ? [paragraph(`${counted(more, 'further event', 'further events')} in timeline.csv, inside this PDF.`, 5)]
      : []),
  ];
}

function row(sheet: IncidentSheet, event: CaseEvent, widths: readonly number[]): TableCell[] {
  const { zone } = sheet.model.period;
  const { date, time, offset } = localTime(event.ts, zone);
  const wide = widths[1] ?? 200;
  const marks = [phaseName(event), ...(event.technique === null ? [] : [event.technique])].join(', ');
  return [
    {
      stack: [
        { text: date, id: event.id } as Content,
        { text: `${time} ${offset}` },
        ...(zone === 'UTC' ? [] : [{ text: `${localTime(event.ts, 'UTC').time} UTC`, style: 'fine' } as Content]),
        { text: event.id, style: 'fine' },
      ],
    },
    {
      stack: [
        styled(sheet, eventTitle(event), { size: SIZE.cell, width: wide, bold: true, most: 300 }),
        ...(event.kind === 'entry' && !eventTitle(event).startsWith(event.row.action)
          ? [styled(sheet, event.row.action, { size: 6.8, width: wide, mono: true, most: 160 })]
          : []),
        { text: marks, style: 'fine' },
        ...event.notes.map(
          (note): Content => ({
            stack: [
              ...written(sheet, note.text, { size: SIZE.cell, width: wide - 8 }),
              styled(sheet, `${note.by}, ${stamp(note.at, zone)}`, {
                size: SIZE.fine,
                width: wide - 8,
                most: 160,
                color: INK.text3,
              }),
            ],
            margin: [8, 3, 0, 0],
          }),
        ),
      ],
    },
    {
      stack: eventSource(event).map((text, i) =>
        styled(sheet, text, { size: i === 0 ? SIZE.cell : SIZE.fine, width: widths[2] ?? 120, most: 300 }),
      ),
    },
  ];
}

function gapsInWords(gaps: readonly CaseGap[]): string {
  if (gaps.length === 0) return 'The archive holds every day of this timeline whole.';
  const parts = gaps.map((gap) => `${dayRange(gap.from, gap.to)} (${gap.state})`);
  return `Not every day of this timeline is held whole, and that nothing stands there proves nothing: ${parts.join(', ')}, days in UTC.`;
}

/** The story, with a link from each citation to its event. */
export function storyPages(sheet: IncidentSheet): Content[] {
  const { story } = sheet.model.detail;
  if (story.text.trim() === '') return [];
  const known = new Set(sheet.model.events.slice(0, MOST_EVENTS).map((event) => event.id));
  const [first = '', ...others] = story.text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => paragraph({ stack: part.split('\n').map((line) => cited(sheet, line, known)) }, 2));
  return [
    kept([{ text: 'Story', style: 'h2', id: 'story', outline: true, margin: [0, 22, 0, 6] } as Content, first]),
    ...others,
    ...(story.by === null || story.at === null
      ? []
      : [
          styled(sheet, `${story.by}, ${stamp(story.at, sheet.model.period.zone)}`, {
            size: SIZE.fine,
            color: INK.text3,
          }),
        ]),
  ];
}

function cited(sheet: IncidentSheet, text: string, known: ReadonlySet<string>): Content {
  const parts = text.split(/(\[E-\d{1,12}(?:\.\d{1,6})?\])/);
  return {
    text: parts.map((part): Content => {
      const id = part.slice(1, -1);
      if (part.startsWith('[E-') && known.has(id)) return { text: part, color: INK.accent, linkToDestination: id };
      return { text: sheet.set(part, { size: SIZE.body, most: 200_000 }) } as Content;
    }),
  } as Content;
}

/** What a person wrote, line by line as they did. */
export function written(sheet: IncidentSheet, text: string, options: TextOptions): Content[] {
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => styled(sheet, line, { ...options, most: 20_000 }));
}

export function summaryText(sheet: IncidentSheet): Content[] {
  return [{ stack: written(sheet, sheet.model.detail.summary, { size: 10.2 }), margin: [0, 0, 0, 10] }];
}
