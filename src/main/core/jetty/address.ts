import { fail, ok, type Result } from '../../../shared/errors.ts';

/** Where the public service answers when nothing else is said. */
export const DEFAULT_ADDRESS = 'https://usejetty.online';

/** The path of the organisation's audit log under a base address. */
export const AUDIT_LOG_PATH = '/api/organization/audit-logs';

const REGION = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const HINT = `Give the address of your Jetty server, for example ${DEFAULT_ADDRESS}, or the name of a region such as eu.`;

/** The base address of a region of the public service (`eu`, `us-east-1`). */
export function regionAddress(region: string): Result<string> {
  const name = region.trim();
  if (!REGION.test(name)) {
    return fail('bad_input', 'The name of the region may hold letters, digits and hyphens only.', HINT);
  }
  return ok(`https://${name.toLowerCase()}.usejetty.online`);
}

/**
 * Brings what a person typed to a base address without a slash at its end: a region's name, a host without a scheme, or
 * the whole address of the audit log pasted by mistake. Plain HTTP is accepted for this machine alone.
 */
export function normaliseAddress(text: string): Result<string> {
  const typed = text.trim();
  if (typed === '') return fail('bad_input', 'The address of the Jetty server is empty.', HINT);
  if (REGION.test(typed) && typed.toLowerCase() !== 'localhost') return regionAddress(typed);
  const url = parseUrl(typed);
  if (url === null) return fail('bad_input', 'The address of the Jetty server cannot be read.', HINT);
  if (url.username !== '' || url.password !== '') {
    const hint = 'Take the name and password out of the address; Logbook signs in with an API token.';
    return fail('bad_input', 'The address of the Jetty server holds a user name or password.', hint);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return fail('bad_input', `An address that begins with ${url.protocol} is not a web address.`, HINT);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    const hint = `Use https://${url.host}. Plain HTTP would show the token to the network; it is allowed on this machine only.`;
    return fail('bad_input', `The address http://${url.host} is not encrypted.`, hint);
  }
  return ok(url.origin + basePath(url.pathname));
}

/** Whether a host name can only mean this machine. Source: RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function parseUrl(typed: string): URL | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) return URL.canParse(typed) ? new URL(typed) : null;
  if (!/^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?(?:[/?#].*)?$/i.test(typed)) return null;
  const secure = `https://${typed}`;
  if (!URL.canParse(secure)) return null;
  const url = new URL(secure);
  return isLoopback(url.hostname) ? new URL(`http://${typed}`) : url;
}

function basePath(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed.replace(/\/api(?:\/organization(?:\/audit-logs)?)?$/, '').replace(/\/+$/, '');
}
