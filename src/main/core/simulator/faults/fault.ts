import type { DayEntry } from '../draft.ts';
import type { Random } from '../random.ts';
import type { LogQuery, Refused } from '../request.ts';

/** A whole answer given in place of the true one. */
export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: string;
};

/** What goes wrong with one request. `delay` only holds it up, every other kind ends it. */
export type Trouble =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'truncate' }
  /** Says that the body is gzip, and it is damaged. */
  | { readonly kind: 'garble' }
  /** Takes the request and never answers. */
  | { readonly kind: 'silence' }
  /** Answers half, and then nothing. */
  | { readonly kind: 'stall' }
  | { readonly kind: 'delay'; readonly ms: number };

/** One authorised request to the audit-log endpoint. `number` counts them from 1; `now` is the server's present (ms UTC). */
export type FaultRequest = { readonly url: string; readonly number: number; readonly now: number };

/**
 * Something that goes wrong. A `transient` fault troubles some addresses and lets each through after a few attempts, so
 * that patience gets there; what is not transient decides about every request by itself.
 */
export type Fault = {
  readonly transient: boolean;
  readonly trouble?: (request: FaultRequest) => Trouble | null;
  /** Misreads what was asked. */
  readonly misread?: (query: LogQuery) => LogQuery;
  /** Refuses what was asked. */
  readonly refuse?: (asked: { readonly page: number; readonly perPage: number }) => Refused | null;
  /** What the server takes for the present, after so many requests. Milliseconds UTC. */
  readonly present?: (now: number, requests: number) => number;
  /** How long after its instant an entry is first served, in milliseconds. */
  readonly delay?: (entry: DayEntry) => number;
  /** What has become of an entry after so many requests: another content, or nothing. */
  readonly alter?: (entry: DayEntry, requests: number) => DayEntry | null;
  /** Entries of one second change places from request to request. */
  readonly shuffles?: boolean;
  /** Bytes a second at most. */
  readonly bytesPerSecond?: number;
  /** Requests a minute at most. */
  readonly requestsPerMinute?: number;
  /** The log goes on for so many days after the present, so that there is something to arrive. */
  readonly daysAhead?: number;
};

/** A fault by name. `make` gets its own stream of chance and the number after a colon (`slow:500`), if there was one. */
export type FaultKind = {
  readonly name: string;
  readonly summary: string;
  readonly make: (chance: Random, argument: number | null) => Fault;
};
