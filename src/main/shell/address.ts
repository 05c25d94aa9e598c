/** The window's own origin. A custom scheme, because `file://` pages have more rights than a page needs. */
export const SCHEME = 'app';
export const HOST = 'logbook';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Where the window's page lives, and the test by which navigation, IPC and requests tell it from everything else. */
export type AppAddress = {
  readonly start: string;
  owns(url: string): boolean;
};

/**
 * The address of the window's page. A development server (electron-vite's, on the loopback interface) replaces it
 * only where the caller hands one in; anything else there is a `RangeError`.
 */
export function appAddress(developmentServer: string | null): AppAddress {
  if (developmentServer === null) {
    return { start: `${SCHEME}://${HOST}/index.html`, owns: (url) => hasOrigin(url, `${SCHEME}:`, HOST) };
  }
  const server = new URL(developmentServer);
  if (server.protocol !== 'http:' || !LOOPBACK.has(server.hostname)) {
    throw new RangeError('The development server must be on the loopback interface.');
  }
  return { start: server.href, owns: (url) => hasOrigin(url, server.protocol, server.host) };
}

// `URL.origin` is "null" for schemes Node does not know, so the parts are compared.
function hasOrigin(url: string, protocol: string, host: string): boolean {
  if (!URL.canParse(url)) return false;
  const parsed = new URL(url);
  return parsed.protocol === protocol && parsed.host === host && parsed.username === '' && parsed.password === '';
}
