import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, fail, ok, type Result } from '../../../shared/errors.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { keyIdOf } from './key-wrap.ts';
import { type Keyring, parseKeyring, printKeyring } from './keyring.ts';
import { lockKeyring } from './lock.ts';

/** The files of an archive folder. */
export const DATABASE = 'entries.db';
export const KEYRING = 'keyring.json';

/** The keyring of an archive folder. `not_found` where there is no archive, else as `parseKeyring`. */
export function readKeyring(dir: string): Result<Keyring> {
  if (!existsSync(join(dir, KEYRING)) && !existsSync(join(dir, DATABASE))) return notAnArchive(dir);
  try {
    return parseKeyring(readFileSync(join(dir, KEYRING), 'utf8'));
  } catch {
    return parseKeyring('');
  }
}

/** Puts a keyring in place, whole or not at all. */
export function writeKeyring(dir: string, keyring: Keyring): Result<void> {
  return writeAtomically(join(dir, KEYRING), printKeyring(keyring));
}

/**
 * Changes the keyring alone: two changes at once cannot undo each other, and none happens while the data key itself is
 * being changed. `key` must be the archive's present data key.
 */
export async function changeKeyring(
  dir: string,
  key: Uint8Array,
  change: (keyring: Keyring) => Result<Keyring> | Promise<Result<Keyring>>,
): Promise<Result<void>> {
  const lock = lockKeyring(dir);
  if (!lock.ok) return lock;
  try {
    const keyring = readKeyring(dir);
    if (!keyring.ok) return keyring;
    const current = checkCurrent(keyring.value, key);
    if (!current.ok) return current;
    const next = await change(keyring.value);
    return next.ok ? writeKeyring(dir, next.value) : next;
  } finally {
    lock.value.release();
  }
}

/** Whether a data key is the one the archive is under now. `in_use` while it is being changed. */
export function checkCurrent(keyring: Keyring, key: Uint8Array): Result<void> {
  if (keyring.rekey) return beingChanged();
  if (keyring.keyId !== undefined && keyring.keyId !== keyIdOf(key)) {
    return fail(
      'wrong_passphrase',
      'The data key of this archive was changed since it was unlocked.',
      'Unlock the archive again.',
    );
  }
  return ok(undefined);
}

export function beingChanged(): { readonly ok: false; readonly error: Failure } {
  return fail(
    'in_use',
    'The data key of this archive is being changed.',
    'Wait until that is done, then open the archive again.',
  );
}

export function notAnArchive(dir: string): { readonly ok: false; readonly error: Failure } {
  return fail(
    'not_found',
    `There is no archive at ${dir}.`,
    'Check the folder, or create an archive there first (logbook init).',
  );
}
