import { setImmediate as turn } from 'node:timers/promises';
import { type Failure, failure } from '../../../shared/errors.ts';
import type { ArchiveWriter, LedgerChange, RawItem } from '../archive/writer.ts';
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
import type { Intake } from './intake.ts';
import { endsPass, type OtherForm, otherForm, pagesAhead } from './page-course.ts';
import type { PageExpected, PageFeed, PageWanted } from './page-feed.ts';
import { COMPARABLE_CLOCKS_MS, type DayWindow, rangeOf, sameWindow } from './window.ts';

export type WalkTools = {
  readonly writer: ArchiveWriter;
  readonly client: JettyClient;
  readonly clock: Clock;
  readonly perPage: number;
  readonly signal?: AbortSignal;
  readonly onWait?: (ms: number, why: string) => void;
  readonly feed: PageFeed;
  readonly intake: Intake;
};

export type WalkRequest = {
  readonly window: DayWindow;
  readonly natureAt: (startedAt: number) => Nature;
  /** The ledger's entry for a window that is proven. */
  readonly settle: (evidence: Evidence) => readonly LedgerChange[];
  /** The first pages of the windows that will follow, if this one holds so many entries; as far as that is known. */
  readonly next?: (entries: number, pageSize: number) => readonly PageExpected[];
};

/** How a walk ended. After `split` and `dates` the window is to be asked in another form. */
export type WalkEnd =
  | { readonly kind: 'proven'; readonly evidence: Evidence }
  | { readonly kind: 'unproven'; readonly evidence: Evidence; readonly why: string }
  | OtherForm
  /** The server serves no page this deep: a day that is to be taken apart. */
  | { readonly kind: 'deep'; readonly evidence: Evidence }
  | { readonly kind: 'failed'; readonly error: Failure; readonly pages: number; readonly storage: boolean };

/** How the reading of a window ended for good. */
export type WindowEnd = Exclude<WalkEnd, { kind: 'deep' }>;

const MOST_PASSES = 6;
const MOST_CUTS_LOOKED_AT = 40;
const LOOKS_PER_CUT = 3;
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
  #evidence: Evidence;
  #perPage: number;
  #pages = 0;
  /** The first page was read by an earlier run, and more may have arrived before it since. */
  #topIsOld = false;

  constructor(tools: WalkTools, request: WalkRequest) {
    this.#tools = tools;
    this.#request = request;
    this.#perPage = tools.perPage;
    this.#evidence = beginEvidence(tools.clock.now());
    this.#takeUp();
  }

  async run(): Promise<WalkEnd> {
    while (true) {
      const end = await this.#pass();
      if (end.kind !== 'go on') return end;
      if (this.#evidence.pass >= MOST_PASSES) return this.#unproven(whyUnproven(this.#evidence));
      this.#topIsOld = false;
      this.#evidence = beginPass(this.#evidence, this.#tools.clock.now());
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
    const { reply: fetched, askedAt, together } = await this.#tools.feed.get(this.#query(page));
    if (!fetched.ok) return page > 1 ? this.#refused(fetched.error) : this.#failed(fetched.error);
    const reply = fetched.value;
    if (page === 1) this.#firstPage(reply, askedAt);
    const newBefore = evidence.ids.size;
    this.#tools.intake.hold();
    addPage(evidence, reply);
    if (together) evidence.overlapped = true;
    const { window } = this.#request;
    const last = endsPass(evidence, window, reply, page, evidence.ids.size - newBefore);
    const other = otherForm(window, reply, page);
    if (other !== null) return this.#store(reply.items, []) ?? other;
    if (last) evidence.nextPage = 0;
    this.#askAhead(reply, page, last);
    // What was just asked for is sent before this thread is busy with storing.
    await turn();
    if (last && isProven(evidence, this.#nature())) return this.#proven(reply.items);
    if (last || isCheckpointDue(evidence)) this.#checkpoint();
    return this.#store(reply.items, []) ?? { kind: 'go on' };
  }

  #firstPage(reply: PageReply, askedAt: number): void {
    const evidence = this.#evidence;
    const { serverTime } = reply;
    evidence.startedAt = Math.min(evidence.startedAt, askedAt);
    const skew = serverTime === null ? 0 : serverTime - this.#tools.clock.now();
    // Of two clocks the one that is behind decides whether a day was over.
    if (skew < 0 && skew > -COMPARABLE_CLOCKS_MS) evidence.startedAt = Math.min(evidence.startedAt, askedAt + skew);
  }

  /** The pages that follow travel while this one is stored, and where there is room those of the next windows. */
  #askAhead(reply: PageReply, page: number, last: boolean): void {
    const { feed } = this.#tools;
    const evidence = this.#evidence;
    const depth = feed.depth();
    const pages = last ? [] : pagesAhead(reply, page, depth, evidence.pass === 1 ? this.#nature() : null);
    for (const next of pages) feed.expect(this.#query(next));
    // How much the next windows may hold is told by what this one does: known at its end, or by the server's count.
    if (!last && (reply.total === null || pages.length >= depth)) return;
    const following = this.#request.next?.(reply.total ?? evidence.ids.size, evidence.pageSize);
    for (const expected of following ?? []) feed.expect(expected);
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
        this.#checkpoint();
        const failed = this.#store(fetched.value.items, []);
        if (failed !== null) return failed;
        if (whole) break;
      }
    }
    return { kind: 'go on' };
  }

  #query(page: number): PageWanted {
    return { ...rangeOf(this.#request.window), page, perPage: this.#perPage };
  }

  #store(items: readonly RawItem[], ledger: readonly LedgerChange[]): WalkEnd | null {
    const problem = this.#tools.intake.add(this.#request.window.first, items, ledger);
    if (problem !== null) return { kind: 'failed', error: problem, pages: this.#pages, storage: true };
    this.#pages++;
    return null;
  }

  async #proven(items: readonly RawItem[]): Promise<WalkEnd> {
    if (this.#topIsOld) {
      this.#checkpoint();
      const failed = this.#store(items, []) ?? (await this.#readTopAgain());
      return failed ?? this.#settle([]);
    }
    return this.#settle(items);
  }

  async #readTopAgain(): Promise<WalkEnd | null> {
    for (let page = 1; ; page++) {
      const { reply } = await this.#tools.feed.get(this.#query(page));
      if (!reply.ok) return this.#failed(reply.error);
      const { items, hasNext } = reply.value;
      const added = addAside(this.#evidence, reply.value);
      const failed = this.#store(items, []);
      if (failed !== null) return failed;
      if (added < items.length || items.length === 0 || hasNext === false) return null;
    }
  }

  #settle(items: readonly RawItem[]): WalkEnd {
    const ledger = [...this.#request.settle(this.#evidence), this.#endOfWalk()];
    return this.#store(items, ledger) ?? { kind: 'proven', evidence: this.#evidence };
  }

  #unproven(why: string): WalkEnd {
    return this.#store([], [this.#endOfWalk()]) ?? { kind: 'unproven', evidence: this.#evidence, why };
  }

  /** A server that served the first page and refuses a later one as bad input goes no deeper than that. */
  #refused(error: Failure): WalkEnd {
    if (error.code !== 'bad_input') return this.#failed(error);
    const { first, last, from } = this.#request.window;
    if (first !== last && from !== null) return { kind: 'split', pages: null };
    return { kind: 'deep', evidence: this.#evidence };
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

  #checkpoint(): void {
    const { window } = this.#request;
    const evidence = this.#evidence;
    const perPage = this.#perPage;
    this.#tools.intake.checkpoint(window.first, () => writeCheckpoint({ window, perPage, evidence }));
  }

  #endOfWalk(): LedgerChange {
    return { kind: 'walk', day: this.#request.window.first, state: null };
  }
}

function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
