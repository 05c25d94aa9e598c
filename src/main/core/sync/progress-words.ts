import { leftInWords } from './estimate.ts';

/** How far a run has come. Times in milliseconds; null where nobody can say. */
export type RunSoFar = {
  readonly daysDone: number;
  readonly daysTotal: number | null;
  readonly fetched: number;
  readonly inserted: number;
  readonly left: number | null;
  /** What the run waits for and how long, once that takes a second or more. */
  readonly waiting: { readonly ms: number; readonly why: string } | null;
};

const THIN_SPACE = '\u202f';

/** A run's course in one line, what matters most first: a narrow terminal cuts the end off. */
export function progressWords({ daysDone, daysTotal, fetched, inserted, left, waiting }: RunSoFar): string {
  const days = daysTotal === null ? '' : `${grouped(daysDone)} of ${grouped(daysTotal)} days`;
  const done = daysTotal !== null && daysDone >= daysTotal;
  const wait = waiting === null ? '' : `waiting ${Math.ceil(waiting.ms / 1000)} s, ${waiting.why}`;
  const counts = `${grouped(fetched)} ${fetched === 1 ? 'entry' : 'entries'} read, ${grouped(inserted)} new`;
  return [days, done ? '' : leftInWords(left), wait, counts].filter((part) => part !== '').join(' · ');
}

function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}
