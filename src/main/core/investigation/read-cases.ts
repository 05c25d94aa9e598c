import type { CitationState } from '../../../shared/case.ts';
import type { CaseDetail, CaseEvent, CaseSummary, RemedyCheck } from '../../../shared/case-schema.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { msOfKey } from '../archive/time-key.ts';
import type { Places } from '../geo/places.ts';
import type { MarkedEntry } from '../marks/mark-lines.ts';
import { gapsBetween } from '../profile/gaps.ts';
import { listed } from './case-acts.ts';
import type { CaseBook } from './case-book.ts';
import type { CaseState } from './case-state.ts';
import { caseLineWords } from './case-words.ts';
import { citedIn } from './citations.ts';

export type CaseReader = Pick<ArchiveReader, 'journal' | 'rowsByKey' | 'identities' | 'coverage'>;

/** `not_found` where there is no such case. */
export function caseOf(book: CaseBook, id: string): Result<CaseState> {
  const state = book.of(id);
  return state === null ? fail('not_found', `There is no case ${id}.`, 'Look at the list again.') : ok(state);
}

/** All cases, those not closed first, then the newest first. */
export function listCases(book: CaseBook): CaseSummary[] {
  return book
    .all()
    .map(summaryOf)
    .sort((a, b) => Number(a.status === 'closed') - Number(b.status === 'closed') || b.openedAt - a.openedAt);
}

/** All that is known of a case at an instant (milliseconds UTC). `remedies` null: nothing was looked for in the log. */
export function caseDetail(
  reader: CaseReader,
  book: CaseBook,
  id: string,
  now: number,
  remedies: readonly RemedyCheck[] | null,
): Result<CaseDetail> {
  const found = caseOf(book, id);
  if (!found.ok) return found;
  const state = found.value;
  const states = pinStates(reader, state);
  const cited = citedIn(state.story.text).map((event) => ({ event, state: citationState(state, states, event) }));
  const summary = summaryOf(state);
  const { first, last } = summary;
  return ok({
    ...summary,
    summary: state.summary,
    gaps: first === null || last === null ? [] : [...gapsBetween(reader, first, last)],
    story: { ...state.story, citations: cited },
    breach: state.breach ?? null,
    watched: [...state.watched],
    notes: [...state.notes],
    history: book.linesOf(id).map((line) => ({ line: line.seq, at: line.at, by: line.by, words: caseLineWords(line) })),
    missing: missingOf(state, states, cited, remedies, now),
  });
}

/** The timeline, oldest first; rows of entries are read in one go. */
export function caseTimeline(reader: CaseReader, state: CaseState, places: Places): CaseEvent[] {
  const events = [...state.events.values()];
  const keys = [...state.pinned.keys()];
  const rows = new Map(reader.rowsByKey(keys).flatMap((row) => (row === null ? [] : [[row.key, row] as const])));
  const states = pinStates(reader, state);
  return events
    .map((event): CaseEvent => {
      if (event.kind !== 'entry') return { ...event, notes: [...event.notes] } as CaseEvent;
      const { entry, ...rest } = event;
      const row = rows.get(entry.key);
      const own = row?.id === entry.id ? row : missingRow(entry);
      return {
        ...rest,
        notes: [...rest.notes],
        ts: own.ts,
        row: own,
        leaf: entry.leaf,
        state: states.get(event.id) ?? 'missing',
        country: places.of(own.address).country,
      };
    })
    .sort((a, b) => a.ts - b.ts || orderOf(a) - orderOf(b) || compareIds(a.id, b.id));
}

/** Whether the archive still holds the bytes each pinned entry was bound to; by event. */
export function pinStates(
  reader: Pick<CaseReader, 'identities'>,
  state: CaseState,
): ReadonlyMap<string, CitationState> {
  const there = new Map<number, MarkedEntry>();
  for (const entry of reader.identities(listed([...state.pinned.keys()]))) there.set(entry.key, entry);
  return new Map(
    [...state.events.values()].flatMap((event) =>
      event.kind === 'entry' ? [[event.id, compared(event.entry, there.get(event.entry.key))] as const] : [],
    ),
  );
}

/** How a citation of a story stands: what is no entry holds while it is in the timeline. */
export function citationState(
  state: CaseState,
  states: ReadonlyMap<string, CitationState>,
  event: string,
): CitationState {
  return states.get(event) ?? (state.events.has(event) ? 'holds' : 'missing');
}

function compared(pinned: MarkedEntry, there: MarkedEntry | undefined): CitationState {
  if (there === undefined || there.id !== pinned.id) return 'missing';
  return there.leaf === pinned.leaf ? 'holds' : 'altered';
}

function summaryOf(state: CaseState): CaseSummary {
  const times = [...state.events.values()].map((event) =>
    event.kind === 'entry' ? msOfKey(event.entry.key) : event.ts,
  );
  const { id, title, severity, lead, status, openedAt, openedBy, aware, contained, closed, clocks, seenAgain } = state;
  return {
    ...{ id, title, severity, lead, status, openedAt, openedBy, aware, contained, closed, seenAgain },
    clocks: [...clocks],
    events: times.length,
    first: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    last: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    findings: [...state.findings],
    held: status !== 'closed',
  };
}

function missingOf(
  state: CaseState,
  states: ReadonlyMap<string, CitationState>,
  cited: readonly { readonly event: string; readonly state: CitationState }[],
  remedies: readonly RemedyCheck[] | null,
  now: number,
): string[] {
  const broken = [...states.values()].filter((one) => one !== 'holds').length;
  return [
    ...(state.summary.trim() === '' ? ['There is no summary yet.'] : []),
    ...(state.aware === null ? ['Nobody said when it was noticed.'] : []),
    ...state.clocks
      .filter(({ dueAt, met }) => met === null && dueAt !== null && dueAt <= now)
      .map(({ name }) => `The clock “${name}” has run out, and nobody said that it was met.`),
    ...(broken === 0 ? [] : [`${broken} pinned ${broken === 1 ? 'entry does' : 'entries do'} not verify.`]),
    ...cited
      .filter((one) => one.state !== 'holds')
      .map(({ event }) => `The story cites ${event}, which does not verify.`),
    ...(remedies ?? [])
      .filter((check) => check.state === 'missing' || check.state === 'undone')
      .map((check) => `${check.words}: ${check.state === 'missing' ? 'not done' : 'undone again'}.`),
  ];
}

function missingRow({ key, id }: MarkedEntry): Extract<CaseEvent, { kind: 'entry' }>['row'] {
  const nothing = { actor: null, target: null, address: null, agent: null, team: null };
  return { key, id, ts: msOfKey(key), action: '', ...nothing };
}

function orderOf(event: CaseEvent): number {
  return event.kind === 'entry' ? event.row.key : Number.MAX_SAFE_INTEGER;
}

function compareIds(a: string, b: string): number {
  const [[seqA = 0, placeA = 0], [seqB = 0, placeB = 0]] = [a, b].map((id) => id.slice(2).split('.').map(Number)) as [
    number[],
    number[],
  ];
  return seqA - seqB || placeA - placeB;
}
