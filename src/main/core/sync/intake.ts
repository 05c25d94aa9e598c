import type { Failure } from '../../../shared/errors.ts';
import { prepareItem } from '../archive/ingest/prepared.ts';
import type { ArchiveWriter, IngestCount, LedgerChange, RawItem } from '../archive/writer.ts';
import type { Clock } from '../ports.ts';

/**
 * Stores what arrives. Pages that come quickly one after the other are committed together, always with the checkpoint
 * and the ledger that speak of them, so that after a crash either all of it is there or none.
 */
export type Intake = {
  /** A page has been counted and not added yet: nothing is committed in between. */
  hold(): void;
  /** Takes a page and what is to be said of it. Entries of one `window` are in the order of the server. */
  add(window: string, items: readonly RawItem[], ledger: readonly LedgerChange[]): Failure | null;
  /** How far the walk through a window has come; written with the next commit, unless the walk ends before. */
  checkpoint(window: string, state: () => string): void;
  /** Commits what is pending. */
  flush(): Failure | null;
  /** The same, as soon as no page is between being counted and being added: a long wait begins. */
  flushSoon(): void;
};

export type IntakeTools = {
  readonly writer: ArchiveWriter;
  readonly clock: Clock;
  readonly host: string;
  /** Whether to commit every page by itself for a good while. */
  readonly careful: boolean;
  /** Told of every commit. */
  readonly onStored: (pages: number, fetched: number, count: IngestCount) => void;
};

type Run = { readonly window: string; items: RawItem[] };

// What a kill may cost: half of what came, so many pages at most, or what comes in so short a time.
const SHARE = 2;
const PAGES_TOGETHER = 64;
const TOGETHER_MS = 250;
// At first every page is committed by itself, so that a process that is killed again and again gets somewhere.
const ALONE_IF_CAREFUL = 32;

export function createIntake({ writer, clock, host, careful, onStored }: IntakeTools): Intake {
  const alone = careful ? ALONE_IF_CAREFUL : 0;
  const together = () => {
    const came = Math.max(0, seen - alone);
    return Math.min(PAGES_TOGETHER, 1 + Math.floor(came / SHARE));
  };
  let runs: Run[] = [];
  let ledger: LedgerChange[] = [];
  let checkpoints = new Map<string, () => string>();
  let pages = 0;
  let seen = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let problem: Failure | null = null;
  let held = false;
  let due = false;

  const flush = (): Failure | null => {
    clearTimeout(timer);
    timer = undefined;
    due = false;
    if (problem !== null || (pages === 0 && ledger.length === 0 && checkpoints.size === 0)) return problem;
    const items = inOrder(runs);
    const walks = [...checkpoints].map(([day, state]): LedgerChange => ({ kind: 'walk', day, state: state() }));
    const stored = writer.ingest({
      items,
      source: { kind: 'api', detail: host },
      receivedAt: clock.now(),
      ledger: [...ledger, ...walks],
    });
    const committed = pages;
    [runs, ledger, checkpoints, pages] = [[], [], new Map(), 0];
    if (!stored.ok) problem = stored.error;
    else onStored(committed, items.length, stored.value);
    return problem;
  };

  const flushInTime = () => {
    due = held;
    if (!held) flush();
  };

  return {
    hold() {
      held = true;
    },
    add(window, items, changes) {
      const last = runs.at(-1);
      // The server is making the next page meanwhile; while a commit lasts it is waiting for us.
      const prepared = items.map(prepareItem);
      if (last?.window === window) last.items.push(...prepared);
      else runs.push({ window, items: prepared });
      for (const change of changes) {
        // The end of a walk takes with it what was to be said of its course.
        if (change.kind === 'walk') checkpoints.delete(change.day);
        ledger.push(change);
      }
      pages++;
      held = false;
      seen++;
      if (due || pages >= together()) return flush();
      timer ??= setTimeout(flushInTime, TOGETHER_MS);
      return problem;
    },
    checkpoint(window, state) {
      checkpoints.set(window, state);
    },
    flush,
    flushSoon: flushInTime,
  };
}

// The archive recognises one list that is newest first. Several lists one after the other are turned round here, so that
// entries of one instant get their places in the order in which they happened.
function inOrder(runs: readonly Run[]): readonly RawItem[] {
  const filled = runs.filter((run) => run.items.length > 0);
  if (filled.length <= 1) return filled[0]?.items ?? [];
  return filled.flatMap(({ items }) => {
    const first = items.find((item) => item.entry !== null)?.entry?.ts ?? 0;
    const last = items.findLast((item) => item.entry !== null)?.entry?.ts ?? 0;
    return first >= last ? items.toReversed() : items;
  });
}
