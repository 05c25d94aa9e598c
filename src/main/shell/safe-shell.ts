import type { Shell } from 'electron';
import { fail, ok } from '../../shared/errors.ts';
import type { SafeShell } from './context.ts';

/** The only hosts a link of the window may lead to: the technique and product pages findings refer to. */
const HOSTS: ReadonlySet<string> = new Set(['attack.mitre.org', 'usejetty.online']);

/** Whether the address may be handed to the system's browser: https, a host of the list, no port, no credentials. */
export function isAllowedAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return (
    url.protocol === 'https:' &&
    HOSTS.has(url.hostname) &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}

/** Wraps Electron's `shell` so that nothing else can be opened through it. */
export function createSafeShell(shell: Pick<Shell, 'openExternal' | 'showItemInFolder'>): SafeShell {
  return {
    async openExternal(address) {
      if (!isAllowedAddress(address)) {
        return fail(
          'forbidden',
          'Logbook does not open this address.',
          'Copy it and open it in your browser yourself.',
        );
      }
      try {
        await shell.openExternal(new URL(address).href);
        return ok(null);
      } catch {
        return fail('unexpected', 'The browser could not be opened.', 'Open the address in your browser yourself.');
      }
    },
    reveal: (path) => shell.showItemInFolder(path),
  };
}
