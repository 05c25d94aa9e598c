import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeWebStream } from 'node:stream/web';
import { Decrypter, Encrypter } from 'age-encryption';
import { type Failure, fail, ok, type Result } from '../../../shared/errors.ts';
import { explainFile } from '../files/explain-file.ts';
import type { Random } from '../ports.ts';
import { passphraseIdentity, passphraseRecipient } from './age-passphrase.ts';

// Bundles are encrypted in the format of the age tool (age-encryption.org/v1) by its author's own library: whoever has the
// passphrase or the key needs nothing of Logbook's to decrypt one.

/** For whom a bundle is encrypted: one passphrase, or public keys (`age1…`). */
export type ForWhom = { readonly passphrase: string } | { readonly recipients: readonly string[] };

/** What opens one: the passphrase, or private keys (`AGE-SECRET-KEY-1…`). */
export type Opener = { readonly passphrase: string } | { readonly identities: readonly string[] };

/** How a file in the format of age begins. */
export const AGE_MAGIC = 'age-encryption.org/v1\n';

/** Makes what encrypts. `bad_input` where a recipient is none. */
export function encrypterFor(whom: ForWhom, random: Random): Result<Encrypter> {
  const encrypter = new Encrypter();
  if ('passphrase' in whom) {
    encrypter.addRecipient(passphraseRecipient(whom.passphrase, random));
    return ok(encrypter);
  }
  for (const recipient of whom.recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      return fail(
        'bad_input',
        `“${recipient.slice(0, 80)}” is no public key of age.`,
        'It begins with age1; age-keygen prints it.',
      );
    }
  }
  return ok(encrypter);
}

/** Encrypts a stream of bytes. */
export async function encrypted(encrypter: Encrypter, plain: Readable): Promise<AsyncIterable<Uint8Array>> {
  const stream = await encrypter.encrypt(Readable.toWeb(plain) as ReadableStream<Uint8Array>);
  return Readable.fromWeb(stream as NodeWebStream<Uint8Array>);
}

/**
 * The decrypted bytes of a bundle; of one that somebody has decrypted already, its own. `wrong_passphrase` where what is
 * given does not open it, `bad_input` where it is no bundle.
 */
export async function decrypted(file: string, opener: Opener | null): Promise<Result<Readable>> {
  const source = createReadStream(file);
  try {
    const head = await firstBytes(source, AGE_MAGIC.length);
    // Gzip, as it is within.
    if (head[0] === 0x1f && head[1] === 0x8b) return ok(source);
    if (head.toString('latin1') !== AGE_MAGIC) {
      source.destroy();
      return notABundle(file);
    }
    if (opener === null) {
      source.destroy();
      return fail('bad_input', 'The bundle is encrypted.', 'Give its passphrase, or the key file that opens it.');
    }
    const decrypter = decrypterOf(opener);
    if (!decrypter.ok) {
      source.destroy();
      return decrypter;
    }
    const plain = await decrypter.value.decrypt(Readable.toWeb(source) as ReadableStream<Uint8Array>);
    return ok(Readable.fromWeb(plain as NodeWebStream<Uint8Array>));
  } catch (error) {
    source.destroy();
    if (error instanceof Error && 'code' in error) return explainFile(error, `read ${basename(file)}`);
    return opener === null || 'passphrase' in opener ? WRONG_PASSPHRASE : WRONG_KEY;
  }
}

export function notABundle(file: string): { readonly ok: false; readonly error: Failure } {
  return fail('bad_input', `${basename(file)} is no evidence bundle.`, 'Choose a file that Logbook made as a bundle.');
}

function decrypterOf(opener: Opener): Result<Decrypter> {
  const decrypter = new Decrypter();
  if ('passphrase' in opener) {
    decrypter.addIdentity(passphraseIdentity(opener.passphrase));
    return ok(decrypter);
  }
  for (const identity of opener.identities) {
    try {
      decrypter.addIdentity(identity);
    } catch {
      // What it holds must not be told.
      return fail('bad_input', 'The key file holds no private key of age.', 'It begins with AGE-SECRET-KEY-1.');
    }
  }
  return ok(decrypter);
}

/** The private keys in the text of a key file, as age-keygen writes one. */
export function identitiesIn(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** What a stream of decrypted bytes threw: it was altered or cut off. */
export function explainBundle(error: unknown): { readonly ok: false; readonly error: Failure } {
  if (error instanceof Error && 'failure' in error) return { ok: false, error: error.failure as Failure };
  if (error instanceof Error && 'syscall' in error) return explainFile(error, 'read the bundle');
  return fail(
    'integrity',
    'The bundle was altered or cut off: it cannot be decrypted to its end.',
    'Ask for it again: it did not arrive as it was made.',
  );
}

// Read and put back, so that the stream begins at its beginning.
async function firstBytes(source: Readable, count: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  while (size < count) {
    await new Promise<void>((resolve, reject) => {
      source.once('error', reject);
      source.once('end', resolve);
      source.once('readable', resolve);
    });
    const piece = source.read() as Buffer | null;
    if (piece === null) break;
    pieces.push(piece);
    size += piece.length;
  }
  const all = Buffer.concat(pieces);
  if (all.length > 0) source.unshift(all);
  return all.subarray(0, count);
}

const WRONG_PASSPHRASE = fail(
  'wrong_passphrase',
  'The passphrase does not open this bundle.',
  'Check it with whoever sent the bundle; it may also be encrypted to a key instead.',
);
const WRONG_KEY = fail(
  'wrong_passphrase',
  'None of the keys opens this bundle.',
  'It was encrypted for somebody else, or to a passphrase.',
);
