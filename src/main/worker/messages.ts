import type { Result } from '../../shared/errors.ts';
import type { Progress } from '../core/ports.ts';

/**
 * A `task` reads one moment of the archive and keeps nothing of it: for an export or a report. A `keeper` opens nothing and
 * is given no key: it changes the keys of an archive that nobody has open. A `filler` makes an archive that a keeper fills; a
 * `verifier` takes its part of a verification.
 */
export type Role = 'reader' | 'task' | 'writer' | 'keeper' | 'filler' | 'verifier';

/** How a thread is started: what it will be asked to do, of which it loads the code. */
export type ThreadStart = {
  readonly role: Role;
  /**
   * 32-bit numbers, seen even by code that never yields: one of `FLAG`, and behind it the calls that were given up, each in
   * the place that its number has among `GIVEN_UP`.
   */
  readonly flag: SharedArrayBuffer;
};

/** What it is to open then. The key travels as data between threads, never as an argument or in the environment. */
export type ThreadSetup = { readonly dir: string; readonly key: Uint8Array };

/** What the thread is to do with its calls: go on, break off the one that runs, or that and begin no other. */
export const FLAG = { goOn: 0, cancel: 1, close: 2 } as const;

/** So many calls that were given up are remembered. */
export const GIVEN_UP = 64;

/** Where among the shared numbers a call is noted as given up. */
export function givenUpPlace(id: number): number {
  return 1 + (id % GIVEN_UP);
}

export type ToThread =
  | ({ readonly kind: 'open' } & ThreadSetup)
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'close' };

export type FromThread =
  | { readonly kind: 'ready'; readonly result: Result<null> }
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly kind: 'closed' };
