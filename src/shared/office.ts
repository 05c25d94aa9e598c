import { Temporal } from 'temporal-polyfill';
import { isDay, isZone } from './instant.ts';

/** A day on which no work begins, `YYYY-MM-DD`; the name may be empty. */
export type Holiday = { readonly date: string; readonly name: string };

/** An office: where it is, and when people are expected to work there. */
export type Office = {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  /** Days on which work begins, 1 for Monday to 7 for Sunday. */
  readonly weekdays: readonly number[];
  /** `07:00`, on the clock of the office. */
  readonly opens: string;
  /** Not later than `opens` means the next day: 22:00–06:00 is a night shift, 00:00–00:00 all day. */
  readonly closes: string;
  readonly holidays: readonly Holiday[];
};

/** A time of day as offices write it, hours and minutes. */
export const CLOCK_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** What holds while nobody has said when anybody works: one office, weekdays from seven to eight in the evening. */
export function defaultOffice(zone: string): Office {
  return {
    id: 'default',
    name: 'Office',
    zone,
    weekdays: [1, 2, 3, 4, 5],
    opens: '07:00',
    closes: '20:00',
    holidays: [],
  };
}

/** The offices that hold in an archive of this zone: those that were kept, or the default. */
export function officesOr(kept: readonly Office[] | null, zone: string): readonly Office[] {
  return kept === null || kept.length === 0 ? [defaultOffice(zone)] : kept;
}

/** A shift of an office, milliseconds UTC, the end excluded. */
export type Shift = { readonly start: number; readonly end: number };

/**
 * Tells for instants whether any office is at work. A shift belongs to the day on which it begins: it takes place unless
 * that day is a holiday or no working day, and it runs into whatever the next day is. Where a clock is put forward or back
 * during a shift, the shift is an hour shorter or longer.
 */
export type OfficeHours = {
  isOpen(ms: number): boolean;
  /** The holidays on which offices are closed at an instant: `name` of the office, and of the day. */
  holidaysAt(ms: number): readonly { readonly office: string; readonly holiday: string }[];
  /** Times in which some office is at work between two instants, oldest first, without overlaps, cut at both ends. */
  between(fromMs: number, toMs: number): readonly Shift[];
};

/** Compiles offices; keep it as long as they stay the same. */
export function officeHours(offices: readonly Office[]): OfficeHours {
  const compiled = offices.map(compile);
  return {
    isOpen: (ms) => compiled.some((office) => office.isOpen(ms)),
    holidaysAt: (ms) => compiled.flatMap((office) => office.holidayAt(ms) ?? []),
    between: (fromMs, toMs) => merged(compiled.flatMap((office) => office.shifts(fromMs, toMs))),
  };
}

type Compiled = {
  isOpen(ms: number): boolean;
  holidayAt(ms: number): { readonly office: string; readonly holiday: string } | null;
  shifts(fromMs: number, toMs: number): readonly Shift[];
};

// What is asked about lies close together; a year of days is more than any run needs at once.
const MOST_DAYS = 10_000;

function compile({ name, zone, weekdays, opens, closes, holidays }: Office): Compiled {
  const working = new Set(weekdays);
  const closed = new Map(holidays.map((holiday) => [holiday.date, holiday.name]));
  const overnight = closes <= opens;
  const known = new Map<string, Shift | null>();
  const dateOf = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate();
  const at = (date: Temporal.PlainDate, clock: string) =>
    date.toZonedDateTime({ timeZone: zone, plainTime: clock }).epochMilliseconds;
  const shiftOf = (date: Temporal.PlainDate): Shift | null => {
    const day = date.toString();
    let shift = known.get(day);
    if (shift === undefined) {
      shift =
        working.has(date.dayOfWeek) && !closed.has(day)
          ? { start: at(date, opens), end: at(overnight ? date.add({ days: 1 }) : date, closes) }
          : null;
      if (known.size >= MOST_DAYS) known.clear();
      known.set(day, shift);
    }
    return shift;
  };
  return {
    isOpen(ms) {
      const date = dateOf(ms);
      return [date, date.subtract({ days: 1 })].some((day) => {
        const shift = shiftOf(day);
        return shift !== null && shift.start <= ms && ms < shift.end;
      });
    },
    holidayAt(ms) {
      const holiday = closed.get(dateOf(ms).toString());
      return holiday === undefined ? null : { office: name, holiday };
    },
    shifts(fromMs, toMs) {
      const found: Shift[] = [];
      const last = dateOf(toMs);
      for (let day = dateOf(fromMs).subtract({ days: 1 }); Temporal.PlainDate.compare(day, last) <= 0; ) {
        const shift = shiftOf(day);
        const start = Math.max(shift?.start ?? toMs, fromMs);
        const end = Math.min(shift?.end ?? fromMs, toMs);
        if (start < end) found.push({ start, end });
        day = day.add({ days: 1 });
      }
      return found;
    },
  };
}

function merged(shifts: readonly Shift[]): readonly Shift[] {
  const all: { start: number; end: number }[] = [];
  for (const shift of shifts.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last !== undefined && shift.start <= last.end) last.end = Math.max(last.end, shift.end);
    else all.push({ ...shift });
  }
  return all;
}

/** What keeps an office from being kept. `field` says which of its parts, `index` which holiday. */
export type OfficeProblem = {
  readonly field: 'name' | 'zone' | 'weekdays' | 'hours' | 'holidays';
  readonly index?: number;
  readonly message: string;
};

/** The first thing wrong with an office among others (those of other ids), or null. */
export function officeProblem(office: Office, others: readonly Office[]): OfficeProblem | null {
  const name = office.name.trim();
  if (name === '') return { field: 'name', message: 'Give the office a name.' };
  const same = (other: Office) => other.id !== office.id && other.name.trim().toLowerCase() === name.toLowerCase();
  if (others.some(same)) return { field: 'name', message: `There is another office called ${name}.` };
  if (!isZone(office.zone))
    return { field: 'zone', message: `“${office.zone}” is not a time zone. Choose one, such as Europe/Lisbon.` };
  if (office.weekdays.length === 0) return { field: 'weekdays', message: 'Choose at least one working day.' };
  if (!CLOCK_TIME.test(office.opens) || !CLOCK_TIME.test(office.closes))
    return { field: 'hours', message: 'Give opening and closing as hours and minutes, such as 08:30.' };
  return holidayProblem(office.holidays);
}

function holidayProblem(holidays: readonly Holiday[]): OfficeProblem | null {
  const seen = new Set<string>();
  for (const [index, { date }] of holidays.entries()) {
    if (!isDay(date)) return { field: 'holidays', index, message: `“${date}” is not a date. Write it as 2026-12-25.` };
    if (seen.has(date)) return { field: 'holidays', index, message: `${date} is in the list already.` };
    seen.add(date);
  }
  return null;
}
