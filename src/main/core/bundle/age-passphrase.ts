import { createCipheriv, createDecipheriv, type ScryptOptions, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { type Identity, type Recipient, Stanza } from 'age-encryption';
import type { Random } from '../ports.ts';

// The passphrase recipient of the age format (https://age-encryption.org/v1, “The scrypt recipient type”), over Node's own
// scrypt: the library's, in JavaScript, takes twice as long, while somebody waits.

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const LABEL = 'age-encryption.org/v1/scrypt';
/** 2^17 passes over 128 MiB of memory, the least that OWASP advises (2024); the age tool opens up to 22. */
const WORK = 17;
/** More would take a minute; the age tool refuses what is beyond 22, and nobody writes it. */
const MOST_WORK = 20;
const BLOCK = 8;
const SALT_BYTES = 16;
const FILE_KEY_BYTES = 16;
const TAG_BYTES = 16;
const NONCE = Buffer.alloc(12);
const CIPHER = 'chacha20-poly1305';

/** Encrypts to a passphrase; it must be the only recipient. */
export function passphraseRecipient(passphrase: string, random: Random): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = Buffer.from(random.bytes(SALT_BYTES));
      const cipher = createCipheriv(CIPHER, await keyFrom(passphrase, salt, WORK), NONCE, { authTagLength: TAG_BYTES });
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
      return [new Stanza(['scrypt', salt.toString('base64').replace(/=+$/, ''), String(WORK)], new Uint8Array(body))];
    },
  };
}

/** Decrypts what was encrypted to a passphrase; null from it where that is another, or there was none. */
export function passphraseIdentity(passphrase: string): Identity {
  return {
    async unwrapFileKey([stanza, ...others]) {
      if (stanza === undefined || stanza.args[0] !== 'scrypt' || others.length > 0) return null;
      const [, saltText = '', workText = ''] = stanza.args;
      const salt = Buffer.from(saltText, 'base64');
      const work = /^[1-9]\d?$/.test(workText) ? Number(workText) : Number.NaN;
      const isRight = salt.length === SALT_BYTES && stanza.body.length === FILE_KEY_BYTES + TAG_BYTES;
      if (!isRight || !(work <= MOST_WORK)) return null;
      const decipher = createDecipheriv(CIPHER, await keyFrom(passphrase, salt, work), NONCE, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(stanza.body.subarray(FILE_KEY_BYTES));
      try {
        return new Uint8Array(
          Buffer.concat([decipher.update(stanza.body.subarray(0, FILE_KEY_BYTES)), decipher.final()]),
        );
      } catch {
        return null;
      }
    },
  };
}

// On a thread of Node's own: whoever waits for it can make ready meanwhile.
async function keyFrom(passphrase: string, salt: Buffer, work: number): Promise<Buffer> {
  const N = 2 ** work;
  const maxmem = 2 * 128 * N * BLOCK;
  const bytes = await derive(passphrase, Buffer.concat([Buffer.from(LABEL), salt]), 32, { N, r: BLOCK, p: 1, maxmem });
  return bytes;
}
