/** Every way a Logbook operation can fail. A code is stable: the terminal maps it to an exit code, the window to a state. */
export const ERROR_CODES = [
  'bad_input',
  'not_found',
  'exists',
  'unauthenticated',
  'forbidden',
  'server',
  'network',
  'integrity',
  'wrong_passphrase',
  'damaged_keyring',
  'newer_version',
  'in_use',
  'read_only',
  'locked',
  'disk',
  'cancelled',
  'unexpected',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * A failure as a reviewer reads it. `message` says what failed and on what, `hint` what to do next. Neither ever holds a
 * token, passphrase, key or stack trace; in the window they hold no path either.
 */
export type Failure = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly retryable: boolean;
};

/** Either a value or a failure: what every fallible operation of Logbook returns. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

const RETRYABLE: ReadonlySet<ErrorCode> = new Set(['server', 'network', 'in_use', 'disk']);

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure(code: ErrorCode, message: string, hint: string): Failure {
  return { code, message, hint, retryable: RETRYABLE.has(code) };
}

export function fail(code: ErrorCode, message: string, hint: string): { readonly ok: false; readonly error: Failure } {
  return { ok: false, error: failure(code, message, hint) };
}

/** Carries a `Failure` through code that can only throw (a transaction callback, a React Query function). */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(f: Failure) {
    super(f.message);
    this.name = 'FailureError';
    this.failure = f;
  }
}

/** Returns the value or throws a `FailureError`; the inverse of `capture`. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new FailureError(result.error);
}
