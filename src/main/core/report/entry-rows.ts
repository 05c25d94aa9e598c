import type { Content, TableCell } from 'pdfmake/interfaces';
import type { Json } from '../../../shared/entry.ts';
import type { Desk } from './blocks.ts';
import { styled } from './blocks.ts';
import { localTime } from './format.ts';
import type { ReportEntry } from './model.ts';
import { columnWidths } from './tables.ts';
import { INK, SIZE } from './theme.ts';

export const ENTRY_HEADS = ['Time, entry', 'Who', 'What', 'On what', 'From'] as const;
export const ENTRY_WIDTHS = [88, 94, '*', 94, 80] as const;

const WIDTHS = columnWidths(ENTRY_WIDTHS);
const FINE = 7;

/** An entry as a row of a list: when and which, who, what, on what, from where. */
export function entryRow(desk: Desk, entry: ReportEntry): TableCell[] {
  const { zone } = desk.model.period;
  const fine = (text: string, column: number, most: number, mono = false): Content =>
    styled(desk, text, { size: mono ? 6.8 : FINE, width: WIDTHS[column] ?? 80, most, mono, color: INK.text3 });
  const main = (text: string, column: number): Content =>
    styled(desk, text, { size: SIZE.cell, width: WIDTHS[column] ?? 80, most: 120 });

  const time = localTime(entry.ts, zone);
  const when: Content[] =
    entry.sha256 === null
      ? [{ text: 'not in this archive' }]
      : [{ text: time.date }, { text: `${time.time} ${time.offset}`, fontSize: FINE, color: INK.text2 }];
  when.push(fine(entry.id, 0, 160, true));
  if (entry.sha256 !== null && !entry.inPeriod) when.push({ text: 'outside the period', fontSize: FINE, bold: true });

  const who: Content[] = [];
  if (entry.actor === null) who.push({ text: 'no actor', color: INK.text3 });
  else {
    who.push(main(entry.actor.name ?? entry.actor.email ?? entry.actor.id ?? '', 1));
    if (entry.actor.email !== null && entry.actor.name !== null) who.push(fine(entry.actor.email, 1, 120));
    else if (entry.actor.email === null && entry.actor.id !== null && entry.actor.name !== null) {
      who.push(fine(entry.actor.id, 1, 80, true));
    }
  }

  const what: Content[] = [main(entry.phrase, 2)];
  if (entry.phrase !== entry.action && entry.action !== '') what.push(fine(entry.action, 2, 120, true));
  const details = detailsText(entry.details);
  if (details !== '') what.push(fine(details, 2, 240));

  const on: Content[] = [];
  if (entry.target !== null) {
    on.push(main(entry.target.name ?? entry.target.id ?? entry.target.type ?? '', 3));
    if (entry.target.type !== null && (entry.target.name ?? entry.target.id) !== null) {
      on.push(fine(entry.target.type, 3, 60));
    }
  }
  if (entry.team?.name) on.push(fine(`team ${entry.team.name}`, 3, 80));

  const from: Content[] = [];
  if (entry.address !== null) from.push(styled(desk, entry.address, { size: 7, width: WIDTHS[4] ?? 80, most: 60, mono: true }));
  if (entry.agent !== null) from.push(fine(entry.agent, 4, 90));
  return [when, who, what, on, from].map((stack) => ({ stack }));
}

/** Metadata as `key: value`, the way one reads it; nested values stay JSON. */
function detailsText(json: string): string {
  if (json === '') return '';
  const value = JSON.parse(json) as Json;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return json;
  return Object.entries(value)
    .map(([key, v]) => `${key}: ${typeof v === 'string' ? v : JSON.stringify(v)}`)
    .join('; ');
}
