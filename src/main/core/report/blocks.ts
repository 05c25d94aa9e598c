import type { Content, TableCell } from 'pdfmake/interfaces';
import type { Finding } from '../../../shared/finding.ts';
import type { Attachment } from './attachment.ts';
import { counted, localTime, number } from './format.ts';
import { fitsWhole } from './height-bound.ts';
import { severityMark } from './marks.ts';
import type { ReportException, ReportModel, ReportPeriod } from './model.ts';
import type { TextOptions, Typesetter } from './runs.ts';
import { CONTENT_HEIGHT, CONTENT_WIDTH, FACTS, GAP, INK, SIZE } from './theme.ts';

/** What every part of a page needs. Text that is not the template's own goes through `set`. */
export type Sheet = { readonly set: Typesetter; readonly model: { readonly period: ReportPeriod } };

/** What every part of an evidence report needs. */
export type Desk = Sheet & {
  readonly model: ReportModel;
  readonly attachments: readonly Attachment[];
  /** SHA-256 of report.json, inside the PDF, which names the hash of every other file inside. */
  readonly reportHash: string;
};

export type SectionHead = { readonly id: string; readonly mark: string; readonly title: string };

/** A section starts a page; its heading is a link target, an outline item and a line of the contents page. */
export function sectionHead({ id, mark, title }: SectionHead, lead?: Content): Content[] {
  return [
    { text: mark, fontSize: SIZE.body, bold: true, color: INK.accent, pageBreak: 'before' },
    { text: title, style: 'h2', id, outline: true, margin: [0, 1, 0, 8] } as Content,
    ...(lead === undefined ? [] : [leadText(lead)]),
  ];
}

export function leadText(lead: Content): Content {
  return { ...nodeOf(lead), style: 'lead', margin: [0, 0, 0, 12] } as Content;
}

export function subhead(title: string, top = 16): Content {
  return { text: title, style: 'h3', margin: [0, top, 0, 5] };
}

/** A heading with what it is of. */
export function headed(title: string, content: Content, top = 16): Content {
  return kept([subhead(title, top), content]);
}

/** Parts that stand on one page where they surely fit on one, so that no heading is left alone at its foot. */
export function kept(parts: Content[]): Content {
  const whole = { stack: parts };
  return fitsWhole(whole, CONTENT_HEIGHT * 0.9) ? { ...whole, unbreakable: true } : whole;
}

export function paragraph(text: Content, top = 0): Content {
  return { ...nodeOf(text), style: 'body', margin: [0, top, 0, 5] } as Content;
}

// What a typesetter gives back is a text, or the runs of one.
function nodeOf(text: Content): object {
  return typeof text === 'string' || Array.isArray(text) ? { text } : (text as object);
}

/** A small inline style around text of unknown origin. */
export function styled(desk: Sheet, text: string, options: TextOptions & { color?: string } = {}): Content {
  const { color, ...rest } = options;
  return {
    text: desk.set(text, rest),
    ...(rest.size === undefined ? {} : { fontSize: rest.size }),
    ...(rest.mono ? { font: 'Mono' } : {}),
    ...(rest.bold ? { bold: true } : {}),
    ...(color === undefined ? {} : { color }),
  } as Content;
}

const TERM = 106;
export const FACT_WIDTH = CONTENT_WIDTH - TERM - 2 * GAP;

/** Terms with their values, a rule above each. */
export function facts(rows: readonly (readonly [term: string, value: Content])[]): Content {
  return {
    layout: FACTS,
    style: 'body',
    table: {
      widths: [TERM, FACT_WIDTH],
      dontBreakRows: true,
      body: rows.map(([term, value]): TableCell[] => [
        { text: term, color: INK.text3 },
        typeof value === 'string' ? { text: value } : (value as TableCell),
      ]),
    },
  };
}

/** Numbered sentences. */
export function numbered(desk: Sheet, items: readonly string[]): Content {
  return {
    style: 'body',
    stack: items.map((item, i) => ({
      columns: [
        { text: `${i + 1}`, width: 18, color: INK.text3 },
        { text: desk.set(item, { size: SIZE.body, width: CONTENT_WIDTH - 22, most: 4_000 }), width: '*' },
      ],
      margin: [0, 0, 0, 5],
    })),
  };
}

/** A severity's shape with a word beside it. */
export function marked(mark: Content, text: Content, top = 1.6): Content {
  return {
    columns: [
      { ...(mark as object), width: 13, margin: [0, top, 0, 0] },
      { ...(typeof text === 'string' ? { text } : (text as object)), width: '*' },
    ],
  } as Content;
}

export function findingTitle(desk: Sheet, finding: Finding, width: number): Content {
  return marked(
    severityMark(finding.severity),
    styled(desk, finding.title, { size: SIZE.cell, width: width - 14, bold: true, most: 200 }),
  );
}

/** From when to when, as briefly as the two allow. */
export function spanCell(first: number, last: number, zone: string): Content[] {
  const from = localTime(first, zone);
  const to = localTime(last, zone);
  const fine = (text: string): Content => ({ text, style: 'fine' });
  if (first === last) return [{ text: from.date }, fine(`${from.time} ${from.offset}`)];
  if (from.date === to.date) return [{ text: from.date }, fine(`${from.time} to`), fine(`${to.time} ${to.offset}`)];
  return [
    { text: from.date },
    fine(`${from.time} ${from.offset} to`),
    { text: to.date },
    fine(`${to.time} ${to.offset}`),
  ];
}

/** `E-3`. */
export function exceptionName(exception: Pick<ReportException, 'number'>): string {
  return `E-${exception.number}`;
}

/** `91 of 92 days complete`, in the words of the states. */
export function statesInWords({ coverage }: ReportModel): string {
  const { states } = coverage;
  const parts = [`${states.complete} complete`, `${states.partial} partial`, `${states.lost} lost`];
  if (states.imported > 0) parts.push(`${states.imported} imported`);
  if (states.pending > 0) parts.push(`${states.pending} pending`);
  return parts.join(', ');
}

/** What was sampled: nothing by the rules, and by people what a review says. */
export function sampledInWords({ review }: ReportModel): string {
  const sample = review?.detail.sample ?? null;
  if (review === null || sample === null) return 'no sample was drawn';
  return `of the ${counted(review.detail.population, 'item', 'items')} of review ${review.detail.id} people decided a sample of ${number(sample.size)}`;
}

/** `2 critical, 4 high and 1 low`. */
export function severitiesInWords(exceptions: readonly ReportException[]): string {
  const counts = new Map<string, number>();
  for (const { finding } of exceptions) counts.set(finding.severity, (counts.get(finding.severity) ?? 0) + 1);
  return [...counts].map(([severity, n]) => `${n} ${severity}`).join(', ');
}

export function exceptionsInWords(exceptions: readonly ReportException[]): string {
  if (exceptions.length === 0) return 'No exception';
  return `${counted(exceptions.length, 'exception', 'exceptions')}: ${severitiesInWords(exceptions)}`;
}

/** How wide a column of criteria has to be, points: the ids of some frameworks are long, and none may break. */
export function criterionWidth({ criteria, term }: ReportModel, words: string = term.one): number {
  const parts = [words, ...criteria.flatMap(({ id }) => id.split(' – '))];
  return Math.ceil(Math.max(...parts.map((part) => part.length)) * POINTS_A_LETTER) + 6;
}

const POINTS_A_LETTER = 4.4;
