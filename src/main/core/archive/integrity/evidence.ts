import { hkdfSync } from 'node:crypto';
import type { EntryRow } from '../../../../shared/entry.ts';
import { FailureError, failure } from '../../../../shared/errors.ts';
import type { QueryPlan } from '../../search/plan.ts';
import type { ArchiveView } from '../archive-view.ts';
import { dateOfDay } from '../columns/day-columns.ts';
import { streamEntries } from '../questions/stream.ts';
import type { ReadConnection } from '../sqlite.ts';
import type { Source } from '../writer.ts';
import { sealedMarks } from './change.ts';
import { createLeafReader } from './day-leaves.ts';
import { createProver, type Inclusion } from './inclusion.ts';
import { createNoted } from './lawful.ts';
import { leafName } from './leaf-list.ts';
import { merkleRoot } from './merkle.ts';
import { readPrivateKey, readSigner, type SealSigner } from './seal-key.ts';
import { createSealStore, hasSeals, type StoredSeal, storedSeals } from './seal-store.ts';
import { createBuriedIn, stateWhenSealed } from './sealed-state.ts';

/** One content of an entry as it arrived; `n` 0 is the entry itself, from 1 on what came later under its id. */
export type EvidenceLeaf = {
  readonly n: number;
  readonly raw: Uint8Array;
  readonly source: Source;
  /** Milliseconds UTC. */
  readonly receivedAt: number;
};

/** What proves the leaves of a sealed day: the number of its newest seal, and a proof a leaf (null where it came after). */
export type DayProofs = { readonly seal: number; prove(key: number, n: number): Inclusion | null };

/** The part of a reader that hands out evidence. */
export type EvidenceReader = {
  /** Every matching entry with all its contents, oldest first. The bytes are views: copy what is kept long. */
  evidence(plan: QueryPlan): IterableIterator<{ readonly row: EntryRow; readonly leaves: readonly EvidenceLeaf[] }>;
  /**
   * Proofs for a day (days since 1970); null where it is not sealed. Throws `integrity` where the day is not what its newest
   * seal says.
   */
  dayProofs(day: number): DayProofs | null;
  /** Every seal, first to last. */
  seals(): IterableIterator<StoredSeal>;
  /** Signs what the archive says of itself; null where it has no key yet. */
  signer(): SealSigner | null;
  /** A key of 32 bytes that only this archive can make again, another for every purpose; null where it has none to make it from. */
  keyFor(purpose: string): Uint8Array | null;
};

export function createEvidence(db: ReadConnection, view: ArchiveView): EvidenceReader {
  const { raws, versions } = view;
  const allSources = db.prepare('SELECT id, kind, detail FROM source');
  const sourcesById = (): ReadonlyMap<number, Source> =>
    new Map(
      (allSources.all() as ({ id: number } & Source)[]).map(({ id, kind, detail }) => [id, { kind, detail }] as const),
    );
  return {
    *evidence(plan) {
      let sources = view.ask(sourcesById);
      const sourceOf = (id: number): Source => {
        if (!sources.has(id)) sources = sourcesById();
        return sources.get(id)!;
      };
      for (const { row, refs, position } of streamEntries(view, plan, 'newer')) {
        const block = refs.block[position]!;
        const place = view.place(row.key)!;
        const own: EvidenceLeaf = {
          n: 0,
          raw: raws.at(block, refs.slot[position]!),
          source: sourceOf(place.columns.ids.source[place.position]!),
          receivedAt: raws.receivedAt(block),
        };
        const later = versions.of(row.key).map(({ n, bytes, source, receivedAt }) => ({
          n,
          raw: bytes,
          source: sourceOf(source),
          receivedAt,
        }));
        yield { row, leaves: [own, ...later] };
      }
    },
    dayProofs: (day) => view.ask(() => proofsOf(db, view, day)),
    seals: () => (hasSeals(db) ? storedSeals(db) : [].values()),
    signer: () => (hasSeals(db) ? readSigner(db) : null),
    keyFor(purpose) {
      const secret = hasSeals(db) ? readPrivateKey(db) : null;
      return secret === null ? null : new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32));
    },
  };
}

function proofsOf(db: ReadConnection, view: ArchiveView, day: number): DayProofs | null {
  if (!hasSeals(db)) return null;
  const store = createSealStore(db);
  const date = dateOfDay(day);
  const seals = store.ofDay(date);
  const newest = seals.at(-1);
  if (newest === undefined) return null;
  const there = createLeafReader(db, view.raws).ofDay(day, view.store.day(day));
  const sealed = sealedMarks(seals.map(({ seq }) => store.change(seq)));
  const accounted = store.last()?.content?.deletion ?? 0;
  const { state } = stateWhenSealed(there, sealed, createNoted(db)(day), createBuriedIn(db, accounted)(day));
  if (newest.content === null || merkleRoot(state.hashes).toString('hex') !== newest.content.tree.root) {
    throw new FailureError(
      failure('integrity', `The day ${date} is not as it was sealed.`, 'Run logbook verify; it names what is wrong.'),
    );
  }
  const indexes = new Map(Array.from(state.keys, (key, i) => [leafName(key, state.ns[i]!), i]));
  const prove = createProver(state.hashes);
  return {
    seal: newest.seq,
    prove(key, n) {
      const index = indexes.get(leafName(key, n));
      return index === undefined ? null : prove(index);
    },
  };
}
