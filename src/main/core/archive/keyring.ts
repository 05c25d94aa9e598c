import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Random } from '../ports.ts';
import { decodeRecoveryCode, newRecoveryCode } from './recovery-code.ts';

/** Cost of Argon2id: `memoryKiB` per lane total, `passes`, `lanes`. */
export type KdfCost = { readonly memoryKiB: number; readonly passes: number; readonly lanes: number };

/** The second recommended option of RFC 9106 §4: 64 MiB, three passes, four lanes. */
export const RFC9106_COST: KdfCost = { memoryKiB: 65_536, passes: 3, lanes: 4 };

/** One copy of the data key, sealed under one secret. Binary values are base64. */
type Wrap = {
  readonly kind: 'passphrase' | 'recovery';
  readonly kdf:
    | { readonly name: 'argon2id'; readonly memoryKiB: number; readonly passes: number; readonly lanes: number }
    | { readonly name: 'hkdf-sha256' };
  readonly salt: string;
  readonly nonce: string;
  readonly sealed: string;
};

/** `keyring.json`: every way to the archive's random data key. Losing one wrap does not lose the data. */
export type Keyring = {
  readonly format: 'logbook-keyring';
  readonly version: 1;
  readonly archiveId: string;
  readonly wraps: readonly Wrap[];
};

export type NewKeyring = { readonly keyring: Keyring; readonly dataKey: Uint8Array; readonly recoveryCode: string };

const KEY_BYTES = 32;

/** Makes a random data key and wraps it by a passphrase (Argon2id, RFC 9106) and by a new recovery code (HKDF, RFC 5869). */
export async function createKeyring(
  archiveId: string,
  passphrase: string,
  random: Random,
  cost: KdfCost,
): Promise<NewKeyring> {
  const dataKey = random.bytes(KEY_BYTES);
  const recovery = newRecoveryCode(random);
  const wraps = [
    await wrapByPassphrase(dataKey, archiveId, passphrase, random, cost),
    wrapByRecovery(dataKey, archiveId, recovery.secret, random),
  ];
  return {
    keyring: { format: 'logbook-keyring', version: 1, archiveId, wraps },
    dataKey,
    recoveryCode: recovery.code,
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
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== 'logbook-keyring')
    return damaged;
  const keyring = value as Keyring;
  if (typeof keyring.version !== 'number' || typeof keyring.archiveId !== 'string' || !Array.isArray(keyring.wraps))
    return damaged;
  if (keyring.version > 1)
    return fail('newer_version', 'This archive was made by a newer Logbook.', 'Update Logbook, then open it again.');
  return ok(keyring);
}

export async function unlockByPassphrase(keyring: Keyring, passphrase: string): Promise<Result<Uint8Array>> {
  for (const wrap of keyring.wraps) {
    if (wrap.kind !== 'passphrase' || wrap.kdf.name !== 'argon2id') continue;
    const key = await passphraseKey(passphrase, fromBase64(wrap.salt), wrap.kdf);
    const opened = unseal(wrap, key, keyring.archiveId);
    if (opened) return ok(opened);
  }
  return fail(
    'wrong_passphrase',
    'The passphrase does not open this archive.',
    'Type it again, or open the archive with its recovery code.',
  );
}

export function unlockByRecoveryCode(keyring: Keyring, code: string): Result<Uint8Array> {
  const secret = decodeRecoveryCode(code);
  if (!secret.ok) return secret;
  for (const wrap of keyring.wraps) {
    if (wrap.kind !== 'recovery') continue;
    const opened = unseal(wrap, recoveryKey(secret.value, fromBase64(wrap.salt)), keyring.archiveId);
    if (opened) return ok(opened);
  }
  return fail(
    'wrong_passphrase',
    'The recovery code belongs to another archive or an older keyring.',
    'Use the code printed when this archive was created.',
  );
}

/** The same keyring with its passphrase wrap replaced; the recovery code stays valid. */
export async function withPassphrase(
  keyring: Keyring,
  dataKey: Uint8Array,
  passphrase: string,
  random: Random,
  cost: KdfCost,
): Promise<Keyring> {
  const wrap = await wrapByPassphrase(dataKey, keyring.archiveId, passphrase, random, cost);
  return { ...keyring, wraps: [wrap, ...keyring.wraps.filter((other) => other.kind !== 'passphrase')] };
}

async function wrapByPassphrase(
  dataKey: Uint8Array,
  archiveId: string,
  passphrase: string,
  random: Random,
  cost: KdfCost,
): Promise<Wrap> {
  const salt = random.bytes(16);
  const kdf = { name: 'argon2id', ...cost } as const;
  return seal(
    { kind: 'passphrase', kdf, salt: toBase64(salt) },
    dataKey,
    await passphraseKey(passphrase, salt, cost),
    archiveId,
    random,
  );
}

function wrapByRecovery(dataKey: Uint8Array, archiveId: string, secret: Uint8Array, random: Random): Wrap {
  const salt = random.bytes(16);
  return seal(
    { kind: 'recovery', kdf: { name: 'hkdf-sha256' }, salt: toBase64(salt) },
    dataKey,
    recoveryKey(secret, salt),
    archiveId,
    random,
  );
}

// NFKC, so that a passphrase typed on another keyboard or system gives the same bytes (RFC 8265 asks for as much).
function passphraseKey(passphrase: string, salt: Uint8Array, cost: KdfCost): Promise<Uint8Array> {
  return argon2id({
    password: passphrase.normalize('NFKC'),
    salt,
    memorySize: cost.memoryKiB,
    iterations: cost.passes,
    parallelism: cost.lanes,
    hashLength: KEY_BYTES,
    outputType: 'binary',
  });
}

function recoveryKey(secret: Uint8Array, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, 'logbook recovery wrap', KEY_BYTES));
}

function seal(
  head: Pick<Wrap, 'kind' | 'kdf' | 'salt'>,
  dataKey: Uint8Array,
  key: Uint8Array,
  archiveId: string,
  random: Random,
): Wrap {
  const nonce = random.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(`${archiveId}|${head.kind}`));
  const sealed = Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  return { ...head, nonce: toBase64(nonce), sealed: toBase64(sealed) };
}

function unseal(wrap: Wrap, key: Uint8Array, archiveId: string): Uint8Array | null {
  try {
    const sealed = fromBase64(wrap.sealed);
    const decipher = createDecipheriv('aes-256-gcm', key, fromBase64(wrap.nonce), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(`${archiveId}|${wrap.kind}`));
    decipher.setAuthTag(sealed.subarray(sealed.length - 16));
    const opened = Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - 16)), decipher.final()]);
    return opened.length === KEY_BYTES ? new Uint8Array(opened) : null;
  } catch {
    return null;
  }
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
