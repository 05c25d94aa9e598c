import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { type KdfCost, passphraseKey, seal, unseal } from '../archive/key-wrap.ts';
import type { Random } from '../ports.ts';

const wrappedKey = z.object({
  kdf: z.object({
    name: z.literal('argon2id'),
    memoryKiB: z.int().min(8).max(4_194_304),
    passes: z.int().min(1).max(1_000),
    lanes: z.int().min(1).max(64),
  }),
  salt: z.base64(),
  nonce: z.base64(),
  sealed: z.base64(),
});
/** A private key sealed under a PIN; binary values are base64. */
export type WrappedKey = z.output<typeof wrappedKey>;

// RFC 8410: what stands before the 32 bytes of a private and of a public Ed25519 key.
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** A private key a PIN opens, and the archive and identity it is bound to. */
export type PinContext = { readonly archiveId: string; readonly identity: string; readonly random: Random };

/** A new Ed25519 key pair (RFC 8032): the secret's 32 bytes, and the public key in hexadecimal. */
export function newIdentityKey(random: Random): { readonly secret: Uint8Array; readonly publicKey: string } {
  const secret = Buffer.from(random.bytes(32));
  const spki = createPublicKey(privateKey(secret)).export({ type: 'spki', format: 'der' });
  return { secret, publicKey: spki.subarray(PUBLIC_HEAD.length).toString('hex') };
}

/** SHA-256 of a public key's 32 bytes. */
export function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex');
}

/** The key that a PIN gives, and the salt it was made with: the slow part, which needs nothing of the archive. */
export async function pinKey(
  pin: string,
  random: Random,
  cost: KdfCost,
): Promise<{ salt: Uint8Array; key: Uint8Array }> {
  const salt = random.bytes(16);
  return { salt, key: await passphraseKey(pin, salt, cost) };
}

/** Wraps a secret by what `pinKey` gave. */
export function wrapIdentity(
  secret: Uint8Array,
  { salt, key }: { readonly salt: Uint8Array; readonly key: Uint8Array },
  cost: KdfCost,
  { archiveId, identity, random }: PinContext,
): WrappedKey {
  const sealed = seal({ dataKey: secret, archiveId, random }, purposeOf(identity), key);
  return { kdf: { name: 'argon2id', ...cost }, salt: Buffer.from(salt).toString('base64'), ...sealed };
}

/** A sealed key as it is kept, and the hash it is known by. */
export function keptKey(wrapped: WrappedKey): { readonly bytes: Uint8Array; readonly sha256: string } {
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(wrapped)));
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Reads what `keptKey` gave; null where it is not what its hash says, or none. */
export function readKey(bytes: Uint8Array | null, sha256: string): WrappedKey | null {
  if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== sha256) return null;
  try {
    return wrappedKey.parse(JSON.parse(Buffer.from(bytes).toString()));
  } catch {
    return null;
  }
}

/** The secret, or null where the PIN is another. */
export async function openIdentity(
  wrapped: WrappedKey,
  archiveId: string,
  identity: string,
  pin: string,
): Promise<Uint8Array | null> {
  const key = await passphraseKey(pin, new Uint8Array(Buffer.from(wrapped.salt, 'base64')), wrapped.kdf);
  return unseal(wrapped, purposeOf(identity), archiveId, key);
}

/** Ed25519 over a text, hexadecimal. */
export function signText(text: string, secret: Uint8Array): string {
  return sign(null, Buffer.from(text), privateKey(secret)).toString('hex');
}

/** Whether a text was signed with the private half of a key. */
export function isSignedBy(text: string, signature: string, publicKey: string): boolean {
  try {
    const der = Buffer.concat([PUBLIC_HEAD, Buffer.from(publicKey, 'hex')]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'));
  } catch {
    return false;
  }
}

function purposeOf(identity: string): string {
  return `identity ${identity}`;
}

function privateKey(secret: Uint8Array) {
  return createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, secret]), format: 'der', type: 'pkcs8' });
}
