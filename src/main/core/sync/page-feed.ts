import type { Result } from '../../../shared/errors.ts';
import type { JettyClient, PageQuery, PageReply } from '../jetty/client.ts';
import type { Clock } from '../ports.ts';

/** What is asked of the server: a page of a window. */
export type PageWanted = Pick<PageQuery, 'from' | 'to' | 'action' | 'actorId' | 'page' | 'perPage'>;

/** A page and when it was asked for, milliseconds UTC. */
export type Delivered = { readonly reply: Result<PageReply>; readonly askedAt: number };

/**
 * Pages, asked for a little ahead of when they are needed. A run begins with one request at a time and asks further
 * ahead only once that has gone well for a while: what is under way when a process is killed has to be asked again.
 */
export type PageFeed = {
  /** The page; asked for now unless it is on its way. */
  get(wanted: PageWanted): Promise<Delivered>;
  /** Asks for a page that will be wanted soon, as far as there is room. */
  expect(wanted: PageWanted): void;
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

type UnderWay = { readonly abort: AbortController; readonly delivered: Promise<Delivered> };

const DEEPEST = 6;
/** So many pages come before the next is asked further ahead. */
const PAGES_A_STEP = 2;
const CAREFUL_PAGES_A_STEP = 32;

export function createFeed({ client, clock, signal, onWait, careful }: FeedTools): PageFeed {
  const ahead = new Map<string, UnderWay>();
  const step = careful ? CAREFUL_PAGES_A_STEP : PAGES_A_STEP;
  let delivered = 0;

  const keyOf = ({ from, to, action, actorId, page, perPage }: PageWanted) =>
    JSON.stringify([from, to, action, actorId, page, perPage]);
  const depth = () => {
    // Where the server counts requests, going faster only means waiting sooner.
    const most = client.stats().limit === null ? DEEPEST : 1;
    return Math.min(most, 1 + Math.floor(delivered / step));
  };
  const ask = (wanted: PageWanted): UnderWay => {
    const abort = new AbortController();
    const askedAt = clock.now();
    const own = signal === undefined ? abort.signal : AbortSignal.any([signal, abort.signal]);
    const reply = client.fetchPage({ ...wanted, signal: own, ...(onWait && { onWait }) });
    return { abort, delivered: reply.then((value) => ({ reply: value, askedAt })) };
  };

  return {
    async get(wanted) {
      const key = keyOf(wanted);
      const under = ahead.get(key) ?? ask(wanted);
      ahead.delete(key);
      const page = await under.delivered;
      delivered++;
      return page;
    },
    expect(wanted) {
      const key = keyOf(wanted);
      if (ahead.has(key) || ahead.size >= depth()) return;
      ahead.set(key, ask(wanted));
    },
    depth,
    async drop() {
      const given = [...ahead.values()];
      ahead.clear();
      for (const { abort } of given) abort.abort();
      await Promise.all(given.map((under) => under.delivered));
    },
  };
}
