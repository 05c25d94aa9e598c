import type { Content, TableCell } from 'pdfmake/interfaces';
import { CONTENT_HEIGHT, CONTENT_WIDTH, SIZE } from './theme.ts';

// How tall something can be at most, known before it is laid out. Never less than it is: see tables.ts.

export const TALLEST_WHOLE = CONTENT_HEIGHT * 0.7;
// Height of a line of the tallest font, in units of its size.
const LINE = 1.75;
// No shape of the fonts in use is wider than this, in units of the font's size.
const WIDEST = 1.3;

// What a column is taken for whose width is what the others leave.
const NARROWEST = 60;

// Of plain Latin text more is known: the line of its font, and how wide its letters are at most (Noto Sans, bold).
const PLAIN = /^[ -~–’“”·…\u200b]*$/;
// Where a line may be broken: long words have places for it (runs.ts).
const BREAKS = /[ \u200b]/;
const PLAIN_LINE = 1.55;
const PLAIN_WIDTH = 0.66;
const BIG_WIDTH = 0.86;
const BROAD = new Set('MWmw@%&…');

/** A height in points that the row cannot exceed. */
export function heightBound(row: readonly TableCell[], widths: readonly number[]): number {
  return row.reduce<number>((max, cell, i) => Math.max(max, boundOf(cell, widths[i] ?? 1, SIZE.cell)), 0) + 12;
}

/** Whether a block across the page certainly fits on one, or is not taller than some points, so that it may be kept whole. */
export function fitsWhole(content: Content, tallest = TALLEST_WHOLE): boolean {
  return boundOf(content, CONTENT_WIDTH, SIZE.body) <= tallest;
}

type Loose = {
  text?: unknown;
  stack?: unknown[];
  columns?: unknown[];
  ul?: unknown[];
  table?: { body: unknown[][]; widths: (number | string)[] };
  canvas?: unknown;
  svg?: string;
  width?: unknown;
  fontSize?: number;
  margin?: readonly number[];
};

function boundOf(content: unknown, width: number, size: number): number {
  if (typeof content === 'string') return linesBound(content, width, size);
  if (typeof content !== 'object' || content === null) return 0;
  const node = content as Loose;
  const own = node.fontSize ?? size;
  const margin = (node.margin?.[1] ?? 0) + (node.margin?.[3] ?? 0);
  if (node.stack) return margin + node.stack.reduce<number>((sum, part) => sum + boundOf(part, width, own), 0);
  if (node.columns) {
    const fixed = node.columns.reduce<number>((sum, part) => sum + fixedWidth(part), 0);
    const rest = Math.max(20, width - fixed);
    return (
      margin +
      node.columns.reduce<number>((max, part) => Math.max(max, boundOf(part, fixedWidth(part) || rest, own)), 0)
    );
  }
  if (node.table) {
    const widths = node.table.widths.map((one) => (typeof one === 'number' ? one : NARROWEST));
    return margin + node.table.body.reduce((sum, row) => sum + heightBound(row as TableCell[], widths), 0);
  }
  if (node.svg !== undefined) return margin + Number(/height="([\d.]+)"/.exec(node.svg)?.[1] ?? 0);
  if (node.canvas !== undefined) return margin + 12;
  if (node.text !== undefined) return margin + linesBound(plainText(node.text), width, own);
  return margin;
}

function fixedWidth(part: unknown): number {
  const width = typeof part === 'object' && part !== null ? (part as Loose).width : undefined;
  return typeof width === 'number' ? width : 0;
}

function linesBound(text: string, width: number, size: number): number {
  return text.split('\n').reduce((sum, line) => sum + lineBound(line, width, size), 0);
}

function lineBound(line: string, width: number, size: number): number {
  const plain = PLAIN.test(line);
  const room = width / size;
  const height = size * (plain ? PLAIN_LINE : LINE);
  if (!plain) return Math.ceil((line.length * WIDEST) / room || 1) * height;
  const words = line.split(BREAKS).map(plainWidth);
  const longest = Math.max(...words) + PLAIN_WIDTH;
  // Each line but the last is filled up to less than one word: what did not fit is in the next.
  if (longest > room / 2) return Math.ceil((line.length * WIDEST) / room || 1) * height;
  return Math.ceil(plainWidth(line) / (room - longest) || 1) * height;
}

function plainWidth(text: string): number {
  let width = 0;
  for (const letter of text) width += BROAD.has(letter) ? 1 : letter >= 'A' && letter <= 'Z' ? BIG_WIDTH : PLAIN_WIDTH;
  return width;
}

function plainText(text: unknown): string {
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.map(plainText).join('');
  if (typeof text === 'object' && text !== null && 'text' in text) return plainText((text as { text: unknown }).text);
  return String(text ?? '');
}
