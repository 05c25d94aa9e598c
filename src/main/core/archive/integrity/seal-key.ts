import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { Random } from '../../ports.ts';
import type { ReadConnection, WriteConnection } from '../sqlite.ts';

/** The public half of the key an archive signs its seals with: 32 bytes, and their SHA-256 in hexadecimal. */
export type PublicSealKey = { readonly bytes: Uint8Array; readonly fingerprint: string };

/** Signs with the archive's Ed25519 key (RFC 8032). */
export type SealSigner = { readonly key: PublicSealKey; sign(text: string): Buffer };

// RFC 8410: what stands before the 32 bytes of a private and of a public key.
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** Gives an archive the key it signs with, unless it has one. It never leaves the encrypted file. */
export function ensureSealKey(db: WriteConnection, random: Random, at: number): void {
  if (db.prepare('SELECT count(*) FROM seal_key').pluck().get() !== 0) return;
  const secret = Buffer.from(random.bytes(32));
  const spki = createPublicKey(privateKey(secret)).export({ type: 'spki', format: 'der' });
  db.prepare('INSERT INTO seal_key VALUES (1, ?, ?, ?)').run(spki.subarray(PUBLIC_HEAD.length), secret, at);
}

/** The public key; null where an archive of an older form has none yet. */
export function readPublicKey(db: ReadConnection): PublicSealKey | null {
  const bytes = db.prepare('SELECT public FROM seal_key').pluck().get() as Uint8Array | undefined;
  return bytes === undefined ? null : { bytes, fingerprint: fingerprintOf(bytes) };
}

/** The 32 bytes of the private key; null where there is none. Never to leave this process. */
export function readPrivateKey(db: ReadConnection): Uint8Array | null {
  return (db.prepare('SELECT private FROM seal_key').pluck().get() as Uint8Array | undefined) ?? null;
}

export function readSigner(db: ReadConnection): SealSigner | null {
  const key = readPublicKey(db);
  const bytes = readPrivateKey(db);
  if (key === null || bytes === null) return null;
  const secret = privateKey(bytes);
  return { key, sign: (text) => sign(null, Buffer.from(text), secret) };
}

/** Whether a text was signed with the private half of a key. */
export function isSigned(text: string, signature: Uint8Array, key: PublicSealKey): boolean {
  try {
    const der = Buffer.concat([PUBLIC_HEAD, key.bytes]);
    return verify(null, Buffer.from(text), createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
  } catch {
    return false;
  }
}

export function fingerprintOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function privateKey(secret: Uint8Array) {
  return createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, secret]), format: 'der', type: 'pkcs8' });
}
