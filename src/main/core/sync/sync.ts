import type { DayState, JettyPlan } from '../../../shared/coverage.ts';
import { type Failure, ok, type Result } from '../../../shared/errors.ts';
import { addDays, daysFromTo, startOfDay } from '../../../shared/instant.ts';
import type { IngestCount, LedgerChange } from '../archive/writer.ts';
import { WHOLE_ARCHIVE } from '../search/plan.ts';
import { readCheckpoint } from './checkpoint.ts';
import { bothClocks } from './clocks.ts';
import { type DayContext, unsettledDays } from './day-ledger.ts';
import { DayQueue } from './day-queue.ts';
import { walkDeepDay } from './deep-day.ts';
import type { Evidence } from './evidence.ts';
import { firstPageOf } from './first-page.ts';
import { createIntake, type Intake } from './intake.ts';
import { createFeed, type PageExpected, type PageFeed } from './page-feed.ts';
import { compareDays } from './reconcile.ts';
import type { Edge } from './retention.ts';
import { findScope, surelyKept } from './scope.ts';
import { comparable, natureOf, settle } from './settling.ts';
import { createShortfall } from './shortfall.ts';
import { knownSource } from './source.ts';
import { readMemory, rememberReached, rememberRunning, rememberSearch, rememberSense } from './sync-memory.ts';
import { checkRange, type SyncOptions } from './sync-options.ts';
import { createTally, type SyncResult, type Tally } from './tally.ts';
import { type WalkRequest, type WindowEnd, walkWindow } from './walk.ts';
import { type DateSense, type DayWindow, daysOf, utcDay } from './window.ts';

/** The result of a run, or its failure; `achieved` says in either case what came of it. */
export type SyncOutcome = Result<SyncResult> & { readonly achieved: SyncResult };

const PER_PAGE = 100;
const FAILURES_IN_A_ROW = 3;
// Nothing is left uncommitted through a wait of a second.
const LONG_WAIT_MS = 1_000;
const PAGES_IF_UNKNOWN = 8;

/**
 * Fetches every entry that is served and not yet provably here. Whatever happens, what arrived is stored; run again, it
 * goes on where it was. Fails with `unauthenticated`, `forbidden`, `server`, `network`, `cancelled`, `bad_input`, `disk`.
 */
export async function runSync(options: SyncOptions): Promise<SyncOutcome> {
  const tally = createTally(options);
  const asked = checkRange(options);
  const stopped = asked.ok ? await new Sync(options, tally).run() : asked.error;
  // What became complete is sealed, however the run ended.
  const sealed = asked.ok ? options.writer.seal(options.clock.now()) : ok(null);
  const error = stopped ?? (sealed.ok ? null : sealed.error);
  const achieved = tally.result(error === null);
  return error === null ? { ...ok(achieved), achieved } : { ok: false, error, achieved };
}

class Sync {
  readonly #options: SyncOptions;
  readonly #tally: Tally;
  readonly #plan: JettyPlan | null;
  #edge: Edge = { day: '', certain: true };
  #before: ReadonlyMap<string, DayState> = new Map();
  #begun: ReadonlySet<string> = new Set();
  #queue = new DayQueue([], 'utc', 1, false);
  readonly #feed: PageFeed;
  readonly #intake: Intake;
  #failuresInARow = 0;
  readonly #shortfall = createShortfall();
  #problem: Failure | null = null;

  constructor(options: SyncOptions, tally: Tally) {
    this.#options = options;
    this.#tally = tally;
    this.#plan = options.plan ?? knownSource(options.writer).plan;
    const { writer, clock, client } = options;
    const careful = readMemory(writer).brokenOff;
    this.#feed = createFeed({ ...this.#connection(), careful });
    this.#intake = createIntake({ writer, clock, host: client.host, careful, onStored: tally.stored });
  }

  async run(): Promise<Failure | null> {
    const planned = problemOf(rememberRunning(this.#options.writer, true)) ?? (await this.#prepare());
    try {
      if (planned !== null) return planned;
      const stopped = await this.#allWindows();
      return this.#intake.flush() ?? stopped;
    } finally {
      this.#intake.flush();
      await this.#feed.drop();
      rememberRunning(this.#options.writer, false);
    }
  }

  async #allWindows(): Promise<Failure | null> {
    const queue = this.#queue;
    while (queue.left.length > 0) {
      this.#tally.progress(queue.asked.length - queue.left.length, queue.asked.length);
      const window = this.#nextWindow();
      const end = await this.#walk(window);
      if (end.kind !== 'proven') await this.#feed.drop();
      const stop = this.#react(window, end);
      if (stop !== null) return stop;
      if (queue.left.length === 0) this.#addNewDays();
    }
    this.#tally.progress(queue.asked.length, queue.asked.length);
    return this.#shortfall.verdict();
  }

  async #prepare(): Promise<Failure | null> {
    const { clock, client, from = null, to = null, plan, full = false, reconcile = false } = this.#options;
    const options = { from, to, plan: this.#plan, planNamed: plan !== undefined, full: full || reconcile };
    const scope = await findScope(options, this.#probeTools());
    if (!scope.ok) return scope.error;
    const { edge, before, begun, ask, sense, size, lost, probe } = scope.value;
    this.#edge = edge;
    this.#before = before;
    this.#begun = begun;
    this.#queue = new DayQueue(ask, sense, size, to === null);
    if (probe?.total && from === null && to === null) this.#expect(probe.total, probe.pageSize, options.full);
    this.#tally.range(ask[0] ?? null, from, to ?? utcDay(bothClocks(clock, client).latest));
    return this.#announce(lost);
  }

  #expect(total: number, pageSize: number, again: boolean): void {
    const fromMs = startOfDay(this.#edge.day, 'UTC');
    const stored = again ? 0 : this.#options.writer.count({ ...WHOLE_ARCHIVE, fromMs });
    this.#tally.expect(Math.max(0, total - stored), pageSize, again);
  }

  /** Writes down what is about to be asked and what can no longer be had. */
  #announce(lost: readonly string[]): Failure | null {
    const checkedAt = this.#options.clock.now();
    const row = (day: string, state: DayState, note: string | null): LedgerChange => {
      return { kind: 'day', day, state, served: null, checkedAt, note };
    };
    const gone = lost.map((day) => row(day, 'lost', 'Out of retention before it was fetched.'));
    const pending = this.#edge.certain ? this.#queue.asked.filter((day) => !this.#before.has(day)) : [];
    return this.#write([...gone, ...pending.map((day) => row(day, 'pending', null))]) ?? this.#markReached();
  }

  #markReached(): Failure | null {
    const { writer, from } = this.#options;
    if (from !== undefined || !this.#edge.certain || readMemory(writer).reached !== null) return null;
    return problemOf(rememberReached(writer, this.#edge.day));
  }

  // A day may begin while a long run goes on, or have begun by the server's clock alone.
  #addNewDays(): void {
    const { clock, client, to } = this.#options;
    const last = this.#queue.asked.at(-1);
    const today = utcDay(bothClocks(clock, client).latest);
    if (to === undefined && last !== undefined && last < today) this.#queue.extend(daysFromTo(addDays(last, 1), today));
  }

  #nextWindow(): DayWindow {
    const { writer } = this.#options;
    return this.#queue.next(this.#surroundings(), (day) => {
      const text = writer.walk(day);
      return text === null ? null : (readCheckpoint(text)?.window ?? null);
    });
  }

  async #walk(window: DayWindow): Promise<WindowEnd> {
    const { writer, perPage = PER_PAGE } = this.#options;
    const tools = { ...this.#connection(), writer, perPage, feed: this.#feed, intake: this.#intake };
    const request: WalkRequest = {
      window,
      natureAt: (startedAt) => natureOf(window, startedAt, this.#context()),
      settle: (evidence) => this.#settle(window, evidence),
      next: (entries, pageSize) => this.#following(window, entries, pageSize),
    };
    const end = await walkWindow(tools, request);
    if (end.kind !== 'deep') return end;
    await this.#feed.drop();
    const problem = this.#write([{ kind: 'walk', day: window.first, state: null }]);
    return problem === null
      ? walkDeepDay(tools, request, end.evidence)
      : { kind: 'failed', error: problem, pages: 0, storage: true };
  }

  /** The pages that will be wanted once this window is done. */
  #following(window: DayWindow, entries: number, pageSize: number): PageExpected[] {
    const { clock, perPage = PER_PAGE } = this.#options;
    if (!this.#edge.certain) return [];
    return this.#queue
      .following(window, entries, pageSize || PER_PAGE, this.#surroundings())
      .filter(({ first }) => !this.#begun.has(first))
      .map((one) => firstPageOf(one, perPage, this.#feed, () => natureOf(one, clock.now(), this.#context())));
  }

  /** The ledger's entries for a proven window; a reconciling run also compares what is stored with what was served. */
  #settle(window: DayWindow, evidence: Evidence): readonly LedgerChange[] {
    const { writer, clock, reconcile = false } = this.#options;
    const context = this.#context();
    const { changes, sure } = settle(window, evidence, this.#queue.left, this.#edge.certain, context);
    if (reconcile) {
      const compared = compareDays(writer, comparable(sure, evidence, context), evidence, clock.now());
      if (compared.ok) this.#tally.vanished(compared.value);
      else this.#problem ??= compared.error;
    }
    return changes;
  }

  #react(window: DayWindow, end: WindowEnd): Failure | null {
    const queue = this.#queue;
    switch (end.kind) {
      case 'proven': {
        const { ids, pageSize } = end.evidence;
        queue.done(window, ids.size, pageSize || PER_PAGE);
        this.#failuresInARow = 0;
        return this.#problem ?? this.#learnEdge(daysOf(window), end.evidence);
      }
      case 'unproven': {
        const days = daysOf(window);
        this.#shortfall.unproven(days, end.why);
        queue.resize(1);
        queue.remove(days);
        this.#failuresInARow = 0;
        return this.#write(unsettledDays(days, `Not provably whole: ${end.why}.`, this.#context()));
      }
      case 'split':
        queue.resize(daysOf(window).length / (end.pages ?? PAGES_IF_UNKNOWN));
        return this.#write([{ kind: 'walk', day: window.first, state: null }]) ?? this.#rememberSearch(window.first);
      case 'dates':
        return this.#write([{ kind: 'walk', day: window.first, state: null }]) ?? this.#changeSense(end.sense);
      case 'failed':
        return this.#failedWindow(window, end);
    }
  }

  /** The first day with entries is the edge that was not known. */
  #learnEdge(days: readonly string[], evidence: Evidence): Failure | null {
    if (this.#edge.certain) return null;
    const first = days.find((day) => (evidence.perDay.get(day) ?? 0) > 0);
    if (first !== undefined) {
      this.#edge = { day: first, certain: true };
      return this.#markReached();
    }
    return this.#rememberSearch(addDays(days.at(-1)!, 1));
  }

  // An interrupted search for the edge is not begun anew: days that were empty this long after stay so.
  #rememberSearch(from: string): Failure | null {
    const { writer, clock } = this.#options;
    if (this.#edge.certain || this.#options.from !== undefined) return null;
    const kept = surelyKept(clock.now());
    return problemOf(rememberSearch(writer, { from: from < kept ? from : kept, size: this.#queue.size }));
  }

  /** The server takes dates otherwise than was thought: what was proven in this run on that thought is asked again. */
  #changeSense(sense: DateSense): Failure | null {
    this.#queue.startOver(sense);
    this.#shortfall.startOver();
    return problemOf(rememberSense(this.#options.writer, sense));
  }

  #failedWindow(window: DayWindow, end: Extract<WindowEnd, { kind: 'failed' }>): Failure | null {
    const days = daysOf(window);
    if (end.error.code === 'bad_input' && window.from !== null && window.to === null) {
      this.#queue.closeEnd();
      return null;
    }
    const passing = (end.error.code === 'server' || end.error.code === 'network') && !end.storage;
    if (!end.storage && end.pages > 0) {
      const noted = this.#write(unsettledDays(days, 'Reading it broke off; the next sync goes on.', this.#context()));
      if (noted !== null) return noted;
    }
    if (!passing || this.#tally.fetchedNothing() || ++this.#failuresInARow >= FAILURES_IN_A_ROW) return end.error;
    if (days.length > 1) {
      // One bad page must not keep its neighbours from being fetched.
      this.#queue.resize(1);
      return null;
    }
    this.#shortfall.unread(days, end.error);
    this.#queue.remove(days);
    return null;
  }

  #write(ledger: readonly LedgerChange[]): Failure | null {
    const pending = this.#intake.flush();
    if (pending !== null || ledger.length === 0) return pending;
    const { writer, client, clock } = this.#options;
    const source = { kind: 'api', detail: client.host } as const;
    const written = writer.ingest({ items: [], source, receivedAt: clock.now(), ledger });
    return written.ok ? null : written.error;
  }

  #context(): DayContext {
    const { clock, client } = this.#options;
    const { latest } = bothClocks(clock, client);
    return { plan: this.#plan, edge: this.#edge.day, before: this.#before, now: clock.now(), latest };
  }

  #surroundings() {
    const { clock, client } = this.#options;
    return { clocks: bothClocks(clock, client), plan: this.#plan, edge: this.#edge.day };
  }

  #connection() {
    const { client, clock, signal } = this.#options;
    const onWait = (ms: number, why: string) => {
      if (ms >= LONG_WAIT_MS) this.#intake.flushSoon();
      this.#tally.waiting(ms, why);
    };
    return { client, clock, onWait, ...(signal && { signal }) };
  }

  #probeTools() {
    const { writer, perPage = PER_PAGE } = this.#options;
    const onStored = (fetched: number, count: IngestCount) => this.#tally.stored(1, fetched, count);
    return { ...this.#connection(), writer, perPage, onStored };
  }
}

function problemOf(result: Result<void>): Failure | null {
  return result.ok ? null : result.error;
}
