import { isDay } from '../../../shared/instant.ts';
import type { Holiday } from '../../../shared/office.ts';

/** Holidays as they are written, or the first line that is none. */
export type Holidays =
  | { readonly ok: true; readonly holidays: readonly Holiday[] }
  | { readonly ok: false; readonly problem: string };

const LONGEST_NAME = 80;

/** Reads one holiday a line, `2026-12-25 Christmas Day`; empty lines are passed over, the name may be left out. */
export function readHolidays(text: string): Holidays {
  const seen = new Map<string, number>();
  const holidays: Holiday[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [date = '', ...name] = line.trim().split(/[\s,;\t]+/u);
    if (date === '') continue;
    if (!isDay(date))
      return { ok: false, problem: `Line ${index + 1}: “${date.slice(0, 20)}” is not a date. Write it as 2026-12-25.` };
    const before = seen.get(date);
    if (before !== undefined) return { ok: false, problem: `Line ${index + 1}: ${date} is on line ${before} already.` };
    seen.set(date, index + 1);
    holidays.push({ date, name: name.join(' ').slice(0, LONGEST_NAME) });
  }
  return { ok: true, holidays };
}

export function printHolidays(holidays: readonly Holiday[]): string {
  return holidays.map(({ date, name }) => `${date} ${name}`.trim()).join('\n');
}
