import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ArchiveState, Input, MethodName, Output } from '../../shared/contract.ts';
import { type Filter, namesMarks } from '../../shared/filter/filter.ts';
import { call } from './client.ts';
import { DECIDED, MARKED } from './decided.ts';
import { WaitingLine } from './waiting-line.ts';

export type Question = {
  readonly filter: Filter;
  readonly zone: string;
  /** Entries picked one by one: those alone, or all but those. */
  readonly listed?: { readonly keys: readonly number[]; readonly negated: boolean };
};
export type HistogramUnit = Input<'entries.histogram'>['by'];
export type FacetName = Input<'entries.facets'>['fields'][number];

const line = new WaitingLine(2);

/** What may take long enough to be worth giving up. */
type Long =
  | 'entries.count'
  | 'entries.rows'
  | 'entries.listing'
  | 'entries.foldedListing'
  | 'entries.facets'
  | 'entries.histogram';
let lastTicket = 0;

/** Asks the archive, in line with other questions; not at all where nobody waits for it any more. */
function asked<M extends MethodName>(name: M, input: Input<M>, signal: AbortSignal): Promise<Output<M>> {
  return line.ask(() => call(name, input), signal);
}

/** The same; a question under way that nobody waits for any more is given up. */
function askedLong<M extends Long>(name: M, input: Input<M>, signal: AbortSignal, ahead = false): Promise<Output<M>> {
  return line.ask(
    async () => {
      const ticket = ++lastTicket;
      const giveUp = (): void => void call('entries.giveUp', { ticket }).catch(() => {});
      signal.addEventListener('abort', giveUp, { once: true });
      try {
        return await call(name, { ...input, ticket });
      } finally {
        signal.removeEventListener('abort', giveUp);
      }
    },
    signal,
    ahead,
  );
}

/** Brings what text is looked for in into memory, a piece at a time and in line with the questions; whether there is more. */
export async function readAhead(): Promise<boolean> {
  return (await line.ask(() => call('entries.readAhead', {}))).more;
}

/** Every key begins so: what is asked of one archive in one version. Equal keys have equal answers. */
export function archiveKey(archive: ArchiveState): readonly unknown[] {
  return ['archive', archive.id, archive.version];
}

/** The part of a key that tells when an answer is old: what is put beside entries changes some answers, and only those. */
function askedOf(archive: ArchiveState, question: Question): readonly unknown[] {
  return [...archiveKey(archive), ...(namesMarks(question.filter) ? MARKED : [])];
}

/** Filters with the same meaning and order share a key. */
export function questionKey({ filter, zone, listed }: Question): string {
  return JSON.stringify([
    filter.from,
    filter.to,
    filter.last,
    zone,
    filter.terms.map((t) => [t.field, t.value, t.negated]),
    ...(listed ? [listed.negated, listed.keys] : []),
  ]);
}

export function countOptions(archive: ArchiveState, question: Question) {
  return queryOptions({
    queryKey: [...askedOf(archive, question), 'count', questionKey(question)],
    queryFn: ({ signal }) => askedLong('entries.count', question, signal),
    placeholderData: keepPreviousData,
  });
}

/** How many entries that answer a question are newer than an instant. */
export function newerOptions(archive: ArchiveState, question: Question, at: number) {
  return queryOptions({
    queryKey: [...askedOf(archive, question), 'newer', at, questionKey(question)],
    queryFn: ({ signal }) => asked('entries.newerThan', { ...question, at }, signal),
  });
}

/** The newest entries that answer a question. */
export function newestOptions(archive: ArchiveState, question: Question, limit: number) {
  return queryOptions({
    queryKey: [...askedOf(archive, question), 'newest', limit, questionKey(question)],
    queryFn: ({ signal }) => askedLong('entries.rows', { ...question, offset: 0, limit }, signal),
    placeholderData: keepPreviousData,
  });
}

/**
 * The days of an answer and its newest rows, ahead of everything else: it is what people look at. `tookMs`: from asking
 * here until the answer was here, waiting in line and the way to the archive and back with it.
 */
export function listingOptions(archive: ArchiveState, question: Question, limit: number) {
  return queryOptions({
    queryKey: [...askedOf(archive, question), 'listing', limit, questionKey(question)],
    queryFn: ({ signal }) => timed(() => askedLong('entries.listing', { ...question, limit }, signal, true)),
    placeholderData: keepPreviousData,
  });
}

/** The same of a list that shows repeats as one line each. */
export function foldedListingOptions(archive: ArchiveState, question: Question, limit: number) {
  return queryOptions({
    queryKey: [...askedOf(archive, question), 'folded listing', limit, questionKey(question)],
    queryFn: ({ signal }) => timed(() => askedLong('entries.foldedListing', { ...question, limit }, signal, true)),
    placeholderData: keepPreviousData,
  });
}

async function timed<T extends object>(ask: () => Promise<T>): Promise<T & { readonly tookMs: number }> {
  const begun = performance.now();
  const answer = await ask();
  return { ...answer, tookMs: performance.now() - begun };
}

export function histogramOptions(archive: ArchiveState, question: Question, by: HistogramUnit) {
  return queryOptions({
    queryKey: [...askedOf(archive, question), 'histogram', by, questionKey(question)],
    queryFn: ({ signal }) => askedLong('entries.histogram', { ...question, by }, signal),
    placeholderData: keepPreviousData,
  });
}

export function facetOptions(archive: ArchiveState, question: Question, field: FacetName, limit: number) {
  return queryOptions({
    queryKey: [...askedOf(archive, question), 'facet', field, limit, questionKey(question)],
    queryFn: async ({ signal }) =>
      (await askedLong('entries.facets', { ...question, fields: [field], limit }, signal))[0] ?? null,
    placeholderData: keepPreviousData,
  });
}

export function distinctOptions(archive: ArchiveState, field: FacetName, prefix: string, limit: number) {
  return queryOptions({
    queryKey: [...archiveKey(archive), 'distinct', field, prefix, limit],
    queryFn: ({ signal }) => asked('entries.distinct', { field, prefix, limit }, signal),
    placeholderData: keepPreviousData,
  });
}

export function neighbourOptions(archive: ArchiveState, key: number, kind: Input<'entries.neighbours'>['kind']) {
  return queryOptions({
    queryKey: [...archiveKey(archive), 'neighbours', key, kind],
    queryFn: () => call('entries.neighbours', { key, kind }),
  });
}

/** Days of the ledger; with `every` also those it does not name, where it is asked whether something is missing. */
export function coverageOptions(archive: ArchiveState, from: string, to: string, every = false) {
  return queryOptions({
    queryKey: [...archiveKey(archive), 'coverage', from, to, every],
    queryFn: () => call('coverage.days', { from, to, every }),
    placeholderData: keepPreviousData,
  });
}

/** The whole ledger: every day the archive knows of. */
export function ledgerOptions(archive: ArchiveState) {
  return coverageOptions(archive, '1970-01-01', '9999-12-31');
}

const RETENTION_REFRESH_MS = 60_000;

/** What retention means now: asked again as time passes, and when a sync or the plan changed something. */
export function retentionOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: [...archiveKey(archive), 'retention', archive.source?.plan ?? null, archive.lastSync],
    queryFn: () => call('coverage.retention', {}),
    placeholderData: keepPreviousData,
    refetchInterval: RETENTION_REFRESH_MS,
  });
}

/** Past runs; `turn` rises with every run that begins or ends. */
export function historyOptions(archive: ArchiveState, turn: string) {
  return queryOptions({
    queryKey: [...archiveKey(archive), 'history', archive.lastSync, turn],
    queryFn: () => call('sync.history', {}),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

export function scheduleOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: ['archive', archive.id, 'schedule', archive.lastSync],
    queryFn: () => call('schedule.get', {}),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** How many findings wait for somebody, and who decided last. An archive without entries has none. */
export function openFindingsOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: [...archiveKey(archive), ...DECIDED, 'open findings'],
    queryFn: () => call('findings.open', {}),
    placeholderData: keepPreviousData,
    enabled: archive.entries > 0,
  });
}

/** The findings that hold entries, by entry. */
export function findingsOfOptions(archive: ArchiveState, keys: readonly number[]) {
  return queryOptions({
    queryKey: [...archiveKey(archive), ...DECIDED, 'findings of', keys],
    queryFn: () => call('findings.ofEntries', { keys: [...keys] }),
    enabled: archive.entries > 0 && keys.length > 0,
  });
}

/** When grave findings begin. */
export function momentsOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: [...archiveKey(archive), ...DECIDED, 'moments'],
    queryFn: () => call('findings.moments', {}),
    placeholderData: keepPreviousData,
    enabled: archive.entries > 0,
  });
}

/** The first findings that a text names. */
export function namedFindingsOptions(archive: ArchiveState, text: string, limit: number) {
  return queryOptions({
    queryKey: [...archiveKey(archive), ...DECIDED, 'named', text, limit],
    queryFn: () => call('findings.named', { text, limit }),
    placeholderData: keepPreviousData,
    enabled: archive.entries > 0,
  });
}

export function baselineOptions(archive: ArchiveState, id: string) {
  return queryOptions({
    queryKey: [...archiveKey(archive), 'baseline', id],
    queryFn: () => call('findings.baseline', { id }),
  });
}

export function suppressionsOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: [...archiveKey(archive), ...DECIDED, 'suppressions'],
    queryFn: () => call('suppressions.list', {}),
    placeholderData: keepPreviousData,
  });
}

export function rulesOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: [...archiveKey(archive), ...DECIDED, 'rules'],
    queryFn: () => call('rules.list', {}),
    placeholderData: keepPreviousData,
  });
}

/** Whether a text can be used as a rule; kept rules have a say in that. */
export function validationOptions(archive: ArchiveState, text: string) {
  return queryOptions({
    queryKey: [...archiveKey(archive), ...DECIDED, 'validation', text],
    queryFn: () => call('rules.validate', { text }),
    placeholderData: keepPreviousData,
  });
}

/** What the rules of a text would have found since a day (null is all of the archive). */
export function backTestOptions(archive: ArchiveState, text: string, from: string | null) {
  return queryOptions({
    queryKey: [...archiveKey(archive), 'backTest', from, text],
    queryFn: () => call('rules.backTest', { text, from, to: null }),
    placeholderData: keepPreviousData,
  });
}

export function placesOptions(archive: ArchiveState, addresses: readonly string[]) {
  return queryOptions({
    queryKey: ['archive', archive.id, 'places', addresses],
    queryFn: () => call('geo.places', { addresses: [...addresses] }),
    placeholderData: keepPreviousData,
    enabled: addresses.length > 0,
  });
}

/** The date of the list that says where addresses are, and whose it is. */
export function placeListOptions(archive: ArchiveState) {
  return queryOptions({
    queryKey: ['archive', archive.id, 'place list'],
    queryFn: () => call('geo.places', { addresses: [] }),
  });
}

export function entryOptions(archive: ArchiveState, key: number) {
  return queryOptions({
    queryKey: [...archiveKey(archive), 'entry', key],
    queryFn: () => call('entries.get', { key }),
    placeholderData: keepPreviousData,
  });
}
