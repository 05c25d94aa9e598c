import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Stamp } from '../../../shared/integrity.ts';
import { type ExchangeLimits, exchange } from '../jetty/exchange.ts';
import type { HttpFetch, Random } from '../ports.ts';
import { authorityAddress } from './authority-address.ts';
import { type KnownCertificate, trustedCertificates } from './certificate.ts';
import { checkStamp, nonceOf, stampRequest } from './stamp.ts';

/** What an authority answered (DER of a TimeStampResp), and what that says. */
export type Stamped = { readonly response: Uint8Array; readonly stamp: Stamp };

export type StampPorts = {
  readonly fetch: HttpFetch;
  readonly random: Random;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ExchangeLimits>;
};

export type StampWish = {
  /** The authority’s address. */
  readonly url: string;
  /** PEM of certificates that its own has to lead to; null where any will do. */
  readonly trust: string | null;
  /** The head to be stamped, SHA-256 in hexadecimal. */
  readonly head: string;
};

// An answer is a few kilobytes; nothing waits for it, but a terminal does.
const LIMITS: ExchangeLimits = { headersMs: 15_000, silenceMs: 15_000, wholeMs: 30_000, bytes: 256 * 1024 };
const NONCE_BYTES = 16;
const MOST_REDIRECTS = 3;
/** The only redirects under which what was sent is sent again (RFC 9110 §15.4.8, §15.4.9). */
const KEEPING_REDIRECTS = new Set([307, 308]);
const HEADERS = {
  'Content-Type': 'application/timestamp-query',
  Accept: 'application/timestamp-reply',
  'User-Agent': 'Logbook/0.1',
};

/**
 * Asks an authority once for a stamp of a head (RFC 3161 §3.4) and checks what it answers. Sends the hash and a random number,
 * nothing else. `network`, `server`, `cancelled`, or `bad_input` where address or certificates cannot be used.
 */
export async function askForStamp({ url, trust, head }: StampWish, ports: StampPorts): Promise<Result<Stamped>> {
  const address = authorityAddress(url);
  if (!address.ok) return address;
  const trusted = trust === null ? ok([]) : trustedCertificates(trust);
  if (!trusted.ok) return trusted;
  const nonce = nonceOf(ports.random.bytes(NONCE_BYTES));
  const answer = await post(address.value, stampRequest(head, nonce), ports);
  return answer.ok ? judge(answer.value, { head, nonce, host: address.value.host, trusted: trusted.value }) : answer;
}

async function post(address: URL, body: Uint8Array<ArrayBuffer>, ports: StampPorts): Promise<Result<Uint8Array>> {
  const { host } = address;
  const limits = { ...LIMITS, ...ports.limits };
  let url = address;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await exchange(ports.fetch, url.href, HEADERS, limits, ports.signal, body);
    if (answer.kind === 'cancelled') return fail('cancelled', `Asking ${host} was cancelled.`, AGAIN);
    if (answer.kind === 'fault')
      return fail('network', `The time-stamp authority ${host} could not be asked: ${answer.reason}.`, AGAIN);
    if (answer.status === 200) return ok(answer.body);
    if (answer.status < 300 || answer.status >= 400)
      return fail('server', `The time-stamp authority ${host} answered with status ${answer.status}.`, AGAIN);
    const location = answer.headers.get('location');
    const next = location !== null && URL.canParse(location, url) ? new URL(location, url) : null;
    if (next === null || next.origin !== url.origin || !KEEPING_REDIRECTS.has(answer.status))
      return fail(
        'server',
        `The time-stamp authority ${host} sends on to another address.`,
        'Give that address itself.',
      );
    url = next;
  }
  return fail('server', `The time-stamp authority ${host} sends in a circle.`, 'Ask its operator for its address.');
}

function judge(
  response: Uint8Array,
  { host, ...checks }: { head: string; nonce: Uint8Array; host: string; trusted: readonly KnownCertificate[] },
): Result<Stamped> {
  const stamp = checkStamp(response, checks);
  if (typeof stamp === 'string')
    return fail('server', `What the time-stamp authority ${host} answered is not used: ${stamp}.`, AGAIN);
  if (checks.trusted.length > 0 && !stamp.trusted)
    return fail(
      'server',
      `The stamp of ${host} does not lead to the certificate that was chosen to be trusted.`,
      'Choose the root certificate of this authority, as its operator publishes it.',
    );
  return ok({ response, stamp });
}

const AGAIN = 'It is asked again with the next seal. Nothing else waits for it.';
