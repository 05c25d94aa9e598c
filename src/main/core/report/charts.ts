import { scaleBand, scaleLinear } from 'd3-scale';
import type { Category } from '../../../shared/action.ts';
import { CATEGORIES } from '../../../shared/action.ts';
import type { DayState } from '../../../shared/coverage.ts';
import type { Severity } from '../../../shared/finding.ts';
import { number, shortDay } from './format.ts';
import type { DayActivity, ReportDay } from './model.ts';
import { CATEGORY_INK, CATEGORY_NAME, CONTENT_WIDTH, DAY_INK, INK, SEVERITY_INK } from './theme.ts';

// Charts are SVG strings with coordinates rounded to hundredths of a point, so that the same figures give the same
// bytes. Nothing is told by colour alone: categories have a row each, states of a day a pattern each.

const MOST_BARS = 124;

/** Days, or weeks where there are too many days for a bar each. Texts in a chart are Latin only. */
export type Bar = {
  readonly from: string;
  readonly to: string;
  readonly byCategory: Readonly<Record<Category, number>>;
  readonly total: number;
};

export type Bars = { readonly unit: 'day' | 'week'; readonly bars: readonly Bar[] };

/** Gathers days into as many bars as can be told apart; a week starts where the period does. */
export function barsOf(days: readonly DayActivity[]): Bars {
  const step = days.length > MOST_BARS ? 7 : 1;
  const bars: Bar[] = [];
  for (let i = 0; i < days.length; i += step) {
    const part = days.slice(i, i + step);
    const byCategory = Object.fromEntries(
      CATEGORIES.map((c) => [c, part.reduce((sum, day) => sum + day.byCategory[c], 0)]),
    ) as Record<Category, number>;
    bars.push({
      from: part[0]?.day ?? '',
      to: part.at(-1)?.day ?? '',
      byCategory,
      total: part.reduce((sum, day) => sum + day.total, 0),
    });
  }
  return { unit: step === 1 ? 'day' : 'week', bars };
}

/** The volume of the whole period in one strip; bars of days that are not complete are hatched. */
export function volumeStrip(
  { bars }: Bars,
  incomplete: ReadonlySet<string>,
  height = 40,
  width = CONTENT_WIDTH,
): string {
  const x = bandOver(bars, width, 0);
  const y = scaleLinear([0, Math.max(1, ...bars.map((bar) => bar.total))], [0, height]);
  const shapes = bars.map((bar, i) => {
    const h = bar.total === 0 ? 0 : Math.max(0.8, y(bar.total));
    const box: Box = { x: x(String(i)) ?? 0, y: height - h, w: x.bandwidth(), h };
    const holes = bars.length > MOST_BARS ? false : incomplete.has(bar.from);
    return holes ? hatched(box, DAY_INK.partial) : rect(box, DAY_INK.complete, Math.min(0.8, box.w / 3));
  });
  return svg(width, height, shapes.join(''));
}

/** What the strip of volumes shows, for those who do not see it. */
export function volumeInWords({ unit, bars }: Bars): string {
  const most = bars.reduce<Bar | null>((best, bar) => (best === null || bar.total > best.total ? bar : best), null);
  if (most === null || most.total === 0) return `Entries per ${unit}: none.`;
  const total = bars.reduce((sum, bar) => sum + bar.total, 0);
  return `Bar chart of entries per ${unit}: ${total} in ${bars.length} bars, most in that of ${shortDay(most.from)}, ${most.total}.`;
}

const ROW = 42;
const LEFT = 92;
const RIGHT = 34;

/** Exceptions by severity, a bar each, gravest first; the count stands beside its bar. */
export function severityBars(counts: readonly (readonly [severity: Severity, n: number])[], width: number): string {
  const row = 14;
  const left = 46;
  const most = Math.max(1, ...counts.map(([, n]) => n));
  const x = scaleLinear([0, most], [0, width - left - 26]);
  const shapes = counts.map(([severity, n], i) => {
    const y = i * row;
    const w = n === 0 ? 0 : Math.max(1.5, x(n));
    const bar = n === 0 ? '' : rect({ x: left, y: y + 2, w, h: row - 5 }, SEVERITY_INK[severity], 0.8);
    return `${text(0, y + 9.2, severity, { size: 7.8, ink: INK.text })}${bar}${text(left + w + 4, y + 9.2, number(n), { size: 7.8, ink: INK.text })}`;
  });
  return svg(width, counts.length * row, shapes.join(''));
}

/** One row of bars a category, each on its own scale and named beside it, over one axis of time. */
export function categoryRows({ bars }: Bars, categories: readonly Category[]): string {
  const plot = CONTENT_WIDTH - LEFT - RIGHT;
  const x = bandOver(bars, plot, LEFT);
  const height = categories.length * ROW + 18;
  let out = '';
  categories.forEach((category, n) => {
    const top = n * ROW + 8;
    const base = n * ROW + ROW;
    const most = Math.max(1, ...bars.map((bar) => bar.byCategory[category]));
    const y = scaleLinear([0, most], [base, top]);
    const total = bars.reduce((sum, bar) => sum + bar.byCategory[category], 0);
    out += text(0, base - 15, CATEGORY_NAME[category], { size: 8.4, bold: true, ink: INK.text });
    out += text(0, base - 5, `${number(total)} ${total === 1 ? 'entry' : 'entries'}`, { size: 7.2 });
    out += rule(LEFT, CONTENT_WIDTH - RIGHT, top, INK.line);
    out += text(CONTENT_WIDTH - RIGHT + 5, top + 2.5, number(most), { size: 6.8 });
    bars.forEach((bar, i) => {
      const value = bar.byCategory[category];
      if (value === 0) return;
      const at = Math.min(y(value), base - 0.7);
      out += rect({ x: x(String(i)) ?? 0, y: at, w: x.bandwidth(), h: base - at }, CATEGORY_INK[category], 0);
    });
    out += rule(LEFT, CONTENT_WIDTH - RIGHT, base, INK.lineStrong);
    out += text(CONTENT_WIDTH - RIGHT + 5, base + 2.5, '0', { size: 6.8 });
  });
  out += dateTicks(
    bars.map((bar) => bar.from),
    (i) => x(String(i)) ?? 0,
    categories.length * ROW,
    CONTENT_WIDTH - RIGHT,
  );
  return svg(CONTENT_WIDTH, height, out);
}

/** One cell a UTC day, in the pattern of its state, with a tick at every month. */
export function coverageStrip(days: readonly ReportDay[]): string {
  const height = 16;
  const x = scaleBand(
    days.map((day) => day.day),
    [0, CONTENT_WIDTH],
  ).paddingInner(days.length > 200 ? 0 : 0.12);
  let out = days.map((day) => dayCell(day.state, { x: x(day.day) ?? 0, y: 0, w: x.bandwidth(), h: height })).join('');
  out += dateTicks(
    days.map((day) => day.day),
    (i) => x(days[i]?.day ?? '') ?? 0,
    height,
    CONTENT_WIDTH,
  );
  return svg(CONTENT_WIDTH, height + 16, out);
}

/** A row a month, a column a day of the month. */
export function coverageCalendar(days: readonly ReportDay[]): string {
  const months = [...new Set(days.map((day) => day.day.slice(0, 7)))];
  const left = 54;
  const cell = (CONTENT_WIDTH - left) / 31;
  const pitch = 14;
  let out = '';
  for (let date = 1; date <= 31; date += 1) {
    if (date === 1 || date % 5 === 0) {
      out += text(left + (date - 0.5) * cell - 0.8, 7, String(date), { size: 6.8, anchor: 'middle' });
    }
  }
  months.forEach((month, row) => {
    out += text(0, 12 + row * pitch + 8.6, shortDay(`${month}-01`).replace(/^1 /, ''), { size: 7.2 });
  });
  for (const { day, state } of days) {
    const row = months.indexOf(day.slice(0, 7));
    out += dayCell(state, {
      x: left + (Number(day.slice(8)) - 1) * cell,
      y: 12 + row * pitch,
      w: cell - 1.8,
      h: pitch - 3,
    });
  }
  return svg(CONTENT_WIDTH, 12 + months.length * pitch + 2, out);
}

/** The pattern of one state, for a legend. */
export function stateSwatch(state: DayState): string {
  return svg(12, 9, dayCell(state, { x: 0.5, y: 0.5, w: 10, h: 8 }));
}

type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

function dayCell(state: DayState, box: Box): string {
  const ink = DAY_INK[state];
  if (state === 'complete') return rect(box, ink, Math.min(0.8, box.w / 4));
  if (state === 'partial') return hatched(box, ink);
  if (state === 'lost') {
    const { x, y, w, h } = inset(box, 1);
    return `${outline(box, ink)}<path d="M${r(x)} ${r(y)}L${r(x + w)} ${r(y + h)}M${r(x + w)} ${r(y)}L${r(x)} ${r(y + h)}" stroke="${ink}" stroke-width="0.9" fill="none"/>`;
  }
  if (state === 'imported') {
    const dots: string[] = [];
    for (let dy = 2.5; dy < box.h - 1; dy += 2.6) {
      for (let dx = box.w < 4 ? box.w / 2 : 2; dx < box.w - 0.8; dx += 2.6) {
        dots.push(`<circle cx="${r(box.x + dx)}" cy="${r(box.y + dy)}" r="0.65" fill="${ink}"/>`);
      }
    }
    return outline(box, ink) + dots.join('');
  }
  return outline(box, ink, '1.2 1.2');
}

function hatched(box: Box, ink: string): string {
  const { x, y, w, h } = box;
  const lines: string[] = [];
  // Strokes rise at 45 degrees; each is cut where it leaves the box.
  for (let d = 1.2; d < w + h; d += 2.6) {
    const [x1, y1] = d <= h ? [x, y + d] : [x + d - h, y + h];
    const [x2, y2] = d <= w ? [x + d, y] : [x + w, y + d - w];
    lines.push(`M${r(x1)} ${r(y1)}L${r(x2)} ${r(y2)}`);
  }
  return `${outline(box, ink)}<path d="${lines.join('')}" stroke="${ink}" stroke-width="0.9" fill="none"/>`;
}

function outline(box: Box, ink: string, dash?: string): string {
  const { x, y, w, h } = inset(box, 0.3);
  const dashes = dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
  return `<rect x="${r(x)}" y="${r(y)}" width="${r(w)}" height="${r(h)}" fill="none" stroke="${ink}" stroke-width="0.6"${dashes}/>`;
}

function inset({ x, y, w, h }: Box, by: number): Box {
  return { x: x + by, y: y + by, w: Math.max(0.1, w - 2 * by), h: Math.max(0.1, h - 2 * by) };
}

function rect({ x, y, w, h }: Box, ink: string, radius: number): string {
  const round = radius > 0 ? ` rx="${r(radius)}"` : '';
  return `<rect x="${r(x)}" y="${r(y)}" width="${r(w)}" height="${r(h)}" fill="${ink}"${round}/>`;
}

function rule(x1: number, x2: number, y: number, ink: string): string {
  return `<path d="M${r(x1)} ${r(y)}H${r(x2)}" stroke="${ink}" stroke-width="0.5" fill="none"/>`;
}

type TextStyle = {
  readonly size: number;
  readonly bold?: boolean;
  readonly ink?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
};

function text(
  x: number,
  y: number,
  value: string,
  { size, bold = false, ink = INK.text3, anchor = 'start' }: TextStyle,
): string {
  const weight = bold ? ' font-weight="bold"' : '';
  return `<text x="${r(x)}" y="${r(y)}" font-family="Sans" font-size="${size}" fill="${ink}" text-anchor="${anchor}"${weight}>${value}</text>`;
}

/** The first date, every first of a month that has room, and the last date with its year. */
function dateTicks(days: readonly string[], xOf: (i: number) => number, top: number, end: number): string {
  const last = days.at(-1);
  if (last === undefined) return '';
  const lastLabel = shortDay(last);
  let out = text(end, top + 11, lastLabel, { size: 7.2, anchor: 'end' });
  const limit = end - lastLabel.length * 4.2 - 8;
  let free = Number.NEGATIVE_INFINITY;
  days.forEach((day, i) => {
    const previous = days[i - 1];
    if (i > 0 && previous !== undefined && previous.slice(0, 7) === day.slice(0, 7)) return;
    const x = xOf(i);
    const label = shortDay(day, day.slice(5, 7) === '01' || i === 0);
    const room = label.length * 4.2 + 8;
    if (days.length > 1 && x >= free && x + room <= limit + 8) {
      out += text(x, top + 11, label, { size: 7.2 });
      free = x + room;
    }
  });
  return out;
}

function bandOver(bars: readonly Bar[], width: number, left: number) {
  return scaleBand(
    bars.map((_, i) => String(i)),
    [left, left + width],
  ).paddingInner(0.24);
}

function svg(width: number, height: number, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${r(width)}" height="${r(height)}" viewBox="0 0 ${r(width)} ${r(height)}">${body}</svg>`;
}

function r(n: number): string {
  return String(Math.round(n * 100) / 100);
}
