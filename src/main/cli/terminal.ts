import type { KdfCost } from '../core/archive/key-wrap.ts';

/** The terminal a command runs in; handed in, so that tests and batches own it. */
export type Terminal = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The folder of rules, frameworks and other data that ships with Logbook. */
  readonly resourcesDir: string;
  out(text: string): void;
  err(text: string): void;
  /** Whether standard error is a terminal, where a progress bar makes sense. */
  readonly interactive: boolean;
  /** Asks for a secret without showing it; null where nobody can be asked. */
  askSecret(question: string): Promise<string | null>;
  /** Cost of a new passphrase wrap; only tests lower it. */
  readonly kdfCost?: KdfCost;
  /** Aborts when the person presses Ctrl-C. */
  readonly signal: AbortSignal;
};
