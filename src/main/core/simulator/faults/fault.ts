import type { Random } from '../random.ts';
import type { LogQuery } from '../request.ts';

/** A whole answer given in place of the true one. */
export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: string;
};

/** What goes wrong with one request. The first four end it; `delay` only holds it up. */
export type Trouble =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'truncate' }
  | { readonly kind: 'delay'; readonly ms: number };

/** One authorised request to the audit-log endpoint. `number` counts them from 1. */
export type FaultRequest = { readonly url: string; readonly number: number };

/**
 * Something that goes wrong. A `transient` fault troubles some addresses and lets each through after a few attempts, so
 * that patience gets there; what is not transient decides about every request by itself.
 */
export type Fault = {
  readonly transient: boolean;
  readonly trouble?: (request: FaultRequest) => Trouble | null;
  /** Misreads what was asked. */
  readonly misread?: (query: LogQuery) => LogQuery;
};

/** A fault by name. `make` gets its own stream of chance and the number after a colon (`slow:500`), if there was one. */
export type FaultKind = {
  readonly name: string;
  readonly summary: string;
  readonly make: (chance: Random, argument: number | null) => Fault;
};
