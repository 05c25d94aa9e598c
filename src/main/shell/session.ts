import { type Session, session } from 'electron';
import type { AppAddress } from './address.ts';

// In memory: what the page caches (it shows decrypted entries) is never written to disk.
const PARTITION = 'logbook';

/** The session of the window: every permission denied, no request but the window's own, no spell-check downloads. */
export function hardenedSession(address: AppAddress): Session {
  const own = session.fromPartition(PARTITION);
  denyPermissions(own);
  allowOnlyOwnRequests(own, address);
  own.setSpellCheckerEnabled(false);
  own.on('will-download', (event) => event.preventDefault());
  return own;
}

/** Denies every permission, asked for or checked, every device and every screen recording. Electron grants by default. */
export function denyPermissions(target: Session): void {
  target.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  target.setPermissionCheckHandler(() => false);
  target.setDevicePermissionHandler(() => false);
  target.setDisplayMediaRequestHandler((_request, callback) => callback(null));
}

// The policy forbids the page every connection; this holds even for a page without the policy.
function allowOnlyOwnRequests(target: Session, address: AppAddress): void {
  target.webRequest.onBeforeRequest((details, callback) => {
    const allowed = address.owns(details.url) || details.url.startsWith('devtools://') || isInline(details.url);
    callback({ cancel: !allowed && !isDevelopmentSocket(details.url, address) });
  });
}

function isInline(url: string): boolean {
  return url.startsWith('data:') || url.startsWith('blob:');
}

function isDevelopmentSocket(url: string, address: AppAddress): boolean {
  return url.startsWith('ws://') && address.owns(url.replace('ws://', 'http://'));
}
