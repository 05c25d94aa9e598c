import type { DayState, JettyPlan } from '../../../shared/coverage.ts';
import { type Failure, fail, failure, ok, type Result } from '../../../shared/errors.ts';
import { addDays, isDay } from '../../../shared/instant.ts';
import type { ArchiveWriter, LedgerChange } from '../archive/writer.ts';
import type { JettyClient } from '../jetty/client.ts';
import type { Clock, OnProgress } from '../ports.ts';
import { readCheckpoint } from './checkpoint.ts';
import { type DayContext, isCut, settledDays, unsettledDays, vanishedDays } from './day-ledger.ts';
import type { Evidence, Nature } from './evidence.ts';
import { edgeDays, isOver, nextDays, nextSize } from './planner.ts';
import type { Edge } from './retention.ts';
import { findScope, surelyKept } from './scope.ts';
import { readMemory, rememberReached, rememberSearch, rememberSense } from './sync-memory.ts';
import { createTally, type SyncResult, type Tally } from './tally.ts';
import { type WalkEnd, walkWindow } from './walk.ts';
import { type DateSense, type DayWindow, daysOf, utcDay, windowOver } from './window.ts';

export type SyncOptions = {
  readonly writer: ArchiveWriter;
  readonly client: JettyClient;
  readonly clock: Clock;
  /** UTC dates `YYYY-MM-DD`, both included; by default from the retention edge to today. */
  readonly from?: string;
  readonly to?: string;
  readonly plan?: JettyPlan;
  /** Ask settled days again. */
  readonly full?: boolean;
  readonly perPage?: number;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
};

/** The result of a run, or its failure; `achieved` says in either case what came of it. */
export type SyncOutcome = Result<SyncResult> & { readonly achieved: SyncResult };

const PER_PAGE = 100;
const FAILURES_IN_A_ROW = 3;
const PAGES_IF_UNKNOWN = 8;
const RUN_AGAIN = 'What arrived is kept. Run the sync again to go on from there.';

/**
 * Fetches every entry that is served and not yet provably here. Whatever happens, what arrived is stored; run again, it
 * goes on where it was. Fails with `unauthenticated`, `forbidden`, `server`, `network`, `cancelled`, `bad_input`, `disk`.
 */
export async function runSync(options: SyncOptions): Promise<SyncOutcome> {
  const tally = createTally(options);
  const asked = checkRange(options);
  const error = asked.ok ? await new Sync(options, tally).run() : asked.error;
  const achieved = tally.result(error === null);
  return error === null ? { ...ok(achieved), achieved } : { ok: false, error, achieved };
}

function checkRange({ from, to }: SyncOptions): Result<void> {
  for (const day of [from, to]) {
    if (day !== undefined && !isDay(day)) {
      return fail('bad_input', `“${day}” is not a date.`, 'Write dates as YYYY-MM-DD.');
    }
  }
  if (from !== undefined && to !== undefined && from > to) {
    return fail('bad_input', `The range from ${from} to ${to} is empty.`, 'Give the earlier date first.');
  }
  return ok(undefined);
}

class Sync {
  readonly #options: SyncOptions;
  readonly #tally: Tally;
  readonly #plan: JettyPlan | null;
  #edge: Edge = { day: '', certain: true };
  #before: ReadonlyMap<string, DayState> = new Map();
  #sense: DateSense = 'utc';
  #asked: readonly string[] = [];
  #queue: string[] = [];
  #size = 1;
  #failuresInARow = 0;
  #unproven: string[] = [];
  #passedOver: { readonly days: string[]; readonly error: Failure } | null = null;

  constructor(options: SyncOptions, tally: Tally) {
    this.#options = options;
    this.#tally = tally;
    this.#plan = options.plan ?? null;
  }

  async run(): Promise<Failure | null> {
    const planned = await this.#prepare();
    if (planned !== null) return planned;
    while (this.#queue.length > 0) {
      this.#tally.progress(this.#asked.length - this.#queue.length, this.#asked.length);
      const window = this.#nextWindow();
      const end = await this.#walk(window);
      const stop = this.#react(window, end);
      if (stop !== null) return stop;
    }
    this.#tally.progress(this.#asked.length, this.#asked.length);
    return this.#verdict();
  }

  async #prepare(): Promise<Failure | null> {
    const { clock, from = null, to = null, full = false } = this.#options;
    const scope = await findScope({ from, to, full, plan: this.#plan }, this.#tools());
    if (!scope.ok) return scope.error;
    this.#edge = scope.value.edge;
    this.#before = scope.value.before;
    this.#sense = scope.value.sense;
    this.#size = scope.value.size;
    this.#asked = scope.value.ask;
    this.#queue = [...scope.value.ask];
    this.#tally.range(scope.value.ask[0] ?? null, from, to ?? utcDay(clock.now()));
    return this.#announce(scope.value.lost);
  }

  /** Writes down what is about to be asked and what can no longer be had. */
  #announce(lost: readonly string[]): Failure | null {
    const checkedAt = this.#options.clock.now();
    const row = (day: string, state: DayState, note: string | null): LedgerChange => {
      return { kind: 'day', day, state, served: null, checkedAt, note };
    };
    const gone = lost.map((day) => row(day, 'lost', 'Out of retention before it was fetched.'));
    const pending = this.#edge.certain ? this.#asked.filter((day) => !this.#before.has(day)) : [];
    return this.#write([...gone, ...pending.map((day) => row(day, 'pending', null))]) ?? this.#markReached();
  }

  #markReached(): Failure | null {
    const { writer, from } = this.#options;
    if (from !== undefined || !this.#edge.certain || readMemory(writer).reached !== null) return null;
    return problemOf(rememberReached(writer, this.#edge.day));
  }

  #nextWindow(): DayWindow {
    const { writer, clock } = this.#options;
    const first = this.#queue[0]!;
    if (this.#sense === 'ignored') return windowOver(first, this.#queue.at(-1)!, 'ignored');
    const text = writer.walk(first);
    const left = text === null ? null : readCheckpoint(text)?.window;
    const queued = new Set(this.#queue);
    const fits = left && left.from === windowOver(left.first, left.last, this.#sense).from;
    if (fits && daysOf(left).every((day) => queued.has(day))) return left;
    const now = clock.now();
    const edges = edgeDays(now, this.#plan).filter((day) => day <= this.#edge.day);
    const days = nextDays({ days: this.#queue, now, edges, size: this.#size });
    return windowOver(days.first, days.last, this.#sense);
  }

  #walk(window: DayWindow): Promise<WalkEnd> {
    return walkWindow(this.#tools(), {
      window,
      natureAt: (startedAt) => this.#natureAt(window, startedAt),
      settle: (evidence) => this.#settle(window, evidence),
    });
  }

  #natureAt(window: DayWindow, startedAt: number): Nature {
    const context = { plan: this.#plan, edge: addDays(this.#edge.day, 1) };
    const nearby = [window.first, addDays(window.first, -1)];
    return {
      moving: window.from === null || !isOver(window.last, startedAt),
      expiring: window.from === null || nearby.some((day) => isCut(day, startedAt, context)),
    };
  }

  /**
   * What a proven window says of its days. Where the edge is not known, empty days before the first entry may be days
   * that expired; only within the shortest retention there is are they surely empty.
   */
  #settle(window: DayWindow, evidence: Evidence): LedgerChange[] {
    const queued = new Set(this.#queue);
    const days = daysOf(window).filter((day) => queued.has(day));
    const surely = surelyKept(this.#options.clock.now());
    const served = days.find((day) => (evidence.perDay.get(day) ?? 0) > 0);
    const doubtful = this.#edge.certain ? [] : days.filter((day) => day < (served ?? surely) && day < surely);
    const sure = days.slice(doubtful.length);
    return [...vanishedDays(doubtful, this.#context()), ...settledDays(sure, evidence, this.#context())];
  }

  #react(window: DayWindow, end: WalkEnd): Failure | null {
    switch (end.kind) {
      case 'proven': {
        const days = daysOf(window);
        if (window.from !== null) {
          this.#size = nextSize(days.length, days.length, end.evidence.ids.size, end.evidence.pageSize || PER_PAGE);
          if (end.evidence.ids.size === 0) this.#size = Math.max(this.#size, days.length);
        }
        return this.#learnEdge(days, end.evidence) ?? this.#done(days);
      }
      case 'unproven': {
        const days = daysOf(window);
        this.#unproven.push(...days);
        this.#size = 1;
        return this.#write(unsettledDays(days, `Not provably whole: ${end.why}.`, this.#context())) ?? this.#done(days);
      }
      case 'split':
        this.#size = Math.max(1, Math.floor(daysOf(window).length / (end.pages ?? PAGES_IF_UNKNOWN)));
        return this.#write([{ kind: 'walk', day: window.first, state: null }]) ?? this.#rememberSearch(window.first);
      case 'dates':
        return this.#write([{ kind: 'walk', day: window.first, state: null }]) ?? this.#changeSense(end.sense);
      case 'failed':
        return this.#failedWindow(window, end);
    }
  }

  #done(days: readonly string[]): null {
    const gone = new Set(days);
    this.#queue = this.#queue.filter((day) => !gone.has(day));
    this.#failuresInARow = 0;
    return null;
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
    return problemOf(rememberSearch(writer, { from: from < kept ? from : kept, size: this.#size }));
  }

  /** The server takes dates otherwise than was thought: what was proven in this run on that thought is asked again. */
  #changeSense(sense: DateSense): Failure | null {
    this.#sense = sense;
    this.#queue = [...this.#asked];
    this.#unproven = [];
    return problemOf(rememberSense(this.#options.writer, sense));
  }

  #failedWindow(window: DayWindow, end: Extract<WalkEnd, { kind: 'failed' }>): Failure | null {
    const days = daysOf(window);
    const passing = (end.error.code === 'server' || end.error.code === 'network') && !end.storage;
    if (!end.storage && end.pages > 0) {
      const noted = this.#write(unsettledDays(days, 'Reading it broke off; the next sync goes on.', this.#context()));
      if (noted !== null) return noted;
    }
    if (!passing || this.#tally.fetchedNothing() || ++this.#failuresInARow >= FAILURES_IN_A_ROW) return end.error;
    if (days.length > 1) {
      // One bad page must not keep its neighbours from being fetched.
      this.#size = 1;
      return null;
    }
    this.#passedOver = { days: [...(this.#passedOver?.days ?? []), ...days], error: end.error };
    this.#queue = this.#queue.filter((day) => !days.includes(day));
    return null;
  }

  #verdict(): Failure | null {
    if (this.#passedOver !== null) {
      const { days, error } = this.#passedOver;
      return failure(error.code, `${dayList(days)} could not be read: ${error.message}`, RUN_AGAIN);
    }
    if (this.#unproven.length === 0) return null;
    const message = `${dayList(this.#unproven)} did not hold still while being read, so that nothing proves them whole.`;
    return failure('server', message, RUN_AGAIN);
  }

  #write(ledger: readonly LedgerChange[]): Failure | null {
    if (ledger.length === 0) return null;
    const { writer, client, clock } = this.#options;
    const source = { kind: 'api', detail: client.host } as const;
    const written = writer.ingest({ items: [], source, receivedAt: clock.now(), ledger });
    return written.ok ? null : written.error;
  }

  #context(): DayContext {
    return { plan: this.#plan, edge: this.#edge.day, before: this.#before, now: this.#options.clock.now() };
  }

  #tools() {
    const { writer, client, clock, perPage, signal } = this.#options;
    const tally = this.#tally;
    return {
      writer,
      client,
      clock,
      perPage: perPage ?? PER_PAGE,
      onWait: (ms: number, why: string) => tally.waiting(ms, why),
      onStored: tally.stored,
      ...(signal && { signal }),
    };
  }
}

function problemOf(result: Result<void>): Failure | null {
  return result.ok ? null : result.error;
}

function dayList(days: readonly string[]): string {
  return days.length <= 3 ? days.join(', ') : `${days[0]} and ${days.length - 1} more days`;
}
