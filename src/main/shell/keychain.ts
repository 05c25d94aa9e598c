import type { SafeStorage } from 'electron';
import { fail, ok } from '../../shared/errors.ts';
import type { KeyWrapper } from '../core/ports.ts';

export type Keychain = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

const NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS Keychain',
  win32: 'Windows Data Protection',
};

/**
 * The operating system's keychain as a `KeyWrapper`, or null where there is none worth the name. On Linux Chromium may
 * fall back to a password that is written in its source (`basic_text`): that protects nothing and counts as none.
 * Uses the asynchronous API only, the synchronous one is being removed. Call after Electron is ready.
 */
export async function openKeychain(storage: Keychain, platform: NodeJS.Platform): Promise<KeyWrapper | null> {
  try {
    if (!(await storage.isAsyncEncryptionAvailable())) return null;
    const backend = platform === 'linux' ? storage.getSelectedStorageBackend() : null;
    if (backend === 'basic_text' || backend === 'unknown') return null;
    return wrapper(storage, NAMES[platform] ?? backend ?? platform);
  } catch {
    return null;
  }
}

function wrapper(storage: Keychain, name: string): KeyWrapper {
  return {
    name,
    async wrap(secret) {
      try {
        // The API takes text only; base64 keeps every byte.
        return ok(new Uint8Array(await storage.encryptStringAsync(Buffer.from(secret).toString('base64'))));
      } catch {
        return fail('unexpected', `${name} did not keep the key.`, 'Unlock with the passphrase; it works as before.');
      }
    },
    async unwrap(wrapped) {
      try {
        const { result } = await storage.decryptStringAsync(Buffer.from(wrapped));
        return ok(new Uint8Array(Buffer.from(result, 'base64')));
      } catch {
        return fail('unexpected', `${name} did not give the key back.`, 'Unlock with the passphrase instead.');
      }
    },
  };
}
