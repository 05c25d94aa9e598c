import type { Office } from './office.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `Monday to Friday, 07:00–20:00`, `Monday to Thursday and Saturday, 22:00–06:00 the next day`. */
export function hoursText({ weekdays, opens, closes }: Pick<Office, 'weekdays' | 'opens' | 'closes'>): string {
  const hours = opens === closes ? 'around the clock' : `${opens}–${closes}${closes < opens ? ' the next day' : ''}`;
  return `${daysText(weekdays)}, ${hours}`;
}

/** `Lisbon: Monday to Friday, 07:00–20:00 (Europe/Lisbon)`. */
export function officeText(office: Office): string {
  return `${office.name}: ${hoursText(office)} (${office.zone})`;
}

function daysText(weekdays: readonly number[]): string {
  if (weekdays.length === 7) return 'every day';
  const runs: number[][] = [];
  for (const day of weekdays.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  const words = runs.flatMap((run) =>
    run.length > 2 ? [`${nameOf(run[0])} to ${nameOf(run.at(-1))}`] : run.map((day) => nameOf(day)),
  );
  return words.length < 2 ? (words[0] ?? 'no day') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function nameOf(day: number | undefined): string {
  return DAYS[(day ?? 1) - 1] ?? '';
}
