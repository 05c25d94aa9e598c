import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { HOST, SCHEME } from './address.ts';
import { NONCE_PLACEHOLDER, pageHeaders } from './content-policy.ts';

// Only what a build of the renderer holds. A file of any other kind does not exist for the page.
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
};

/**
 * Answers requests for `app://logbook/…` with the files under `root`, with a strict Content-Security-Policy. Anything
 * that is not such a file, and every attempt to leave the folder, is 404.
 */
export function createFileServer(root: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const nonce = randomBytes(18).toString('base64');
    const headers = pageHeaders(nonce);
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Method not allowed', headers);

    const path = relativePath(request.url);
    const type = path === null ? undefined : TYPES[extname(path).toLowerCase()];
    const content = path === null || type === undefined ? null : await readInside(root, path);
    if (content === null || type === undefined) return plain(404, 'Not found', headers);

    const body = type.startsWith('text/html')
      ? Buffer.from(content.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce))
      : content;
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
      headers: { ...headers, 'Content-Type': type },
    });
  };
}

function plain(status: number, text: string, headers: Record<string, string>): Response {
  return new Response(text, { status, headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' } });
}

/**
 * Relative path that an address asks for, or null where it is not ours or no plain path. The URL parser has resolved
 * bare dots already; encoded ones, backslashes and NUL appear only after decoding, so they are judged after it.
 */
export function relativePath(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== `${SCHEME}:` || url.host !== HOST) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (/[\\\0:]/.test(decoded)) return null;
  const parts = decoded.split('/').filter((part) => part !== '');
  if (parts.some((part) => part.startsWith('.'))) return null;
  return parts.length === 0 ? 'index.html' : parts.join('/');
}

/** The file's content, or null where there is none or it lies outside the folder once links are followed. */
async function readInside(root: string, path: string): Promise<Buffer | null> {
  try {
    const folder = await realpath(root);
    const file = await realpath(join(folder, path));
    return file.startsWith(folder + sep) ? await readFile(file) : null;
  } catch {
    return null;
  }
}
