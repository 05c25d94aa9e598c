import { Temporal } from 'temporal-polyfill';

// Written out: a formatter of the platform takes longer than the rule whose sentence it is.
const WEEKDAYS = 'Mon Tue Wed Thu Fri Sat Sun'.split(' ');
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' ');

/** `Wed 14 Oct 2026, 03:15` in a zone. */
export function clockText(ms: number, zone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const date = `${WEEKDAYS[at.dayOfWeek - 1]} ${at.day} ${MONTHS[at.month - 1]} ${at.year}`;
  return `${date}, ${hourText(at)}`;
}

/** `03:15` in a zone. */
export function timeText(ms: number, zone: string): string {
  return hourText(Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone));
}

function hourText({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** `41 min`, `3 min 34 s`, `2 h 5 min`. */
export function spanText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10 && seconds % 60 > 0) return `${minutes} min ${seconds % 60} s`;
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 > 0 && hours < 24 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
}

/** `1 account`, `41 accounts`. */
export function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;
}
