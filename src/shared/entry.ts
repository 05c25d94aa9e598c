/** Who acted. Any part may be missing in what the server sent; a part that is missing is null, never an empty string. */
export type Actor = { readonly id: string | null; readonly name: string | null; readonly email: string | null };

/** What was acted upon. */
export type Target = { readonly type: string | null; readonly id: string | null; readonly name: string | null };

/** The team in whose context the action happened. */
export type Team = { readonly id: string | null; readonly name: string | null };

/** JSON as the server sends it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One audit-log entry, parsed. `ts` is a UTC instant in milliseconds since 1970; `timestamp` is the server's own text.
 * The raw bytes are kept beside it in the archive and remain the evidence; this is a reading of them.
 */
export type Entry = {
  readonly id: string;
  readonly ts: number;
  readonly timestamp: string;
  readonly actor: Actor | null;
  readonly action: string;
  readonly target: Target | null;
  readonly address: string | null;
  readonly agent: string | null;
  readonly team: Team | null;
  readonly metadata: Json;
};

/**
 * An entry as lists show it: without metadata. `key` orders entries in time and is the paging cursor: a safe integer,
 * unique in one archive, equal to `ts * 2048 + n` except where more than 2,048 entries share one millisecond.
 */
export type EntryRow = Omit<Entry, 'metadata' | 'timestamp'> & { readonly key: number };

/** Entries alike in a row, of which a list shows one. */
export type EntryRun = {
  /** All of them, newest first. */
  readonly keys: readonly number[];
  /** Instant of the oldest, milliseconds UTC. */
  readonly since: number;
  /** How many different ones there are among them; none counts as one. */
  readonly actors: number;
  readonly targets: number;
  readonly teams: number;
};

/**
 * A line of a list that folds repeats: an entry, or the newest of those that are behind it. `index` counts lines and
 * `position` entries, the newest being 0.
 */
export type EntryLine = {
  readonly row: EntryRow;
  readonly index: number;
  readonly position: number;
  readonly run: EntryRun | null;
};
