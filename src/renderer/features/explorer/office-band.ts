import type { OfficeHours } from '../../../shared/office.ts';
import type { Bar } from './buckets.ts';

/** A stretch of the chart, as shares of its width from 0 to 1. */
export type Band = { readonly from: number; readonly to: number };

/** Bars wider than this hide when anybody works: four hours, milliseconds. */
const WIDEST_BAR = 4 * 3_600_000;

/** Where some office is at work, along bars of equal width that may be of unequal time. None where bars are wide. */
export function officeBands(bars: readonly Bar[], offices: OfficeHours | null): readonly Band[] {
  const first = bars[0];
  const last = bars.at(-1);
  if (!offices || !first || !last || first.end - first.start > WIDEST_BAR) return [];
  const place = (ms: number): number => {
    const index = bars.findIndex((bar) => ms < bar.end);
    const bar = bars[index];
    return bar ? (index + (ms - bar.start) / (bar.end - bar.start)) / bars.length : 1;
  };
  return offices.between(first.start, last.end).map(({ start, end }) => ({ from: place(start), to: place(end) }));
}
