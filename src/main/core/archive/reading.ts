import { createHash } from 'node:crypto';
import type { EntryLine, EntryRow } from '../../../shared/entry.ts';
import type { FacetField } from '../../../shared/facet.ts';
import type { DictionaryName } from '../search/compile.ts';
import { type QueryPlan, WHOLE_ARCHIVE } from '../search/plan.ts';
import type { ArchiveView, Place } from './archive-view.ts';
import { carriedHead } from './carried-head.ts';
import { storedIdAt } from './columns/day-refs.ts';
import { createDeletionReader } from './deletion/holds.ts';
import { isBuriedIn } from './deletion/tombstones.ts';
import type { Dictionary } from './dictionary.ts';
import { frozenReader } from './frozen-lists.ts';
import { createEvidence } from './integrity/evidence.ts';
import { leafHash } from './integrity/merkle.ts';
import { createSealReader } from './integrity/seal-store.ts';
import { createStampReader } from './integrity/stamp-store.ts';
import { journalReader } from './journal.ts';
import { createCoverage, storedOn } from './ledger.ts';
import { among } from './questions/among.ts';
import { dayCountsOf } from './questions/day-counts.ts';
import { beginningWith, type Completable, completableFrom } from './questions/distinct.ts';
import { FACET_READINGS, FacetIndex } from './questions/facet.ts';
import { Folding, type Line } from './questions/folding.ts';
import { histogramOf } from './questions/histogram.ts';
import { lineFrom } from './questions/lines.ts';
import { instantAt } from './questions/matching.ts';
import { neighboursOf } from './questions/neighbours.ts';
import { positionOf, type Run, rowAt, runsByOffset, runsFrom } from './questions/rows.ts';
import type { Selection } from './questions/selection.ts';
import { streamEntries } from './questions/stream.ts';
import { surveyOf } from './questions/survey.ts';
import type { ArchiveInfo, ArchiveReader, EntryRecord, Provenance } from './reader.ts';
import type { ReadConnection } from './sqlite.ts';
import { fromStored } from './stored-text.ts';

/** Answers every question of `ArchiveReader` over one connection. */
export function createReader(db: ReadConnection, view: ArchiveView): ArchiveReader {
  const { dictionaries, store, raws, versions, setting, ask } = view;
  const coverage = createCoverage(db, store);
  const seals = createSealReader(db);
  const unreadable = db.prepare('SELECT count(*) FROM unreadable').pluck();
  const detailOf = db.prepare('SELECT detail FROM source WHERE id = ?').pluck();

  const rowsOf = (runs: readonly Run[], direction: 'older' | 'newer'): EntryRow[] =>
    runs.flatMap(({ info, match, first, count }) => {
      const columns = store.columns(info);
      const refs = store.refs(info);
      const rows = Array.from({ length: count }, (_none, i) =>
        rowAt(dictionaries, columns, refs, positionOf(match, first + i)),
      );
      return direction === 'older' ? rows.reverse() : rows;
    });

  // A list that folds is asked for page after page: what is known of it goes with the selection.
  const foldings = new WeakMap<Selection, Folding>();
  const foldingOf = (plan: QueryPlan, zone: string): Folding => {
    const selection = view.select(plan);
    const known = foldings.get(selection);
    const folding = known?.zone === zone ? known : new Folding(selection, store, zone);
    foldings.set(selection, folding);
    return folding;
  };
  const lineOf = (line: Line): EntryLine =>
    lineFrom(dictionaries, store.columns(line.info), store.refs(line.info), line);

  let indexes = new Map<FacetField, FacetIndex>();
  let deletions = 0;
  const indexOf = (field: FacetField): FacetIndex => {
    if (view.deletions() !== deletions) indexes = new Map();
    deletions = view.deletions();
    const index = indexes.get(field) ?? new FacetIndex(FACET_READINGS[field], dictionaries);
    indexes.set(field, index);
    return index;
  };

  // Each key of a search asks: values are sorted and folded once for a version of the archive.
  const completables = new Map<FacetField, readonly Completable[]>();
  let completed = -1;
  const completable = (field: FacetField): readonly Completable[] => {
    if (view.version() !== completed) completables.clear();
    completed = view.version();
    const known =
      completables.get(field) ??
      completableFrom(indexOf(field).top(view.select(WHOLE_ARCHIVE), store, Number.POSITIVE_INFINITY).values);
    completables.set(field, known);
    return known;
  };

  const info = (): ArchiveInfo => {
    const days = store.days();
    const edge = (index: number, position: number): number | null => {
      const day = days.at(index);
      return day === undefined ? null : instantAt(store.columns(day), position < 0 ? day.entries - 1 : position);
    };
    return {
      archiveId: setting('archive_id') ?? '',
      name: setting('name') ?? '',
      createdAt: Number(setting('created_at') ?? 0),
      zone: setting('zone') ?? 'UTC',
      entries: days.reduce((sum, day) => sum + day.entries, 0),
      unreadable: unreadable.get() as number,
      changedUpstream: versions.changedCount(),
      oldest: edge(0, 0),
      newest: edge(-1, -1),
      version: view.version(),
    };
  };

  const recordOf = ({ columns, refs, position }: Place): EntryRecord => {
    const row = rowAt(dictionaries, columns, refs, position);
    const provenance = (source: number, receivedAt: number): Provenance => ({
      source: detailOf.get(source) as string,
      receivedAt,
    });
    const block = refs.block[position]!;
    const own = {
      n: 0,
      // A copy: what is kept is a view of a whole block, and would go with it from thread to thread.
      raw: new Uint8Array(raws.at(block, refs.slot[position]!)),
      provenance: provenance(columns.ids.source[position]!, raws.receivedAt(block)),
    };
    const later = versions.of(row.key).map(({ n, bytes, source, receivedAt }) => ({
      n,
      raw: bytes,
      provenance: provenance(source, receivedAt),
    }));
    const better = versions.better(row.key);
    const first = later.find((one) => one.n === better) ?? own;
    return {
      row,
      raw: first.raw,
      sha256: createHash('sha256').update(first.raw).digest('hex'),
      provenance: first.provenance,
      versions: [own, ...later]
        .filter((one) => one !== first)
        .map(({ raw, provenance: from }) => ({ raw, provenance: from })),
    };
  };

  return {
    info: () => ask(info),
    whileWanted: view.whileWanted,
    count: (plan) => ask(() => view.select(plan).total()),
    page: (plan, { after, limit, direction }) =>
      ask(() => {
        const keysOf = (day: Parameters<typeof store.columns>[0]) => store.columns(day).keys;
        const found = rowsOf(runsFrom(view.select(plan), after, direction, limit + 1, keysOf), direction);
        const rows = found.slice(0, limit);
        return { rows, next: found.length > limit ? (rows.at(-1)?.key ?? null) : null };
      }),
    rowsAt: (plan, offset, limit) => ask(() => rowsOf(runsByOffset(view.select(plan), offset, limit), 'older')),
    listing: (plan, zone, limit) =>
      ask(() => {
        const selection = view.select(plan);
        const rows = rowsOf(runsByOffset(selection, 0, limit), 'older');
        return { days: dayCountsOf(selection, store, zone), rows, version: view.version() };
      }),
    foldedListing: (plan, zone, limit) =>
      ask(() => {
        const folding = foldingOf(plan, zone);
        const lines = folding.linesAt(0, limit).map(lineOf);
        return { days: folding.days(), lines, version: view.version() };
      }),
    linesAt: (plan, zone, offset, limit) => ask(() => foldingOf(plan, zone).linesAt(offset, limit).map(lineOf)),
    linesOf: (plan, zone, keys) =>
      ask(() => {
        const folding = foldingOf(plan, zone);
        return keys.map((key) => {
          const line = folding.lineOf(key);
          return line === null ? null : lineOf(line);
        });
      }),
    newerThan: (plan, ms) =>
      ask(() =>
        plan.toMs !== null && plan.toMs <= ms
          ? 0
          : view.select({ ...plan, fromMs: Math.max(ms + 1, plan.fromMs ?? 0) }).total(),
      ),
    readAhead: (entries) => ask(() => store.readAhead(entries)),
    facet: (plan, field, limit, options) =>
      ask(() => {
        const asked = options?.ignoreOwn ? withoutField(plan, FACET_READINGS[field].filteredBy) : plan;
        return indexOf(field).top(view.select(asked), store, limit);
      }),
    distinct: (field, prefix, limit) => ask(() => beginningWith(completable(field), prefix, limit)),
    neighbours: (key, kind, spanMs, limit) =>
      ask(() => {
        const place = view.place(key);
        return place === null ? [] : neighboursOf(view, place, kind, spanMs, limit);
      }),
    histogram: (plan, by, zone) => ask(() => histogramOf(view.select(plan), store, dictionaries.action, by, zone)),
    survey: (plan, zone) => ask(() => surveyOf(view.select(plan), store, dictionaries, zone)),
    tuples: <N extends DictionaryName>(column: N) =>
      ask(() => {
        const dictionary = dictionaries[column] as unknown as Dictionary<N>;
        return Array.from({ length: dictionary.ids - 1 }, (_none, i) => dictionary.tuple(i + 1));
      }),
    columns: () => ask(() => store.days().map((day) => store.columns(day))),
    among: (plan, keys) => ask(() => among(view.select(plan), keys, (info) => store.columns(info).keys)),
    *rows(plan, direction = 'newer') {
      for (const { row } of streamEntries(view, plan, direction)) yield row;
    },
    *rawRows(plan) {
      for (const { row, refs, position } of streamEntries(view, plan, 'newer')) {
        yield { row, raw: view.evidence(row.key, refs, position) };
      }
    },
    rowsByKey: (keys) =>
      ask(() =>
        keys.map((key) => {
          const place = view.place(key);
          return place === null ? null : rowAt(dictionaries, place.columns, place.refs, place.position);
        }),
      ),
    isBuried: isBuriedIn(db),
    entry: (key) =>
      ask(() => {
        const place = view.place(key);
        return place === null ? null : recordOf(place);
      }),
    changedEntries: () =>
      ask(() =>
        versions.changed().flatMap(({ key, versions: others, noticedAt }) => {
          const place = view.place(key);
          if (place === null) return [];
          const { columns, refs, position } = place;
          const id = fromStored(storedIdAt(refs, position));
          return [{ key, id, ts: instantAt(columns, position), versions: others, noticedAt }];
        }),
      ),
    marks: () =>
      ask(() => ({
        entries: view.marks.all().filter(({ key, id }) => view.isThere(key, id)),
        reviewer: view.marks.reviewer,
      })),
    *identities(plan) {
      for (const { row, refs, position } of streamEntries(view, plan, 'newer')) {
        const bytes = raws.at(refs.block[position]!, refs.slot[position]!);
        yield { key: row.key, id: row.id, leaf: leafHash(bytes).toString('hex') };
      }
    },
    lastReceivedAt: () => ask(() => raws.lastReceivedAt()),
    coverage: (from, to) => ask(() => coverage(from, to)),
    storedOn: (day) => ask(() => storedOn(store, day)),
    setting,
    journal: journalReader(db),
    frozenPart: frozenReader(db),
    ...createDeletionReader(db),
    head: () => carriedHead(setting) ?? seals.head(),
    hasSeal: (hash) => carriedHead(setting)?.hash === hash || seals.hasSeal(hash),
    ...createStampReader(db, setting),
    sealedDays: seals.sealedDays,
    ...createEvidence(db, view),
    close: () => db.close(),
  };
}

/** A filter with every term of one field taken away: what a facet of that field counts over. */
function withoutField(plan: QueryPlan, field: string): QueryPlan {
  return { ...plan, filter: { ...plan.filter, terms: plan.filter.terms.filter((term) => term.field !== field) } };
}
