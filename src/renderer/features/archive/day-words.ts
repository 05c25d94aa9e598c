import type { DayCoverage, DayState } from '../../../shared/coverage.ts';
import { endOfDay, startOfDay } from '../../../shared/instant.ts';
import { counted, grouped } from '../../lib/number.ts';
import { date, dateTime } from '../../lib/time.ts';

/** What a day is called in a list of days. */
export const STATE_WORDS: Readonly<Record<DayState, string>> = {
  complete: 'complete',
  imported: 'imported from a file',
  partial: 'partial',
  pending: 'not fetched yet',
  lost: 'lost',
};

const DAY_MS = 86_400_000;

/** `2 d`, `4 h`, `25 min`: how long until something, in its largest useful unit, rounded down. */
export function untilWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 120) return minutes < 1 ? 'less than a minute' : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

/** What is known about how long the source keeps a day. */
export type Keeping = { readonly keeps: number; readonly byPlan: boolean; readonly now: number };

/** Whether the source still has a day, or some of it. */
export function isStillThere(day: string, { keeps, now }: Pick<Keeping, 'keeps' | 'now'>): boolean {
  return endOfDay(day, 'UTC') + keeps * DAY_MS > now;
}

/** Why a day is in the state it is in, in sentences. */
export function explainDay(day: string, known: DayCoverage | null, today: string): string[] {
  if (known === null) {
    return day > today
      ? ['This day has not come yet.']
      : ['The archive has no record of this day: nobody asked for it.'];
  }
  const { served, stored, note } = known;
  switch (known.state) {
    case 'complete':
      return [
        served !== null && served === stored
          ? `Every entry Jetty served for this day is here, ${counted(stored, 'entry', 'entries')}.`
          : `Every entry Jetty served for this day is here.`,
        'It was read to its end, without a gap, after the day was over.',
        ...(served !== null && stored > served
          ? [`${counted(stored - served, 'entry', 'entries')} more came from files.`]
          : []),
      ];
    case 'imported':
      return [
        `${counted(stored, 'entry was', 'entries were')} taken from files, and never compared with Jetty.`,
        ...(note === null ? [] : [note]),
      ];
    case 'partial':
      return [
        note ?? 'The day was read, but nothing proves that this is all of it.',
        ...(day === today ? ['The next sync asks for it again.'] : []),
      ];
    case 'pending':
      return ['Jetty has not been asked for this day yet. The next sync does it.', ...(note === null ? [] : [note])];
    case 'lost':
      return [
        note ?? 'The day fell out of retention before it was fetched.',
        'What happened on it cannot be had from Jetty any more; an export of that time can be imported.',
      ];
  }
}

/** Where else a day lies, now and later. */
export function keepingWords(day: string, known: DayCoverage | null, keeping: Keeping, zone: string): string | null {
  if (known === null || day > new Date(keeping.now).toISOString().slice(0, 10)) return null;
  const begins = startOfDay(day, 'UTC') + keeping.keeps * DAY_MS;
  const gone = endOfDay(day, 'UTC') + keeping.keeps * DAY_MS;
  const about = keeping.byPlan ? '' : ' at the earliest';
  if (!isStillThere(day, keeping)) {
    if (known.state === 'lost' || known.state === 'pending') return null;
    return keeping.byPlan ? 'It exists only here.' : 'It may exist only here: the plan is not known.';
  }
  if (begins <= keeping.now)
    return `Jetty is dropping it; the last of it goes in ${untilWords(gone - keeping.now)}${about}.`;
  return `Jetty has it until ${date(begins, zone)}${about}.`;
}

/** The figures of a day, name and value. */
export function figuresOf(known: DayCoverage, zone: string): readonly (readonly [string, string])[] {
  return [
    ['Served by Jetty', known.served === null ? 'not counted' : grouped(known.served)],
    ['Stored here', grouped(known.stored)],
    ['Last checked', known.checkedAt === null ? 'never' : dateTime(Date.parse(known.checkedAt), zone)],
  ];
}

/** Days in a row that are in the same state for the same reason. */
export type Run = {
  readonly first: string;
  readonly last: string;
  readonly state: DayState;
  readonly note: string | null;
  readonly days: number;
  readonly stored: number;
};

export function runsOfDays(days: readonly DayCoverage[]): Run[] {
  const runs: Run[] = [];
  for (const one of days) {
    const before = runs.at(-1);
    const next = before !== undefined && startOfDay(one.day, 'UTC') - startOfDay(before.last, 'UTC') === DAY_MS;
    if (before && next && before.state === one.state && before.note === one.note) {
      runs[runs.length - 1] = { ...before, last: one.day, days: before.days + 1, stored: before.stored + one.stored };
    } else {
      const { day, state, note, stored } = one;
      runs.push({ first: day, last: day, state, note, days: 1, stored });
    }
  }
  return runs;
}

/** `6 Sep 2025`, or `14 – 15 Feb 2026`, as short as it can be said. */
export function spanWords(first: string, last: string): string {
  const [from, to] = [date(Date.parse(first), 'UTC'), date(Date.parse(last), 'UTC')];
  if (first === last) return from;
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8))}–${to}`;
  return `${from} – ${to}`;
}
