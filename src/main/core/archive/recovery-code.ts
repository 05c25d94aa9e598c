import { createHash } from 'node:crypto';
import { base32crockford } from '@scure/base';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Random } from '../ports.ts';

const SECRET_BYTES = 20;
const CHECK_BYTES = 5;

/**
 * A recovery code: 160 random bits and a 40-bit check, 40 characters of Crockford's base 32 in groups of five. The check
 * tells a typing mistake from a code of another archive.
 */
export function newRecoveryCode(random: Random): { readonly code: string; readonly secret: Uint8Array } {
  const secret = random.bytes(SECRET_BYTES);
  const text = base32crockford.encode(Uint8Array.from([...secret, ...checkOf(secret)]));
  return { secret, code: (text.match(/.{5}/g) ?? []).join('-') };
}

/** Reads a code as people copy it: any case, any spaces and dashes, O for 0, I and L for 1. */
export function decodeRecoveryCode(code: string): Result<Uint8Array> {
  const mistyped = fail(
    'wrong_passphrase',
    'The recovery code has a typing mistake.',
    'Compare it with the printed one, group by group: eight groups of five characters.',
  );
  try {
    const bytes = base32crockford.decode(
      code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1'),
    );
    if (bytes.length !== SECRET_BYTES + CHECK_BYTES) return mistyped;
    const secret = bytes.slice(0, SECRET_BYTES);
    return Buffer.from(checkOf(secret)).equals(Buffer.from(bytes.slice(SECRET_BYTES))) ? ok(secret) : mistyped;
  } catch {
    return mistyped;
  }
}

function checkOf(secret: Uint8Array): Uint8Array {
  return createHash('sha256').update('logbook recovery code').update(secret).digest().subarray(0, CHECK_BYTES);
}
