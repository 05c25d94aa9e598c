import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { KeyWrapper, Random } from '../ports.ts';
import {
  type KdfCost,
  keyIdOf,
  openByKeychain,
  openByPassphrase,
  openByRecovery,
  sealedKeySchema,
  type Wrap,
  type WrapContext,
  wrapByPassphrase,
  wrapByRecovery,
  wrapSchema,
} from './key-wrap.ts';
import { decodeRecoveryCode, newRecoveryCode } from './recovery-code.ts';

const KINDS: ReadonlySet<string> = new Set(wrapSchema.options.map((option) => option.shape.kind.value));

const keyringSchema = z.looseObject({
  format: z.literal('logbook-keyring'),
  version: z.int(),
  archiveId: z.string(),
  /** Names the data key that the wraps hold; absent in keyrings of the first Logbook. */
  keyId: z.string().optional(),
  // A wrap of a kind nobody here knows is passed over, not fatal.
  wraps: z.array(z.union([wrapSchema, z.looseObject({ kind: z.string().refine((kind) => !KINDS.has(kind)) })])),
  rekey: z.object({ keyId: z.string(), wraps: z.array(wrapSchema), bridge: sealedKeySchema }).optional(),
  recoveryCodeNotShown: z.literal(true).optional(),
});

/** A change of the data key that is under way, or was cut off: the next key, wrapped, and sealed under the present one. */
export type PendingRekey = NonNullable<z.output<typeof keyringSchema>['rekey']>;

/**
 * `keyring.json`: every way to the archive's random data key. Losing one wrap does not lose the data. While `rekey` is
 * there the database may be under either key; `recoveryCodeNotShown` says that nobody has seen the present code.
 */
export type Keyring = {
  readonly format: 'logbook-keyring';
  readonly version: 1;
  readonly archiveId: string;
  readonly keyId?: string | undefined;
  readonly wraps: readonly Wrap[];
  readonly rekey?: PendingRekey | undefined;
  readonly recoveryCodeNotShown?: true | undefined;
};

export type NewKeyring = { readonly keyring: Keyring; readonly dataKey: Uint8Array; readonly recoveryCode: string };

/** How a keyring is opened. */
export type KeyringSecret =
  | { readonly passphrase: string }
  | { readonly recoveryCode: string }
  | { readonly keychain: KeyWrapper };

const KEY_BYTES = 32;

/**
 * Makes a random data key and wraps it by a passphrase (Argon2id, RFC 9106) and by a new recovery code (HKDF, RFC 5869).
 * `at` is milliseconds UTC.
 */
export async function createKeyring(
  archiveId: string,
  passphrase: string,
  random: Random,
  cost: KdfCost,
  at: number,
): Promise<NewKeyring> {
  const context = { dataKey: random.bytes(KEY_BYTES), archiveId, random, at };
  const { wraps, recoveryCode } = await freshWraps(context, passphrase, cost);
  return {
    keyring: { format: 'logbook-keyring', version: 1, archiveId, keyId: keyIdOf(context.dataKey), wraps },
    dataKey: context.dataKey,
    recoveryCode,
  };
}

/** A passphrase wrap and a recovery wrap with a new code. */
export async function freshWraps(
  context: WrapContext,
  passphrase: string,
  cost: KdfCost,
): Promise<{ wraps: Wrap[]; recoveryCode: string }> {
  const { code, secret } = newRecoveryCode(context.random);
  return {
    wraps: [await wrapByPassphrase(context, passphrase, cost), wrapByRecovery(context, secret)],
    recoveryCode: code,
  };
}

/** Reads `keyring.json`. `damaged_keyring` where it is none, `newer_version` where a newer Logbook wrote it. */
export function parseKeyring(text: string): Result<Keyring> {
  const damaged = fail(
    'damaged_keyring',
    'The keyring of this archive cannot be read.',
    'Restore keyring.json from a backup; without it or the recovery code the data cannot be opened.',
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return damaged;
  }
  const head = z.object({ format: z.literal('logbook-keyring'), version: z.int() }).safeParse(value);
  if (!head.success) return damaged;
  if (head.data.version > 1)
    return fail('newer_version', 'This archive was made by a newer Logbook.', 'Update Logbook, then open it again.');
  const parsed = keyringSchema.safeParse(value);
  return parsed.success ? ok(parsed.data as unknown as Keyring) : damaged;
}

/** The text of `keyring.json`. */
export function printKeyring(keyring: Keyring): string {
  return `${JSON.stringify(keyring, null, 2)}\n`;
}

/** Tries every wrap the secret could open. `wrong_passphrase` where none does, or the keychain's own failure. */
export async function unlockWraps(
  wraps: readonly Wrap[],
  archiveId: string,
  secret: KeyringSecret,
): Promise<Result<Uint8Array>> {
  if ('passphrase' in secret) {
    for (const wrap of wraps.filter((one) => one.kind === 'passphrase')) {
      const key = await openByPassphrase(wrap, archiveId, secret.passphrase);
      if (key) return ok(key);
    }
    return fail(
      'wrong_passphrase',
      'The passphrase does not open this archive.',
      'Type it again, or open the archive with its recovery code.',
    );
  }
  if ('recoveryCode' in secret) {
    const decoded = decodeRecoveryCode(secret.recoveryCode);
    if (!decoded.ok) return decoded;
    for (const wrap of wraps.filter((one) => one.kind === 'recovery')) {
      const key = openByRecovery(wrap, archiveId, decoded.value);
      if (key) return ok(key);
    }
    return fail(
      'wrong_passphrase',
      'The recovery code belongs to another archive or an older keyring.',
      'Use the code printed last for this archive: when it was created, or when a new one was made.',
    );
  }
  return unlockByKeychain(wraps, archiveId, secret.keychain);
}

async function unlockByKeychain(
  wraps: readonly Wrap[],
  archiveId: string,
  keychain: KeyWrapper,
): Promise<Result<Uint8Array>> {
  let refused: Result<Uint8Array> = fail(
    'wrong_passphrase',
    `${keychain.name} holds no key of this archive.`,
    'Unlock with the passphrase.',
  );
  for (const wrap of wraps.filter((one) => one.kind === 'keychain')) {
    const key = await openByKeychain(wrap, archiveId, keychain);
    if (!key.ok) refused = key;
    else if (key.value) return ok(key.value);
  }
  return refused;
}

/** The same keyring with a wrap put in the place of its kind. */
export function withWrap(keyring: Keyring, wrap: Wrap): Keyring {
  return { ...keyring, wraps: [wrap, ...keyring.wraps.filter((other) => other.kind !== wrap.kind)] };
}
