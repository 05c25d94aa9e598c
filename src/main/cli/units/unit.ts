/** What a system is to run, and how often. No part of it is a secret: secrets are named by the files they lie in. */
export type Job = {
  /** Letters, digits and hyphens: names the unit. */
  readonly slug: string;
  /** For people. */
  readonly title: string;
  /** Program and arguments; every path absolute. */
  readonly command: readonly string[];
  readonly everyMinutes: number;
  /** The minute of the hour at which it runs, 0 to 59: not every Logbook of the world asks at the full hour. */
  readonly minute: number;
};

/** A file to be put somewhere; what cannot be a file (a crontab) has the text alone. */
export type UnitFile = { readonly path: string | null; readonly text: string };

/** What makes a system run a job: files, and the commands that switch it on. */
export type Unit = { readonly files: readonly UnitFile[]; readonly install: readonly string[] };

export type UnitWriter = (job: Job) => Unit;

export const HOUR = 60;
export const DAY = 24 * HOUR;

/** Intervals that fit the hour or the day, so that every system can express them. Minutes. */
export const INTERVALS: readonly number[] = [15, 30, ...[1, 2, 3, 4, 6, 8, 12, 24].map((hours) => hours * HOUR)];

/** Text as it stands in XML. */
export function xml(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}
