import type { Content, TableCell } from 'pdfmake/interfaces';
import type { Json } from '../../../shared/entry.ts';
import type { Sheet } from './blocks.ts';
import { styled } from './blocks.ts';
import { stamp } from './format.ts';
import type { ReportEntry } from './model.ts';
import { columnWidths } from './tables.ts';
import { INK, SIZE } from './theme.ts';

export const ENTRY_HEADS = ['Time, entry', 'Who', 'What', 'On what', 'From'] as const;
export const ENTRY_WIDTHS = [105, 98, '*', 86, 64] as const;

const WIDTHS = columnWidths(ENTRY_WIDTHS);
const FINE = 7;
const MONO = 6.8;

/** An entry as a row of a list: when and which, who, what, on what, from where. The client program is in the file only. */
export function entryRow(desk: Sheet, entry: ReportEntry): TableCell[] {
  const text = (value: string, column: number, most = 120): Content =>
    styled(desk, value, { size: SIZE.cell, width: WIDTHS[column] ?? 60, most, direction: 'auto' });
  const fine = (value: string, column: number, most: number): Content =>
    styled(desk, value, { size: FINE, width: WIDTHS[column] ?? 60, most, color: INK.text3 });
  const code = (value: string, column: number, most: number): Content =>
    styled(desk, value, { size: MONO, width: WIDTHS[column] ?? 60, most, mono: true, color: INK.text3 });
  return [
    whenOf(desk, entry, code),
    whoOf(entry, text, fine, code),
    whatOf(entry, text, fine, code),
    onOf(entry, text, fine),
  ]
    .concat([entry.address === null ? [] : [code(entry.address, 4, 60)]])
    .map((stack) => ({ stack }));
}

type Put = (value: string, column: number, most: number) => Content;
type PutMain = (value: string, column: number, most?: number) => Content;

function whenOf(desk: Sheet, entry: ReportEntry, code: Put): Content[] {
  const when: Content[] = [];
  if (entry.sha256 === null) when.push({ text: 'not in this archive' });
  else when.push({ text: stamp(entry.ts, desk.model.period.zone), fontSize: 7.2 });
  when.push(code(entry.id, 0, 160));
  if (entry.sha256 !== null && !entry.inPeriod) when.push({ text: 'outside the period', fontSize: FINE, bold: true });
  return when;
}

function whoOf({ actor }: ReportEntry, text: PutMain, fine: Put, code: Put): Content[] {
  if (actor === null) return [{ text: 'no actor', color: INK.text3 }];
  const who = [text(actor.name ?? actor.email ?? actor.id ?? '', 1)];
  if (actor.name !== null && actor.email !== null) who.push(fine(actor.email, 1, 120));
  else if (actor.name !== null && actor.id !== null) who.push(code(actor.id, 1, 80));
  return who;
}

function whatOf(entry: ReportEntry, text: PutMain, fine: Put, code: Put): Content[] {
  const what = [text(entry.phrase, 2)];
  if (entry.phrase !== entry.action && entry.action !== '') what.push(code(entry.action, 2, 120));
  const details = detailsText(entry.details);
  if (details !== '') what.push(fine(details, 2, 240));
  return what;
}

function onOf({ target, team }: ReportEntry, text: PutMain, fine: Put): Content[] {
  const on: Content[] = [];
  const facts: string[] = [];
  if (target !== null) {
    on.push(text(target.name ?? target.id ?? target.type ?? '', 3));
    if (target.type !== null && (target.name ?? target.id) !== null) facts.push(target.type);
  }
  const group = team?.name ?? team?.id ?? null;
  if (group !== null) facts.push(`team ${group}`);
  if (facts.length > 0) on.push(fine(facts.join(', '), 3, 100));
  return on;
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
