import http from 'node:http';
import { isLoopback } from './core/jetty/address.ts';
import type { HttpFetch } from './core/ports.ts';

// The proxy of the system, as the environment names it (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY, in either case).
// It applies to the whole thread, as the platform has it; this machine's own addresses are never asked through it.

type Environment = Readonly<Record<string, string | undefined>>;

const NEVER = 'localhost,.localhost,127.0.0.1,::1,[::1]';

/** A `fetch` that goes through the system's proxy where there is one. */
export function systemFetch(env: Environment = process.env): HttpFetch {
  const settings = proxySettings(env);
  let installed = settings === null;
  return (url, init) => {
    if (!installed && settings !== null && !isLoopback(new URL(url).hostname)) {
      // Absent from an older runtime, which then connects directly.
      http.setGlobalProxyFromEnv?.(settings);
      installed = true;
    }
    return fetch(url, init);
  };
}

/** What the environment says of proxies; null where it names none. */
export function proxySettings(env: Environment): Record<string, string> | null {
  const read = (name: string) => env[name.toLowerCase()]?.trim() || env[name]?.trim() || null;
  const all = read('ALL_PROXY');
  const https = read('HTTPS_PROXY') ?? all;
  const plain = read('HTTP_PROXY') ?? all;
  if (https === null && plain === null) return null;
  const direct = [read('NO_PROXY'), NEVER].filter((list) => list !== null).join(',');
  return { ...(https && { HTTPS_PROXY: https }), ...(plain && { HTTP_PROXY: plain }), NO_PROXY: direct };
}
