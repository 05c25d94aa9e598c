import { type Failure, failure, ok, type Result } from '../../../shared/errors.ts';
import type { Clock, HttpFetch, Random } from '../ports.ts';
import { AUDIT_LOG_PATH, normaliseAddress } from './address.ts';
import { checkToken } from './config.ts';
import { type PageBody, readPageBody } from './envelope.ts';
import { DEFAULT_LIMITS, type Exchange, type ExchangeLimits, exchange } from './exchange.ts';
import { createPace } from './pace.ts';
import { exhausted, redirectRefusal, refusal, serverWords } from './refusal.ts';
import { backoff, DEFAULT_RETRY, type RetryPolicy, retryAfter, serverTime } from './retry.ts';

// The policy of this client: nothing but GET; the token goes to the one configured origin and into no message; a wait
// the server asked for is never cut short; whatever may pass is tried again, whatever will not is said at once.

export type ClientOptions = {
  /** As a person typed it; see `normaliseAddress`. */
  readonly address: string;
  readonly token: string;
  readonly fetch: HttpFetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly retry?: Partial<RetryPolicy>;
  readonly limits?: Partial<ExchangeLimits>;
};

export type PageQuery = {
  /** UTC dates `YYYY-MM-DD`, both included; without them the whole log is asked. */
  readonly from?: string;
  readonly to?: string;
  /** An exact action, and the exact id of who did it. */
  readonly action?: string;
  readonly actorId?: string;
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
  readonly signal?: AbortSignal;
  /** Called before every wait, with its length in milliseconds and what for. */
  readonly onWait?: (ms: number, why: string) => void;
};

/** A page, and what the server's clock said when it sent it (milliseconds UTC, null where it said nothing). */
export type PageReply = PageBody & { readonly page: number; readonly serverTime: number | null };

/** How many requests a server allows a minute, how many of these are left, and when (ms UTC) there will be more. */
export type RequestLimit = { readonly perMinute: number; readonly left: number; readonly resetsAt: number };

export type ClientStats = {
  readonly requests: number;
  readonly retries: number;
  /** The limit the server names; null where it names none. */
  readonly limit: RequestLimit | null;
  /** How far the server's clock is ahead of ours by its last answer, milliseconds; null where it says nothing. */
  readonly serverAhead: number | null;
};

export type JettyClient = {
  /** Host name and port, for messages and provenance. */
  readonly host: string;
  readonly address: string;
  fetchPage(query: PageQuery): Promise<Result<PageReply>>;
  stats(): ClientStats;
};

type Verdict =
  | { readonly kind: 'page'; readonly reply: PageReply }
  | {
      readonly kind: 'again';
      readonly blame: 'server' | 'network';
      readonly reason: string;
      readonly wait: number | null;
    }
  | { readonly kind: 'follow'; readonly url: URL }
  | { readonly kind: 'smaller' }
  | { readonly kind: 'stop'; readonly error: Failure };

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PASSING = new Set([408, 421, 425, 429]);
const MOST_REDIRECTS = 3;
const SMALLEST_CAP = 10;

/** A client of the audit-log API. Fails with `bad_input` where address or token cannot be used at all. */
export function createClient(options: ClientOptions): Result<JettyClient> {
  const address = normaliseAddress(options.address);
  if (!address.ok) return address;
  const token = checkToken(options.token);
  if (!token.ok) return token;
  return ok(new Client({ ...options, address: address.value, token: token.value }));
}

class Client implements JettyClient {
  readonly host: string;
  readonly address: string;
  readonly #options: ClientOptions;
  readonly #retry: RetryPolicy;
  readonly #limits: ExchangeLimits;
  readonly #pace;
  /** The request that is to tell what the server allows, while that is not known. */
  #asking: Promise<void> | null = null;
  #perPageCap = Number.POSITIVE_INFINITY;
  #requests = 0;
  #retries = 0;
  #serverAhead: number | null = null;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.address = options.address;
    this.host = new URL(options.address).host;
    this.#retry = { ...DEFAULT_RETRY, ...options.retry };
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#pace = createPace(options.clock);
  }

  stats(): ClientStats {
    return {
      requests: this.#requests,
      retries: this.#retries,
      limit: this.#pace.limit(),
      serverAhead: this.#serverAhead,
    };
  }

  async fetchPage(query: PageQuery): Promise<Result<PageReply>> {
    let url = this.#url(query);
    let faults = 0;
    let slowDowns = 0;
    let redirects = 0;
    while (true) {
      const answer = await this.#sendInTurn(url, query);
      if (answer.kind === 'cancelled') return cancelled(this.host);
      const verdict = this.#judge(answer, url, query);
      if (verdict.kind === 'page') return ok(verdict.reply);
      if (verdict.kind === 'stop') return { ok: false, error: verdict.error };
      if (verdict.kind === 'follow') {
        if (++redirects > MOST_REDIRECTS) return { ok: false, error: redirectRefusal(this.host, verdict.url) };
        url = verdict.url;
        continue;
      }
      if (verdict.kind === 'smaller') {
        // Another request may have found that out in the meantime.
        this.#perPageCap = Math.min(this.#perPageCap, Math.floor(perPageOf(url) / 2));
        url = this.#url(query);
        continue;
      }
      const asked = verdict.wait;
      const tries = asked === null ? ++faults : faults;
      if (asked !== null) slowDowns++;
      if (tries >= this.#retry.tries || slowDowns > this.#retry.slowDowns) {
        return { ok: false, error: exhausted(verdict.blame, this.host, verdict.reason, faults + slowDowns) };
      }
      if (asked !== null && asked > this.#retry.longestAskedWait) return tooPatient(this.host, asked);
      // What the server asks for binds every request, not only this one.
      if (asked !== null) this.#pace.pause(asked, verdict.reason);
      else if (await this.#wait(backoff(faults, this.#retry, this.#options.random), verdict.reason, query))
        return cancelled(this.host);
      this.#retries++;
    }
  }

  #url(query: PageQuery): URL {
    const url = new URL(this.address + AUDIT_LOG_PATH);
    if (query.from !== undefined) url.searchParams.set('from', query.from);
    if (query.to !== undefined) url.searchParams.set('to', query.to);
    if (query.action !== undefined) url.searchParams.set('action', query.action);
    if (query.actorId !== undefined) url.searchParams.set('actor_id', query.actorId);
    url.searchParams.set('page', String(query.page));
    url.searchParams.set('per_page', String(Math.min(query.perPage, this.#perPageCap)));
    return url;
  }

  // Nothing is awaited between finding that it may be sent and sending it: others ask at the same time.
  async #sendInTurn(url: URL, query: PageQuery): Promise<Exchange> {
    while (query.signal?.aborted !== true) {
      const hold = this.#pace.hold();
      if (hold !== null) {
        if (!(await this.#wait(hold.until - this.#options.clock.now(), hold.why, query))) this.#pace.waited(hold);
      } else if (this.#asking !== null && this.#pace.unsure()) await this.#asking;
      else return await this.#send(url, query.signal);
    }
    return { kind: 'cancelled' };
  }

  #send(url: URL, signal: AbortSignal | undefined): Promise<Exchange> {
    const answer = this.#exchange(url, signal);
    if (this.#pace.unsure()) {
      const asking = answer.then(() => {
        if (this.#asking === asking) this.#asking = null;
      });
      this.#asking = asking;
    }
    return answer;
  }

  async #exchange(url: URL, signal: AbortSignal | undefined): Promise<Exchange> {
    this.#requests++;
    const headers = {
      Authorization: `Bearer ${this.#options.token}`,
      Accept: 'application/json',
      'User-Agent': 'Logbook/0.1',
    };
    this.#pace.sent();
    const answer = await exchange(this.#options.fetch, url.href, headers, this.#limits, signal);
    this.#pace.ended(answer.kind === 'answer' ? answer.headers : null);
    const said = answer.kind === 'answer' ? serverTime(answer.headers) : null;
    if (said !== null) this.#serverAhead = said - this.#options.clock.now();
    return answer;
  }

  /** True when the wait was cancelled. */
  async #wait(ms: number, why: string, query: PageQuery): Promise<boolean> {
    if (ms > 0) {
      query.onWait?.(ms, why);
      await this.#options.clock.sleep(ms, query.signal);
    }
    return query.signal?.aborted ?? false;
  }

  #judge(answer: Exclude<Exchange, { kind: 'cancelled' }>, url: URL, query: PageQuery): Verdict {
    if (answer.kind === 'fault') {
      if (!answer.permanent) return { kind: 'again', blame: 'network', reason: answer.reason, wait: null };
      return { kind: 'stop', error: exhausted('network', this.host, answer.reason, 1) };
    }
    const { status, headers, body } = answer;
    if (REDIRECTS.has(status)) return this.#redirect(headers, url);
    if (status >= 200 && status < 300) {
      const read = readPageBody(body);
      if (!('reason' in read))
        return { kind: 'page', reply: { ...read, page: query.page, serverTime: serverTime(headers) } };
      return { kind: 'again', blame: 'server', reason: `the page it sent cannot be read, ${read.reason}`, wait: null };
    }
    if (status >= 500 || PASSING.has(status)) {
      const wait = retryAfter(headers, this.#options.clock.now());
      const reason = status === 429 ? 'it asks to slow down (429)' : `it answered with status ${status}`;
      return { kind: 'again', blame: 'server', reason, wait };
    }
    const words = serverWords(body, this.#options.token);
    // Whoever refuses a parameter says which: a refusal that cannot be read was damaged on its way.
    if (status === 422 && words.message === null && Object.keys(words.errors).length === 0) {
      return {
        kind: 'again',
        blame: 'server',
        reason: 'it refused the request (422) without a readable reason',
        wait: null,
      };
    }
    // The largest page a server allows is not documented; one that refuses ours gets to say so and is asked for less.
    const tooLarge = status === 422 && words.errors.per_page !== undefined;
    if (tooLarge && perPageOf(url) / 2 >= SMALLEST_CAP) return { kind: 'smaller' };
    return { kind: 'stop', error: refusal(status, this.host, words) };
  }

  #redirect(headers: Headers, from: URL): Verdict {
    const location = headers.get('location');
    const target = location !== null && URL.canParse(location, from) ? new URL(location, from) : null;
    if (target === null || target.origin !== from.origin) {
      return { kind: 'stop', error: redirectRefusal(this.host, target) };
    }
    // Laravel sends a visitor it does not know to its sign-in page.
    if (/\/(?:login|signin|sign-in)\/?$/.test(target.pathname)) {
      return { kind: 'stop', error: refusal(401, this.host, { message: null, hint: null, errors: {} }) };
    }
    return { kind: 'follow', url: target };
  }
}

function perPageOf(url: URL): number {
  return Number(url.searchParams.get('per_page'));
}

function cancelled(host: string): { readonly ok: false; readonly error: Failure } {
  const hint = 'What arrived is kept. Run the sync again to go on from there.';
  return { ok: false, error: failure('cancelled', `Reading from ${host} was cancelled.`, hint) };
}

function tooPatient(host: string, ms: number): { readonly ok: false; readonly error: Failure } {
  const minutes = Math.ceil(ms / 60_000);
  const hint = `What arrived is kept. Run the sync again in ${minutes} minutes.`;
  return {
    ok: false,
    error: failure('server', `${host} asks to wait ${minutes} minutes before the next request.`, hint),
  };
}
