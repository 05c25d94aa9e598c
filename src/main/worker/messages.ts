import type { Result } from '../../shared/errors.ts';
import type { Progress } from '../core/ports.ts';

/** How a thread is started. The key travels as data between threads, never as an argument or in the environment. */
export type ThreadSetup = {
  /**
   * A `task` reads one moment of the archive and keeps nothing of it: for an export or a report. A `keeper` opens nothing and
   * is given no key: it changes the keys of an archive that nobody has open.
   */
  readonly role: 'reader' | 'task' | 'writer' | 'keeper';
  readonly dir: string;
  readonly key: Uint8Array;
  /** One 32-bit number, of `FLAG`: it is seen even by code that never yields. */
  readonly flag: SharedArrayBuffer;
};

/** What the thread is to do with its calls: go on, break off the one that runs, or that and begin no other. */
export const FLAG = { goOn: 0, cancel: 1, close: 2 } as const;

export type ToThread =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'close' };

export type FromThread =
  | { readonly kind: 'ready'; readonly result: Result<null> }
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly kind: 'closed' };
