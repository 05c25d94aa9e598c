import type { KdfCost } from '../core/archive/key-wrap.ts';
import type { CommonOptions } from './common-options.ts';
import type { WarmArchives } from './warm-archives.ts';

/** The terminal a command runs in; handed in, so that tests and batches own it. */
export type Terminal = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** How this very program is started, for a schedule: every path absolute. */
  readonly program?: readonly string[];
  /** The built script of the threads over an archive; without it everything is done in this one. */
  readonly threads?: string;
  /** The folder of rules, frameworks and other data that ships with Logbook. */
  readonly resourcesDir: string;
  out(text: string): void;
  err(text: string): void;
  /** Standard input, in pieces of text; only a batch reads it. */
  input?(): AsyncIterable<string>;
  /** Whether standard error is a terminal, where a progress bar makes sense. */
  readonly interactive: boolean;
  /** Asks for a secret without showing it; null where nobody can be asked. */
  askSecret(question: string): Promise<string | null>;
  /** Cost of a new passphrase wrap; only tests lower it. */
  readonly kdfCost?: KdfCost;
  /** Aborts when the person presses Ctrl-C. A command that never looks at it is ended by the system instead. */
  readonly signal: AbortSignal;
  /** Within a batch: what is kept open from line to line, and what each line takes where it says nothing. */
  readonly warm?: WarmArchives;
  readonly defaults?: CommonOptions;
};
