/** Where faults of the shell are told. Never to the window: it gets a `Failure` without details. */
export type Report = (what: string, error?: unknown) => void;

/** Writes one line to standard error; the stack too when `LOGBOOK_DEBUG` is set. */
export const reportToStderr: Report = (what, error) => {
  const reason = error instanceof Error ? `: ${error.name}: ${error.message}` : '';
  const stack = process.env.LOGBOOK_DEBUG && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  process.stderr.write(`logbook: ${what}${reason}${stack}\n`);
};
