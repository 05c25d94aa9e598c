import type { Result } from '../../../shared/errors.ts';
import type { JettyClient, PageQuery, PageReply } from '../jetty/client.ts';
import type { Clock } from '../ports.ts';

/** What is asked of the server: a page of a window. */
export type PageWanted = Pick<PageQuery, 'from' | 'to' | 'action' | 'actorId' | 'page' | 'perPage'>;

/** A page that will be wanted, and those that will be after it, told by what it holds. */
export type PageExpected = PageWanted & { readonly then?: (reply: PageReply) => readonly PageWanted[] };

/** A page, when it was asked for (ms UTC), and whether another page of its window was under way at that time. */
export type Delivered = { readonly reply: Result<PageReply>; readonly askedAt: number; readonly together: boolean };

/**
 * Pages, asked for a little ahead of when they are needed. A run begins with one request at a time and asks further
 * ahead only once that has gone well for a while: what is under way when a process is killed has to be asked again.
 */
export type PageFeed = {
  /** The page; asked for now unless it is on its way. */
  get(wanted: PageWanted): Promise<Delivered>;
  /** Asks for a page that will be wanted soon, as far as there is room. */
  expect(expected: PageExpected): void;
  /** How many pages may be on their way at once. */
  depth(): number;
  /** Gives up what was asked ahead and is not wanted any more. */
  drop(): Promise<void>;
};

export type FeedTools = {
  readonly client: JettyClient;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly onWait?: (ms: number, why: string) => void;
  /** Whether to take longer before asking further ahead. */
  readonly careful: boolean;
};

type Asked = { readonly abort: AbortController; readonly delivered: Promise<Delivered> };

const DEEPEST = 6;
/** Pages that lie here and wait to be wanted, for each that may be on its way. */
const WAITING = 2;
/** So many pages come before the next is asked further ahead. */
const PAGES_A_STEP = 2;
const CAREFUL_PAGES_A_STEP = 32;

export function createFeed({ client, clock, signal, onWait, careful }: FeedTools): PageFeed {
  const ahead = new Map<string, Asked>();
  /** Of each window that has any, how many of its pages are on their way. */
  const underWay = new Map<string, number>();
  const step = careful ? CAREFUL_PAGES_A_STEP : PAGES_A_STEP;
  /** Of the requests that are on their way. */
  const aborts = new Set<AbortController>();
  let delivered = 0;
  let current: string | null = null;
  signal?.addEventListener('abort', () => {
    for (const abort of aborts) abort.abort();
  });

  const depth = () => {
    // Where the server counts requests, going faster only means waiting sooner.
    const most = client.stats().limit === null ? DEEPEST : 1;
    return Math.min(most, 1 + Math.floor(delivered / step));
  };
  const ask = ({ then, ...wanted }: PageExpected): Asked => {
    const abort = new AbortController();
    const askedAt = clock.now();
    const window = windowOf(wanted);
    const others = underWay.get(window) ?? 0;
    underWay.set(window, others + 1);
    aborts.add(abort);
    if (signal?.aborted) abort.abort();
    const arrived = client.fetchPage({ ...wanted, signal: abort.signal, ...(onWait && { onWait }) }).then((reply) => {
      aborts.delete(abort);
      const left = (underWay.get(window) ?? 1) - 1;
      if (left === 0) underWay.delete(window);
      else underWay.set(window, left);
      if (reply.ok && then && !abort.signal.aborted) for (const next of then(reply.value)) expect(next);
      return { reply, askedAt, together: others > 0 };
    });
    return { abort, delivered: arrived };
  };
  const expect = (expected: PageExpected): void => {
    const key = keyOf(expected);
    if (ahead.has(key) || aborts.size >= depth() || ahead.size >= WAITING * depth()) return;
    ahead.set(key, ask(expected));
  };

  const giveUp = (): Asked[] => {
    const given = [...ahead.values()];
    ahead.clear();
    for (const { abort } of given) abort.abort();
    return given;
  };

  return {
    async get(wanted) {
      const key = keyOf(wanted);
      const foreseen = ahead.get(key);
      const window = windowOf(wanted);
      // A window that nobody foresaw follows: what was asked for in its place would lie here for good.
      if (foreseen === undefined && window !== current) giveUp();
      current = window;
      const asked = foreseen ?? ask(wanted);
      ahead.delete(key);
      const page = await asked.delivered;
      delivered++;
      return page;
    },
    expect,
    depth,
    async drop() {
      await Promise.all(giveUp().map((asked) => asked.delivered));
    },
  };
}

function keyOf({ page, perPage, ...window }: PageWanted): string {
  return JSON.stringify([windowOf({ page, perPage, ...window }), page, perPage]);
}

function windowOf({ from, to, action, actorId }: PageWanted): string {
  return JSON.stringify([from, to, action, actorId]);
}
