import { type Evidence, ID_LENGTH, type Order } from './evidence.ts';
import type { DayWindow } from './window.ts';

// A walk's checkpoint is committed with the page it speaks of, so that a process killed at any moment goes on with the
// next page and with everything the pages before it had shown.

const VERSION = 1;
// Up to here a checkpoint is written with every page; longer walks write it more rarely, so that the bytes written stay
// proportional to the entries.
const IDS_PER_EVERY_PAGE = 4_000;

type Saved = Omit<Evidence, 'ids' | 'earlierIds' | 'perDay'> & {
  readonly v: number;
  readonly window: DayWindow;
  readonly perPage: number;
  readonly ids: string;
  readonly earlierIds: string;
  readonly perDay: readonly (readonly [string, number])[];
};

/** A walk as it was left. `perPage` is the page size that was asked for. */
export type Checkpoint = { readonly window: DayWindow; readonly perPage: number; readonly evidence: Evidence };

/** The walker's text for the ledger. */
export function writeCheckpoint({ window, perPage, evidence }: Checkpoint): string {
  const saved: Saved = {
    ...evidence,
    v: VERSION,
    window,
    perPage,
    ids: [...evidence.ids].join(''),
    earlierIds: [...evidence.earlierIds].join(''),
    perDay: [...evidence.perDay],
  };
  return JSON.stringify(saved);
}

/** Reads what `writeCheckpoint` wrote; null where it is of another version or damaged: the walk then starts anew. */
export function readCheckpoint(text: string): Checkpoint | null {
  let saved: Saved;
  try {
    saved = JSON.parse(text) as Saved;
  } catch {
    return null;
  }
  if (saved?.v !== VERSION) return null;
  const { v: _version, window, perPage, ...rest } = saved;
  const evidence: Evidence = {
    ...rest,
    order: rest.order as Order,
    ids: splitIds(saved.ids),
    earlierIds: splitIds(saved.earlierIds),
    perDay: new Map(saved.perDay),
  };
  return { window, perPage, evidence };
}

/** Whether the page just added is one after which a checkpoint is written. */
export function isCheckpointDue(evidence: Evidence): boolean {
  const every = Math.ceil((evidence.ids.size + evidence.earlierIds.size + 1) / IDS_PER_EVERY_PAGE);
  return evidence.nextPage % every === 0 || evidence.nextPage <= 2;
}

function splitIds(text: string): Set<string> {
  const ids = new Set<string>();
  for (let at = 0; at < text.length; at += ID_LENGTH) ids.add(text.slice(at, at + ID_LENGTH));
  return ids;
}
