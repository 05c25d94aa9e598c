import type { ErrorCode } from '../../shared/errors.ts';

/** Exit codes of the `logbook` command; what they mean is a public interface. */
export const EXIT = {
  done: 0,
  fault: 1,
  badInput: 2,
  refused: 3,
  serverOrNetwork: 4,
  integrity: 5,
  keyring: 6,
  inUse: 7,
  /** 128 + SIGINT, as shells count it. */
  cancelled: 130,
} as const;

const BY_CODE: Readonly<Record<ErrorCode, number>> = {
  bad_input: EXIT.badInput,
  not_found: EXIT.badInput,
  exists: EXIT.badInput,
  newer_version: EXIT.badInput,
  read_only: EXIT.badInput,
  locked: EXIT.badInput,
  unauthenticated: EXIT.refused,
  forbidden: EXIT.refused,
  server: EXIT.serverOrNetwork,
  network: EXIT.serverOrNetwork,
  integrity: EXIT.integrity,
  wrong_passphrase: EXIT.keyring,
  damaged_keyring: EXIT.keyring,
  in_use: EXIT.inUse,
  disk: EXIT.fault,
  cancelled: EXIT.cancelled,
  unexpected: EXIT.fault,
};

export function exitCodeOf(code: ErrorCode): number {
  return BY_CODE[code];
}
