import { Temporal } from 'temporal-polyfill';
import type { Bound, Filter } from '../filter/filter.ts';
import type { Words } from './words.ts';

export type AskedTime = Pick<Filter, 'from' | 'to' | 'last'>;

type Days = { readonly first: Temporal.PlainDate; readonly last: Temporal.PlainDate };

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const COUNTS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6 };

const COUNT = '\\d{1,3}|an?|one|two|three|four|five|six';
// Short forms of weekdays, and of months that stand alone, are people's names as well.
const WEEKDAY = WEEKDAYS.join('|');
const MONTH = MONTHS.map((month) => (month === 'may' ? 'may' : `${month}|${month.slice(0, 3)}`)).join('|');
const DATE = `\\d{4}-\\d{2}-\\d{2}|(?:\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${MONTH})|(?:${MONTH}) \\d{1,2}(?:st|nd|rd|th)?)(?: \\d{4})?`;
const PERIOD = `q[1-4](?: \\d{4})?|(?:first|second|third|fourth) quarter(?: of)?(?: \\d{4})?|(?:${MONTHS.join('|')})(?: \\d{4})?|20\\d{2}`;
const RELATIVE = `today|yesterday|the day before yesterday|(?:this|last|previous) (?:week|weekend|month|quarter|year|${WEEKDAY})|${WEEKDAY}`;
const ANY = `${DATE}|${RELATIVE}|${PERIOD}`;

// Hours of a day, the end excluded; the night reaches into the next morning.
const PARTS: Readonly<Record<string, readonly [from: number, to: number]>> = {
  morning: [6, 12],
  afternoon: [12, 18],
  evening: [18, 24],
  night: [20, 30],
};

/** Takes what a question says of time; dates are those of the zone. Null where it says nothing. */
export function takeTime(words: Words, zone: string, nowMs: number): AskedTime | null {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone);
  const today = now.toPlainDate();
  const days = (text: string): Days | null => daysOf(text, today);
  const found = (pattern: string): readonly string[] | null =>
    words.take(pattern)?.parts.map((part) => part ?? '') ?? null;

  const span =
    found(`(?:in (?=the )|during |over |within )?(?:the )?(?:last|past) (?:(${COUNT}) )?(hour|day|week|month|year)s`) ??
    found(`(?:in (?=the )|during |over |within )?(?:the )?(?:last|past) (${COUNT}) (hour|day|week|month|year)`) ??
    found('(?:in (?=the )|during )?(?:the )?(?:last|past)( )?(hour)');
  if (span) return backFrom(today, COUNTS[span[1] ?? ''] ?? (Number((span[1] ?? '').trim()) || 1), span[2] ?? '');

  const between = found(`(?:between|from) (${ANY}) (?:and|to|until|till) (${ANY})`);
  if (between) {
    const [first, last] = [days(between[1] ?? ''), days(between[2] ?? '')];
    if (first && last && Temporal.PlainDate.compare(first.first, last.last) <= 0) return bounds(first.first, last.last);
  }
  const since = found(`(since|after|before|until|till) (?:the )?(${ANY})`);
  if (since) {
    const asked = days(since[2] ?? '');
    if (asked) return oneSided(since[1] ?? '', asked);
  }
  const tonight = found('(?:last night|yesterday night)|(tonight|(?:this|today) (?:night))');
  if (tonight) return partOf(tonight[1] ? today : today.subtract({ days: 1 }), 'night');
  const part = found(
    `(?:on )?(?:the )?(this|today|yesterday|last (?:${WEEKDAY})|this (?:${WEEKDAY})|${WEEKDAY}|${DATE})(?: in the| at)? (morning|afternoon|evening|night)`,
  );
  if (part) {
    const asked = part[1] === 'this' ? { first: today } : days(part[1] ?? '');
    if (asked) return partOf(asked.first, part[2] ?? '');
  }
  const whole =
    found(`(?:on |in (?=the )|during |over |at |of )?(?:the )?(${DATE}|${RELATIVE}|weekend)`) ??
    found(`(?:in|during|over) (?:the )?(${PERIOD})`) ??
    found(`(q[1-4](?: \\d{4})?|(?:${MONTH}) \\d{4})`);
  const asked = whole && days(whole[1] ?? '');
  return asked ? bounds(asked.first, asked.last) : null;
}

function bounds(first: Temporal.PlainDate, last: Temporal.PlainDate): AskedTime {
  return { from: first.toString(), to: last.toString() };
}

function oneSided(word: string, { first, last }: Days): AskedTime {
  if (word === 'since') return { from: first.toString() };
  if (word === 'after') return { from: last.add({ days: 1 }).toString() };
  return { to: (word === 'before' ? first.subtract({ days: 1 }) : last).toString() };
}

function backFrom(today: Temporal.PlainDate, count: number, unit: string): AskedTime {
  if (unit === 'hour') return { last: `${count}h` };
  if (unit === 'day') return { last: `${count}d` };
  if (unit === 'week') return { last: `${count}w` };
  return { from: today.subtract(unit === 'month' ? { months: count } : { years: count }).toString() };
}

function partOf(day: Temporal.PlainDate, part: string): AskedTime {
  const [from, to] = PARTS[part] ?? [0, 24];
  const at = (hours: number): Bound =>
    day
      .add({ days: Math.floor(hours / 24) })
      .toPlainDateTime({ hour: hours % 24 })
      .toString({ smallestUnit: 'minute' });
  // Limits are both inclusive: an evening ends with the last minute before midnight.
  const last = day
    .add({ days: Math.floor((to - 1) / 24) })
    .toPlainDateTime({ hour: (to - 1) % 24, minute: 59, second: 59, millisecond: 999 });
  return { from: at(from), to: last.toString({ fractionalSecondDigits: 3 }) };
}

function daysOf(text: string, today: Temporal.PlainDate): Days | null {
  const one = (day: Temporal.PlainDate): Days => ({ first: day, last: day });
  if (text === 'today') return one(today);
  if (text === 'yesterday') return one(today.subtract({ days: 1 }));
  if (text === 'the day before yesterday') return one(today.subtract({ days: 2 }));
  const relative = /^(?:(this|last|previous) )?(.+)$/.exec(text);
  const back = relative?.[1] === 'last' || relative?.[1] === 'previous';
  const named = relative?.[2] ?? '';
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  if (named === 'week') return run(back ? monday.subtract({ weeks: 1 }) : monday, { weeks: 1 });
  if (named === 'weekend')
    return run(monday.add({ days: 5 }).subtract({ weeks: back || today.dayOfWeek < 6 ? 1 : 0 }), { days: 2 });
  if (named === 'month') return run(today.with({ day: 1 }).subtract({ months: back ? 1 : 0 }), { months: 1 });
  if (named === 'quarter') {
    const first = today.with({ day: 1, month: today.month - ((today.month - 1) % 3) });
    return run(first.subtract({ months: back ? 3 : 0 }), { months: 3 });
  }
  if (named === 'year') return run(today.with({ day: 1, month: 1 }).subtract({ years: back ? 1 : 0 }), { years: 1 });
  const weekday = WEEKDAYS.indexOf(named) + 1;
  if (weekday > 0) {
    const ago = (today.dayOfWeek - weekday + 7) % 7;
    return one(today.subtract({ days: back && ago === 0 ? 7 : ago }));
  }
  return dateOf(text, today) ?? periodOf(text, today);
}

function run(first: Temporal.PlainDate, length: Temporal.DurationLike): Days {
  return { first, last: first.add(length).subtract({ days: 1 }) };
}

function dateOf(text: string, today: Temporal.PlainDate): Days | null {
  const parts =
    /^(?:(\d{4})-(\d{2})-(\d{2})|(?:(\d{1,2})\D{0,2}(?: of)? ([a-z]+)|([a-z]+) (\d{1,2})(?:st|nd|rd|th)?)(?: (\d{4}))?)$/.exec(
      text,
    );
  if (!parts) return null;
  const month = parts[2] ? Number(parts[2]) : monthOf(parts[5] ?? parts[6] ?? '');
  const day = Number(parts[3] ?? parts[4] ?? parts[7]);
  const year = Number(parts[1] ?? parts[8] ?? today.year);
  try {
    const date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
    // Questions are about what was: a date to come is that of the year before.
    const past = !parts[1] && !parts[8] && Temporal.PlainDate.compare(date, today) > 0;
    const meant = past ? date.subtract({ years: 1 }) : date;
    return { first: meant, last: meant };
  } catch {
    return null;
  }
}

function periodOf(text: string, today: Temporal.PlainDate): Days | null {
  const parts = /^(?:q([1-4])|(first|second|third|fourth) quarter(?: of)?|([a-z]+))?(?: ?(\d{4}))?$/.exec(text);
  if (!parts) return null;
  const said = parts[4] === undefined ? null : Number(parts[4]);
  const quarter = Number(parts[1] ?? ['first', 'second', 'third', 'fourth'].indexOf(parts[2] ?? '') + 1);
  const month = quarter > 0 ? quarter * 3 - 2 : parts[3] ? monthOf(parts[3]) : 0;
  if (month < 1) return said === null || parts[3] ? null : run(new Temporal.PlainDate(said, 1, 1), { years: 1 });
  const first = new Temporal.PlainDate(said ?? today.year, month, 1);
  const past = said === null && Temporal.PlainDate.compare(first, today) > 0;
  return run(past ? first.subtract({ years: 1 }) : first, { months: quarter > 0 ? 3 : 1 });
}

function monthOf(name: string): number {
  return MONTHS.findIndex((month) => name === month || name === month.slice(0, 3)) + 1;
}
