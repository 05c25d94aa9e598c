import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Keychain, openKeychain } from '../../src/main/shell/keychain.ts';

type Backend = ReturnType<Keychain['getSelectedStorageBackend']>;

/** A keychain that keeps what it wraps and hands out tickets; it takes text only, as Electron's does. */
function keychain(backend: Backend, available = true): Keychain {
  const kept = new Map<string, string>();
  return {
    isAsyncEncryptionAvailable: async () => available,
    getSelectedStorageBackend: () => backend,
    async encryptStringAsync(text) {
      const ticket = randomBytes(8);
      kept.set(ticket.toString('hex'), text);
      return ticket;
    },
    async decryptStringAsync(ticket) {
      const result = kept.get(Buffer.from(ticket).toString('hex'));
      if (result === undefined) throw new Error(`no such ticket: ${ticket.toString()}`);
      return { result, shouldReEncrypt: false };
    },
  };
}

describe('the keychain of the system', () => {
  it('gives back every byte it wrapped', async () => {
    const opened = await openKeychain(keychain('gnome_libsecret'), 'linux');
    const secret = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const wrapped = await opened?.wrap(secret);
    expect(opened?.name).toBe('gnome_libsecret');
    expect(wrapped?.ok && (await opened?.unwrap(wrapped.value))).toEqual({ ok: true, value: secret });
  });

  it.each<[Backend, NodeJS.Platform, boolean]>([
    ['basic_text', 'linux', true],
    ['unknown', 'linux', true],
    ['gnome_libsecret', 'linux', false],
    ['unknown', 'darwin', false],
  ])('counts as none: %s on %s, available %s', async (backend, platform, available) => {
    expect(await openKeychain(keychain(backend, available), platform)).toBeNull();
  });

  it('has no backend to ask about elsewhere', async () => {
    expect((await openKeychain(keychain('unknown'), 'darwin'))?.name).toBe('macOS Keychain');
  });

  it('that does not give the key back leaves the passphrase', async () => {
    const opened = await openKeychain(keychain('kwallet6'), 'linux');
    const answer = await opened?.unwrap(new Uint8Array(8));
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'unexpected', hint: 'Unlock with the passphrase instead.' },
    });
  });
});
