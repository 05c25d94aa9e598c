import type { ActionInfo } from '../../../shared/action.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import { actorKey } from './subject.ts';

const MS_PER_HOUR = 3_600_000;

/** What is known of a person before the entry that is judged. Instants are milliseconds UTC. */
export type History = {
  entries: number;
  first: number;
  /** The last entry that was no failed sign-in; null before there is one. */
  lastActive: number | null;
  /** Entries by hour of the day, UTC. */
  readonly hours: Uint32Array;
};

/** The history of everybody, kept once for all rules. */
export type Histories = ReadonlyMap<string, History>;

/** A history without any entry: what is known of somebody who is not seen before. */
export const NO_HISTORY: Readonly<History> = { entries: 0, first: 0, lastActive: null, hours: new Uint32Array(24) };

/** Adds an entry to the history of its actor, after the rules have judged it. */
export function remember(histories: Map<string, History>, row: EntryRow, info: ActionInfo): void {
  const actor = actorKey(row);
  if (actor === null) return;
  let history = histories.get(actor);
  if (history === undefined) {
    history = { entries: 0, first: row.ts, lastActive: null, hours: new Uint32Array(24) };
    histories.set(actor, history);
  }
  history.entries++;
  if (info.meaning !== 'login_failed') history.lastActive = row.ts;
  const hour = Math.floor(row.ts / MS_PER_HOUR) % 24;
  history.hours[hour] = (history.hours[hour] as number) + 1;
}
