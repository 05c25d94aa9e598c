import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { z } from 'zod';
import { ok, type Result } from '../../../shared/errors.ts';
import type { KeyWrapper, Random } from '../ports.ts';

/** Cost of Argon2id: `memoryKiB` per lane total, `passes`, `lanes`. */
export type KdfCost = { readonly memoryKiB: number; readonly passes: number; readonly lanes: number };

/** The second recommended option of RFC 9106 §4: 64 MiB, three passes, four lanes. */
export const RFC9106_COST: KdfCost = { memoryKiB: 65_536, passes: 3, lanes: 4 };

// Bounds keep a keyring that was tampered with from asking for all the memory there is.
const argon2 = z.object({
  name: z.literal('argon2id'),
  memoryKiB: z.int().min(8).max(4_194_304),
  passes: z.int().min(1).max(1_000),
  lanes: z.int().min(1).max(64),
});

const sealedKey = z.object({ nonce: z.base64(), sealed: z.base64() });

/** The data key sealed under another key. Binary values are base64. */
export type SealedKey = z.output<typeof sealedKey>;

const wrapSchemas = {
  passphrase: sealedKey.extend({ kind: z.literal('passphrase'), kdf: argon2, salt: z.base64() }),
  recovery: sealedKey.extend({
    kind: z.literal('recovery'),
    kdf: z.object({ name: z.literal('hkdf-sha256') }),
    salt: z.base64(),
  }),
  /** `secret` is random bytes as the keychain keeps them; `salt` as in the other wraps. */
  keychain: sealedKey.extend({
    kind: z.literal('keychain'),
    kdf: z.object({ name: z.literal('hkdf-sha256') }),
    salt: z.base64(),
    secret: z.base64(),
    keychain: z.string(),
  }),
};
const created = { created: z.iso.datetime().optional() };

/** One copy of the data key, sealed under one secret. `created` is the instant the wrap was made. */
export const wrapSchema = z.discriminatedUnion('kind', [
  wrapSchemas.passphrase.extend(created),
  wrapSchemas.recovery.extend(created),
  wrapSchemas.keychain.extend(created),
]);
export const sealedKeySchema = sealedKey;

export type Wrap = z.output<typeof wrapSchema>;
export type WrapKind = Wrap['kind'];
type WrapOf<K extends WrapKind> = Extract<Wrap, { kind: K }>;

/** What every wrap is made for. `at` is milliseconds UTC. */
export type WrapContext = {
  readonly dataKey: Uint8Array;
  readonly archiveId: string;
  readonly random: Random;
  readonly at: number;
};

const KEY_BYTES = 32;

/** Names a data key without telling anything of it: it is random, so its digest can be written down. */
export function keyIdOf(dataKey: Uint8Array): string {
  return createHash('sha256').update('logbook key id').update(dataKey).digest('hex').slice(0, 32);
}

export async function wrapByPassphrase(context: WrapContext, passphrase: string, cost: KdfCost): Promise<Wrap> {
  const salt = context.random.bytes(16);
  const key = await passphraseKey(passphrase, salt, cost);
  const head = { kind: 'passphrase', kdf: { name: 'argon2id', ...cost }, salt: toBase64(salt) } as const;
  return { ...head, ...seal(context, 'passphrase', key), created: instant(context.at) };
}

export function wrapByRecovery(context: WrapContext, secret: Uint8Array): Wrap {
  const salt = context.random.bytes(16);
  const head = { kind: 'recovery', kdf: { name: 'hkdf-sha256' }, salt: toBase64(salt) } as const;
  const key = derived(secret, salt, 'logbook recovery wrap');
  return { ...head, ...seal(context, 'recovery', key), created: instant(context.at) };
}

/** Gives the keychain a random secret to keep, never the data key itself. Fails as the keychain does. */
export async function wrapByKeychain(context: WrapContext, keychain: KeyWrapper): Promise<Result<Wrap>> {
  const salt = context.random.bytes(16);
  const secret = context.random.bytes(KEY_BYTES);
  const kept = await keychain.wrap(secret);
  if (!kept.ok) return kept;
  const head = {
    kind: 'keychain',
    kdf: { name: 'hkdf-sha256' },
    salt: toBase64(salt),
    secret: toBase64(kept.value),
    keychain: keychain.name,
  } as const;
  const key = derived(secret, salt, 'logbook keychain wrap');
  return ok({ ...head, ...seal(context, 'keychain', key), created: instant(context.at) });
}

/** The data key, or null where the passphrase is another. */
export async function openByPassphrase(
  wrap: WrapOf<'passphrase'>,
  archiveId: string,
  passphrase: string,
): Promise<Uint8Array | null> {
  const key = await passphraseKey(passphrase, fromBase64(wrap.salt), wrap.kdf);
  return unseal(wrap, wrap.kind, archiveId, key);
}

/** The data key, or null where the secret is another. */
export function openByRecovery(wrap: WrapOf<'recovery'>, archiveId: string, secret: Uint8Array): Uint8Array | null {
  const key = derived(secret, fromBase64(wrap.salt), 'logbook recovery wrap');
  return unseal(wrap, wrap.kind, archiveId, key);
}

/** The data key, null where the keychain gave something else; fails as the keychain does. */
export async function openByKeychain(
  wrap: WrapOf<'keychain'>,
  archiveId: string,
  keychain: KeyWrapper,
): Promise<Result<Uint8Array | null>> {
  const secret = await keychain.unwrap(fromBase64(wrap.secret));
  if (!secret.ok) return secret;
  const key = derived(secret.value, fromBase64(wrap.salt), 'logbook keychain wrap');
  return ok(unseal(wrap, wrap.kind, archiveId, key));
}

/** Seals a data key under an earlier one. */
export function sealUnder(earlier: Uint8Array, context: WrapContext): SealedKey {
  return seal(context, 'rekey', derived(earlier, new Uint8Array(), 'logbook rekey bridge'));
}

/** The later data key, or null where the earlier one is another. */
export function unsealUnder(earlier: Uint8Array, bridge: SealedKey, archiveId: string): Uint8Array | null {
  return unseal(bridge, 'rekey', archiveId, derived(earlier, new Uint8Array(), 'logbook rekey bridge'));
}

/**
 * The key that a passphrase gives by Argon2id. NFKC, so that a passphrase typed on another keyboard or system gives the
 * same bytes (RFC 8265 asks for as much).
 */
export function passphraseKey(passphrase: string, salt: Uint8Array, cost: KdfCost): Promise<Uint8Array> {
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

function derived(secret: Uint8Array, salt: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, purpose, KEY_BYTES));
}

/**
 * AES-256-GCM bound to the archive and the kind of wrap: a wrap copied into another keyring does not open. `dataKey` is the
 * 32 bytes to be sealed.
 */
export function seal(
  context: Pick<WrapContext, 'dataKey' | 'archiveId' | 'random'>,
  purpose: string,
  key: Uint8Array,
): SealedKey {
  const nonce = context.random.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(`${context.archiveId}|${purpose}`));
  const sealed = Buffer.concat([cipher.update(context.dataKey), cipher.final(), cipher.getAuthTag()]);
  return { nonce: toBase64(nonce), sealed: toBase64(sealed) };
}

/** What was sealed so; null where key, archive or purpose is another. */
export function unseal(
  { nonce, sealed }: SealedKey,
  purpose: string,
  archiveId: string,
  key: Uint8Array,
): Uint8Array | null {
  try {
    const bytes = fromBase64(sealed);
    const decipher = createDecipheriv('aes-256-gcm', key, fromBase64(nonce), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(`${archiveId}|${purpose}`));
    decipher.setAuthTag(bytes.subarray(bytes.length - 16));
    const opened = Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - 16)), decipher.final()]);
    return opened.length === KEY_BYTES ? new Uint8Array(opened) : null;
  } catch {
    return null;
  }
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
