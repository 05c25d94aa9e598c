import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const PAGE = 4096;
const RESERVE = 80;
const SALT = 16;

/**
 * Decrypts one page of a SQLCipher 4 file with nothing but Node's own cryptography, from the format's description
 * (zetetic.net, "SQLCipher Design"): AES-256-CBC, the IV and an HMAC-SHA-512 of cipher text, IV and page number at the end of
 * each page of 4,096 bytes; the HMAC key is PBKDF2-HMAC-SHA-512 of the key, two rounds, with the salt's bits turned by 0x3a.
 * Throws where the HMAC does not hold.
 */
export function decryptPage(file: string, key: Uint8Array, number: number): Buffer {
  const page = Buffer.alloc(PAGE);
  const salt = Buffer.alloc(SALT);
  const fd = openSync(file, 'r');
  readSync(fd, salt, 0, SALT, 0);
  readSync(fd, page, 0, PAGE, (number - 1) * PAGE);
  closeSync(fd);
  const start = number === 1 ? SALT : 0;
  const hmacKey = pbkdf2Sync(
    key,
    salt.map((byte) => byte ^ 0x3a),
    2,
    32,
    'sha512',
  );
  const place = Buffer.alloc(4);
  place.writeUInt32LE(number);
  const hmac = createHmac('sha512', hmacKey)
    .update(page.subarray(start, PAGE - RESERVE + 16))
    .update(place)
    .digest();
  if (!timingSafeEqual(hmac, page.subarray(PAGE - 64))) throw new Error(`The HMAC of page ${number} does not hold.`);
  const decipher = createDecipheriv('aes-256-cbc', key, page.subarray(PAGE - RESERVE, PAGE - RESERVE + 16));
  decipher.setAutoPadding(false);
  return Buffer.concat([decipher.update(page.subarray(start, PAGE - RESERVE)), decipher.final()]);
}
