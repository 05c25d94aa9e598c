import { type Failure, failure, type Result } from '../../../shared/errors.ts';
import type { ArchiveWriter, IngestCount, LedgerChange, RawItem } from '../archive/writer.ts';
import type { JettyClient, PageReply } from '../jetty/client.ts';
import type { Clock } from '../ports.ts';
import { isCheckpointDue, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { closerLooks } from './closer-look.ts';
import {
  addAside,
  addCloserLook,
  addPage,
  beginEvidence,
  beginPass,
  type Evidence,
  isProven,
  type Nature,
  whyUnproven,
} from './evidence.ts';
import { type DateSense, type DayWindow, dateSenseOf, isBelow } from './window.ts';

export type WalkTools = {
  readonly writer: ArchiveWriter;
  readonly client: JettyClient;
  readonly clock: Clock;
  readonly perPage: number;
  readonly signal?: AbortSignal;
  readonly onWait?: (ms: number, why: string) => void;
  /** Told of every page that was stored. */
  readonly onStored: (fetched: number, count: IngestCount) => void;
};

export type WalkRequest = {
  readonly window: DayWindow;
  readonly natureAt: (startedAt: number) => Nature;
  /** The ledger's entry for a window that is proven. */
  readonly settle: (evidence: Evidence) => readonly LedgerChange[];
};

/** How a walk ended. After `split` and `dates` the window is to be asked in another form. */
export type WalkEnd =
  | { readonly kind: 'proven'; readonly evidence: Evidence }
  | { readonly kind: 'unproven'; readonly evidence: Evidence; readonly why: string }
  | { readonly kind: 'split'; readonly pages: number | null }
  | { readonly kind: 'dates'; readonly sense: DateSense }
  | { readonly kind: 'failed'; readonly error: Failure; readonly pages: number; readonly storage: boolean };

const MOST_PASSES = 6;
const MOST_CUTS_LOOKED_AT = 40;
const LOOKS_PER_CUT = 3;
// A window of several days is meant to fit a page; one that fills more than these is walked day by day.
const PAGES_BEFORE_SPLIT = 3;
// Clocks further apart than this are not wrong by accident (a made-up present, a test): they are not compared.
const COMPARABLE_CLOCKS_MS = 36 * 3_600_000;
const MOST_PAGES = 1_000_000;
// Where entries still come and go, a walk left longer ago than this is begun anew.
const LEFT_RECENTLY_MS = 600_000;

/**
 * Walks a window's pages until it is proven that nothing was missed, or for a bounded number of passes. Every page and
 * the checkpoint after it are stored in one transaction. Takes up the walk where an earlier run left it.
 */
export async function walkWindow(tools: WalkTools, request: WalkRequest): Promise<WalkEnd> {
  return new Walk(tools, request).run();
}

type Look = { readonly kind: 'go on' } | WalkEnd;

class Walk {
  readonly #tools: WalkTools;
  readonly #request: WalkRequest;
  readonly #prefetching = new AbortController();
  #evidence: Evidence;
  #perPage: number;
  #pages = 0;
  /** The first page was read by an earlier run, and more may have arrived before it since. */
  #topIsOld = false;
  #ahead: { readonly page: number; readonly reply: Promise<Result<PageReply>> } | null = null;

  constructor(tools: WalkTools, request: WalkRequest) {
    this.#tools = tools;
    this.#request = request;
    this.#perPage = tools.perPage;
    this.#evidence = beginEvidence(tools.clock.now());
    this.#takeUp();
  }

  async run(): Promise<WalkEnd> {
    const signal = this.#tools.signal;
    const forward = () => this.#prefetching.abort();
    signal?.addEventListener('abort', forward, { once: true });
    if (signal?.aborted) forward();
    try {
      while (true) {
        const end = await this.#pass();
        if (end.kind !== 'go on') return end;
        if (this.#evidence.pass >= MOST_PASSES) return this.#unproven();
        this.#topIsOld = false;
        this.#evidence = beginPass(this.#evidence, this.#tools.clock.now());
      }
    } finally {
      signal?.removeEventListener('abort', forward);
      // A page asked for ahead of time and no longer wanted.
      if (this.#ahead !== null) this.#prefetching.abort();
      await this.#ahead?.reply;
    }
  }

  #takeUp(): void {
    const { window } = this.#request;
    const text = this.#tools.writer.walk(window.first);
    const left = text === null ? null : readCheckpoint(text);
    if (left === null || !sameWindow(left.window, window)) return;
    const { moving, expiring } = this.#request.natureAt(left.evidence.startedAt);
    if ((moving || expiring) && this.#tools.clock.now() - left.evidence.startedAt > LEFT_RECENTLY_MS) return;
    this.#topIsOld = moving;
    this.#evidence = left.evidence;
    this.#perPage = left.perPage;
  }

  async #pass(): Promise<Look> {
    while (this.#evidence.nextPage > 0) {
      const step = await this.#page();
      if (step.kind !== 'go on') return step;
    }
    return this.#lookCloser();
  }

  async #page(): Promise<Look> {
    const evidence = this.#evidence;
    const page = evidence.nextPage;
    const fetched = await this.#fetch(page);
    if (!fetched.ok) return this.#failed(fetched.error);
    const reply = fetched.value;
    if (page === 1) this.#firstPage(reply);
    const newBefore = evidence.ids.size;
    addPage(evidence, reply);
    const last = this.#isLast(reply, page, evidence.ids.size - newBefore);
    const other = this.#otherForm(reply, page);
    if (other !== null) return this.#store(reply.items, [], false) ?? other;
    if (!last) this.#prefetch(page + 1);
    else evidence.nextPage = 0;
    if (last && isProven(evidence, this.#nature())) return this.#proven(reply.items);
    const due = last || isCheckpointDue(evidence);
    return this.#store(reply.items, due ? [this.#checkpoint()] : [], true) ?? { kind: 'go on' };
  }

  #firstPage(reply: PageReply): void {
    const { serverTime } = reply;
    const skew = serverTime === null ? 0 : serverTime - this.#tools.clock.now();
    // Of two clocks the one that is behind decides whether a day was over.
    if (serverTime !== null && Math.abs(skew) < COMPARABLE_CLOCKS_MS) {
      this.#evidence.startedAt = Math.min(this.#evidence.startedAt, serverTime);
    }
  }

  /** Whether the first pages show that this window should be asked otherwise. */
  #otherForm(reply: PageReply, page: number): WalkEnd | null {
    const { window } = this.#request;
    const sense = dateSenseOf(window, reply.items);
    if (window.from !== null && sense !== 'utc') return { kind: 'dates', sense };
    const oneDay = window.first === window.last;
    if (oneDay || window.from === null) return null;
    if (reply.lastPage !== null && reply.lastPage > PAGES_BEFORE_SPLIT) return { kind: 'split', pages: reply.lastPage };
    return page >= PAGES_BEFORE_SPLIT && reply.items.length > 0 && reply.hasNext !== false
      ? { kind: 'split', pages: null }
      : null;
  }

  #isLast(reply: PageReply, page: number, added: number): boolean {
    const evidence = this.#evidence;
    if (page >= MOST_PAGES) return true;
    if (isBelow(this.#request.window, evidence.order, reply.items)) {
      evidence.stoppedEarly = true;
      return true;
    }
    if (reply.hasNext === false) return true;
    if (reply.hasNext === null && reply.lastPage === null) {
      // A server that ignores the page number would go on for ever with the same entries.
      if (page > 1 && added === 0 && reply.items.length > 0) evidence.uneven = true;
      return reply.items.length === 0 || evidence.uneven;
    }
    return reply.items.length === 0 || (reply.hasNext === null && page >= (reply.lastPage ?? 0));
  }

  async #lookCloser(): Promise<Look> {
    const evidence = this.#evidence;
    if (isProven(evidence, this.#nature())) return this.#proven([]);
    if (evidence.cuts.length > MOST_CUTS_LOOKED_AT) return { kind: 'go on' };
    for (const cut of [...evidence.cuts]) {
      for (const look of closerLooks(cut, evidence.pageSize, LOOKS_PER_CUT)) {
        const { client, signal, onWait } = this.#tools;
        const fetched = await client.fetchPage({ ...this.#query(look.page), ...look, ...defined({ signal, onWait }) });
        // Some servers know a few page sizes only; then another look or another pass must do.
        if (!fetched.ok && fetched.error.code === 'bad_input') continue;
        if (!fetched.ok) return this.#failed(fetched.error);
        const whole = fetched.value.items.length <= look.perPage && addCloserLook(evidence, cut, fetched.value);
        if (isProven(evidence, this.#nature())) return this.#proven(fetched.value.items);
        const failed = this.#store(fetched.value.items, [this.#checkpoint()], true);
        if (failed !== null) return failed;
        if (whole) break;
      }
    }
    return { kind: 'go on' };
  }

  #query(page: number) {
    const { window } = this.#request;
    const range = window.from === null || window.to === null ? {} : { from: window.from, to: window.to };
    return { ...range, page, perPage: this.#perPage };
  }

  #fetch(page: number): Promise<Result<PageReply>> {
    const ahead = this.#ahead;
    this.#ahead = null;
    if (ahead?.page === page) return ahead.reply;
    const { client, signal, onWait } = this.#tools;
    return client.fetchPage({ ...this.#query(page), ...defined({ signal, onWait }) });
  }

  // The next page travels while this one is stored.
  #prefetch(page: number): void {
    const { client, onWait } = this.#tools;
    const signal = this.#prefetching.signal;
    this.#ahead = { page, reply: client.fetchPage({ ...this.#query(page), signal, ...defined({ onWait }) }) };
  }

  #store(items: readonly RawItem[], ledger: readonly LedgerChange[], counts: boolean): WalkEnd | null {
    const { writer, client, clock, onStored } = this.#tools;
    const source = { kind: 'api', detail: client.host } as const;
    const stored = writer.ingest({ items, source, receivedAt: clock.now(), ledger });
    if (!stored.ok) return { kind: 'failed', error: stored.error, pages: this.#pages, storage: true };
    if (counts) this.#pages++;
    onStored(items.length, stored.value);
    return null;
  }

  async #proven(items: readonly RawItem[]): Promise<WalkEnd> {
    if (this.#topIsOld) {
      const failed = this.#store(items, [this.#checkpoint()], true) ?? (await this.#readTopAgain());
      return failed ?? this.#settle([]);
    }
    return this.#settle(items);
  }

  async #readTopAgain(): Promise<WalkEnd | null> {
    for (let page = 1; ; page++) {
      const fetched = await this.#fetch(page);
      if (!fetched.ok) return this.#failed(fetched.error);
      const { items, hasNext } = fetched.value;
      const added = addAside(this.#evidence, fetched.value);
      const failed = this.#store(items, [], true);
      if (failed !== null) return failed;
      if (added < items.length || items.length === 0 || hasNext === false) return null;
    }
  }

  #settle(items: readonly RawItem[]): WalkEnd {
    const ledger = [...this.#request.settle(this.#evidence), this.#endOfWalk()];
    return this.#store(items, ledger, true) ?? { kind: 'proven', evidence: this.#evidence };
  }

  #unproven(): WalkEnd {
    const failed = this.#store([], [this.#endOfWalk()], false);
    return failed ?? { kind: 'unproven', evidence: this.#evidence, why: whyUnproven(this.#evidence) };
  }

  #failed(error: Failure): WalkEnd {
    const cancelled = this.#tools.signal?.aborted ?? false;
    const hint = 'What arrived is kept. Run the sync again to go on from there.';
    const shown = cancelled ? failure('cancelled', 'The sync was cancelled.', hint) : error;
    return { kind: 'failed', error: shown, pages: this.#pages, storage: false };
  }

  #nature(): Nature {
    return this.#request.natureAt(this.#evidence.startedAt);
  }

  #checkpoint(): LedgerChange {
    const { window } = this.#request;
    const state = writeCheckpoint({ window, perPage: this.#perPage, evidence: this.#evidence });
    return { kind: 'walk', day: window.first, state };
  }

  #endOfWalk(): LedgerChange {
    return { kind: 'walk', day: this.#request.window.first, state: null };
  }
}

function sameWindow(a: DayWindow, b: DayWindow): boolean {
  return a.first === b.first && a.last === b.last && a.from === b.from && a.to === b.to;
}

function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
