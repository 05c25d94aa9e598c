import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyWrapper } from '../../../../src/main/core/ports.ts';
import { fail, ok } from '../../../../src/shared/errors.ts';

/** A keychain as the port has it: really encrypting, under a key that lives as long as the object. */
export function fakeKeychain(name = 'Test keychain'): KeyWrapper {
  const key = randomBytes(32);
  return {
    name,
    async wrap(secret) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      return ok(new Uint8Array(Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])));
    },
    async unwrap(wrapped) {
      try {
        const bytes = Buffer.from(wrapped);
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(-16));
        return ok(new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])));
      } catch {
        return fail('unexpected', `${name} did not give the key back.`, 'Unlock with the passphrase instead.');
      }
    },
  };
}
