import type { DayState } from '../../../shared/coverage.ts';
import type { Entry } from '../../../shared/entry.ts';
import type { Result } from '../../../shared/errors.ts';
import type { ParseRaw } from './columns/from-blocks.ts';
import type { DeletionWriter } from './deletion/deletion.ts';
import type { FrozenWriter } from './frozen-lists.ts';
import type { Prepared } from './ingest/prepared.ts';
import type { SealWriter } from './integrity/sealing.ts';
import type { StampWriter } from './integrity/stamp-store.ts';
import type { JournalWriter } from './journal.ts';
import type { ArchiveReader } from './reader.ts';

/**
 * One entry as it arrived: its bytes, and what they were read as. `entry` is null where they could not be read; `prepared` as
 * `prepareItem` made it.
 */
export type RawItem =
  | { readonly raw: Uint8Array; readonly entry: Entry; readonly prepared?: Prepared }
  | { readonly raw: Uint8Array; readonly entry: null; readonly reason: string };

/**
 * Where entries came from: the API of a host, a file, or a table, by the file's name (never a whole path). A table's rows
 * are not what the API gave; an entry made from one never counts as changed by what the API says of it.
 */
export type Source = { readonly kind: 'api' | 'file' | 'table'; readonly detail: string };

/** A change to the coverage ledger, committed together with the entries it speaks of. */
export type LedgerChange =
  /** How far a walk through a day has come; `state` is the walker's own text, null when the walk is over. */
  | { readonly kind: 'walk'; readonly day: string; readonly state: string | null }
  | {
      readonly kind: 'day';
      readonly day: string;
      readonly state: DayState;
      /** Entries the source said or was seen to hold for the day; null when unknown. */
      readonly served: number | null;
      /** Milliseconds UTC. */
      readonly checkedAt: number;
      readonly note: string | null;
    };

export type Batch = {
  /** In the order of the source; newest first is recognised, and stored in the order in which things happened. */
  readonly items: readonly RawItem[];
  readonly source: Source;
  /** Milliseconds UTC. */
  readonly receivedAt: number;
  readonly ledger?: readonly LedgerChange[];
};

/**
 * What became of a batch. `changed` counts known ids that came with other content and were kept as a further version,
 * `unreadable` payloads kept raw; nothing is ever dropped or overwritten.
 */
export type IngestCount = {
  readonly inserted: number;
  readonly duplicates: number;
  readonly changed: number;
  readonly unreadable: number;
};

/** The one connection that writes. Each call is one transaction: after a crash it happened wholly or not at all. */
export type ArchiveWriter = ArchiveReader &
  JournalWriter &
  FrozenWriter &
  DeletionWriter &
  StampWriter &
  SealWriter & {
    ingest(batch: Batch): Result<IngestCount>;
    /** The walker's own text for an unfinished day, null where there is none. */
    walk(day: string): string | null;
    setSetting(name: string, value: string): Result<void>;
    /** Makes everything that questions are answered from anew from the raw bytes; how many entries there are. */
    rebuild(parse: ParseRaw): Result<number>;
  };
