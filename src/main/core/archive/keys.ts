import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { KeyWrapper } from '../ports.ts';
import {
  RFC9106_COST,
  type WrapContext,
  type WrapKind,
  wrapByKeychain,
  wrapByPassphrase,
  wrapByRecovery,
} from './key-wrap.ts';
import { type Keyring, unlockWraps, withWrap } from './keyring.ts';
import { changeKeyring, readKeyring } from './keyring-file.ts';
import type { ArchivePorts } from './open.ts';
import { newRecoveryCode } from './recovery-code.ts';
import { unlockKeyring } from './rekey.ts';

/** A way to the data key, without the secret. `created` is ISO, null in keyrings of the first Logbook. */
export type WrapStatus = {
  readonly kind: WrapKind;
  readonly created: string | null;
  /** How the secret becomes a key, in words; the keychain's name where it is one. */
  readonly method: string;
};

/** What can be told of an archive's keys without any of them. */
export type KeyStatus = {
  readonly archiveId: string;
  readonly keyId: string | null;
  readonly wraps: readonly WrapStatus[];
  /** A change of the data key was begun and is not finished. */
  readonly rekeyPending: boolean;
  /** Whoever made the present recovery code was cut off before it was shown, or has not said yet that it was. */
  readonly recoveryCodeNotShown: boolean;
};

/** Which wraps an archive has. Needs no secret and tells none. */
export function keyStatus(dir: string): Result<KeyStatus> {
  const keyring = readKeyring(dir);
  if (!keyring.ok) return keyring;
  const { archiveId, keyId, wraps, rekey, recoveryCodeNotShown } = keyring.value;
  return ok({
    archiveId,
    keyId: keyId ?? null,
    wraps: wraps.map((wrap) => ({ kind: wrap.kind, created: wrap.created ?? null, method: methodOf(wrap) })),
    rekeyPending: rekey !== undefined,
    recoveryCodeNotShown: recoveryCodeNotShown ?? false,
  });
}

/** Sets a new passphrase; the recovery code stays valid. The old wrap is gone once the new keyring is on disk. */
export function changePassphrase(
  dir: string,
  key: Uint8Array,
  passphrase: string,
  ports: ArchivePorts,
): Promise<Result<void>> {
  return changeKeyring(dir, key, async (keyring) => {
    const wrap = await wrapByPassphrase(contextOf(keyring, key, ports), passphrase, ports.kdfCost ?? RFC9106_COST);
    return ok(withWrap(keyring, wrap));
  });
}

/**
 * Makes a new recovery code and returns it, once; the one before opens the archive no more. It counts as not shown until
 * `confirmRecoveryCode`.
 */
export async function replaceRecoveryCode(dir: string, key: Uint8Array, ports: ArchivePorts): Promise<Result<string>> {
  const { code, secret } = newRecoveryCode(ports.random);
  const changed = await changeKeyring(dir, key, (keyring) =>
    ok({
      ...withWrap(keyring, wrapByRecovery(contextOf(keyring, key, ports), secret)),
      recoveryCodeNotShown: true as const,
    }),
  );
  return changed.ok ? ok(code) : changed;
}

/** Says that somebody has seen the recovery code. Nothing happens where it is not the present one. */
export async function confirmRecoveryCode(dir: string, recoveryCode: string): Promise<Result<void>> {
  const key = await unlockKeyring(dir, { recoveryCode });
  if (!key.ok) return key;
  return changeKeyring(dir, key.value, async (keyring) => {
    const { recoveryCodeNotShown: _shown, ...rest } = keyring;
    // Another may have been made since, by somebody else.
    const isPresent = await unlockWraps(keyring.wraps, keyring.archiveId, { recoveryCode });
    return ok(isPresent.ok ? rest : keyring);
  });
}

/** Lets the operating system's keychain open the archive too. Fails as the keychain does. */
export function addKeychain(
  dir: string,
  key: Uint8Array,
  keychain: KeyWrapper,
  ports: ArchivePorts,
): Promise<Result<void>> {
  return changeKeyring(dir, key, async (keyring) => {
    const wrap = await wrapByKeychain(contextOf(keyring, key, ports), keychain);
    return wrap.ok ? ok(withWrap(keyring, wrap.value)) : wrap;
  });
}

/** Takes the keychain's way to the archive away. `not_found` where there is none. */
export function removeKeychain(dir: string, key: Uint8Array): Promise<Result<void>> {
  return changeKeyring(dir, key, (keyring) => {
    const wraps = keyring.wraps.filter((wrap) => wrap.kind !== 'keychain');
    return wraps.length === keyring.wraps.length
      ? fail('not_found', 'No keychain opens this archive.', 'There is nothing to remove.')
      : ok({ ...keyring, wraps });
  });
}

/** What opens the database in SQLCipher 4, whose defaults are the format's. It holds the key. */
export function sqlcipherKeyPragma(key: Uint8Array): string {
  return `PRAGMA key = "x'${Buffer.from(key).toString('hex')}'";`;
}

function contextOf(keyring: Keyring, dataKey: Uint8Array, ports: ArchivePorts): WrapContext {
  return { dataKey, archiveId: keyring.archiveId, random: ports.random, at: ports.clock.now() };
}

function methodOf(wrap: Keyring['wraps'][number]): string {
  if (wrap.kind === 'keychain') return wrap.keychain;
  if (wrap.kind === 'passphrase')
    return `Argon2id, ${wrap.kdf.memoryKiB} KiB, ${wrap.kdf.passes} passes, ${wrap.kdf.lanes} lanes`;
  return wrap.kind === 'recovery' ? 'HKDF-SHA-256 of a 160-bit code' : 'unknown to this Logbook';
}
