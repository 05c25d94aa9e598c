import { fail, ok, type Result } from '../../../shared/errors.ts';
import { STORY_NAMES } from './stories/catalogue.ts';

/** What a made-up organisation follows from, and nothing else: the same options give the same bytes everywhere. */
export type OrganisationOptions = {
  /** Entries in all, stories included: exactly so many. */
  readonly entries: number;
  /** UTC days of history, the last of which holds `now`. */
  readonly days: number;
  readonly seed: number;
  /** Milliseconds UTC: nothing in the log is later. */
  readonly now: number;
  /** Stories to plant, by name; the usual ones unless said otherwise, none for `[]`. */
  readonly incidents?: readonly string[];
};

const MOST_ENTRIES = 50_000_000;
const MOST_DAYS = 10 * 366;
const LAST_MS = 2 ** 42 - 1;

/** Checks options as they come from a command line. `bad_input` names the option and what it may be. */
export function checkOrganisation(options: OrganisationOptions): Result<void> {
  const { entries, days, seed, now, incidents = [] } = options;
  if (!within(entries, 0, MOST_ENTRIES)) return bad('entries', `a whole number from 0 to ${MOST_ENTRIES}`);
  if (!within(days, 1, MOST_DAYS)) return bad('days', `a whole number from 1 to ${MOST_DAYS}`);
  if (!Number.isSafeInteger(seed)) return bad('seed', 'a whole number');
  if (!within(now, days * 86_400_000, LAST_MS)) return bad('now', 'an instant between 1970 and 2109');
  const unknown = incidents.find((name) => !STORY_NAMES.includes(name));
  if (unknown !== undefined) {
    return fail('bad_input', `There is no incident “${unknown}”.`, `Choose from: ${STORY_NAMES.join(', ')}.`);
  }
  return ok(undefined);
}

export function within(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

export function bad(name: string, allowed: string): ReturnType<typeof fail> {
  return fail('bad_input', `The option “${name}” of the simulator cannot be used as given.`, `It must be ${allowed}.`);
}
