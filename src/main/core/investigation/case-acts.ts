import type { z } from 'zod';
import { MOST_PINNED } from '../../../shared/case.ts';
import type { CASE_METHODS } from '../../../shared/case-contract.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { NewJournalLine } from '../archive/journal.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import { type QueryPlan, WHOLE_ARCHIVE } from '../search/plan.ts';
import type { CaseBook } from './case-book.ts';
import { CASE_LINES, caseLine, inParts, type Said } from './case-lines.ts';
import { type CaseState, seedName } from './case-state.ts';
import { citedIn } from './citations.ts';
import type { ForeignFile } from './foreign.ts';
import { canBeUndone, together, undoneSeqs } from './undone.ts';

type Inputs = {
  [M in keyof typeof CASE_METHODS as M extends `cases.${infer N}` ? N : never]: z.output<
    (typeof CASE_METHODS)[M]['input']
  >;
};
type Plain =
  | 'update'
  | 'addClock'
  | 'meetClock'
  | 'unpin'
  | 'classify'
  | 'note'
  | 'addManual'
  | 'undo'
  | 'addSeed'
  | 'removeSeed'
  | 'decideThing'
  | 'decideEntries'
  | 'decideRemedy'
  | 'watch'
  | 'saveStory';

/** What somebody does to a case; each is one line of the journal, or several written together. */
export type CaseAct =
  | { readonly [K in Plain]: { readonly do: K } & Inputs[K] }[Plain]
  | ({ readonly do: 'setStatus' } & Omit<Inputs['setStatus'], 'passphrase'>)
  | ({ readonly do: 'pin'; readonly plan: QueryPlan } & Omit<Inputs['pin'], 'entries'>)
  | { readonly do: 'foreign'; readonly id: string; readonly by: string; readonly file: ForeignFile }
  | {
      readonly do: 'exported';
      readonly id: string;
      readonly by: string;
      readonly format: string;
      readonly events: number;
      readonly sha256: string;
    };

/** The first line of what was written, null where nothing had to be; and the keys of entries it changed something for. */
export type CaseActed = { readonly line: number | null; readonly keys: readonly number[] };

export type CaseWriting = Pick<ArchiveWriter, 'appendJournal' | 'journal' | 'count' | 'identities'>;

type Lines = Result<{ readonly lines: readonly NewJournalLine[]; readonly keys?: readonly number[] }>;

/** What can be done to a case that is closed. */
const WHEN_CLOSED: ReadonlySet<CaseAct['do']> = new Set(['setStatus', 'watch', 'exported']);

/** Does it. Fails with nothing written: `not_found`, `bad_input`, or `forbidden` where the case is closed. `at` is now. */
export function actOnCase(writer: CaseWriting, book: CaseBook, act: CaseAct, at: number): Result<CaseActed> {
  const state = book.refresh(writer).of(act.id);
  if (state === null) return fail('not_found', `There is no case ${act.id}.`, 'Look at the list again.');
  if (act.by.trim() === '') return fail('bad_input', 'What is done in a case names who did it.', 'Give your name.');
  if (state.status === 'closed' && !WHEN_CLOSED.has(act.do))
    return fail('forbidden', `${act.id} is closed: nothing in it changes.`, 'Open it again first, with a reason.');
  const made = linesOf(writer, book, state, act, { by: act.by, at });
  if (!made.ok) return made;
  const { lines, keys = [] } = made.value;
  if (lines.length === 0) return ok({ line: null, keys });
  const written = writer.appendJournal(lines);
  if (!written.ok) return written;
  book.refresh(writer);
  return ok({ line: written.value[0] ?? null, keys });
}

function linesOf(writer: CaseWriting, book: CaseBook, state: CaseState, act: CaseAct, said: Said): Lines {
  const { id } = state;
  const one = <K extends Parameters<typeof caseLine>[0]>(kind: K, body: Parameters<typeof caseLine<K>>[3]): Lines =>
    ok({ lines: [caseLine(kind, id, said, body)] });
  switch (act.do) {
    case 'update':
      return one(CASE_LINES.updated, { fields: act.fields });
    case 'setStatus':
      return status(state, act, said);
    case 'addClock':
      return one(CASE_LINES.clock, { name: act.name, hours: act.hours });
    case 'meetClock':
      return state.clocks.some((clock) => clock.id === act.clock)
        ? one(CASE_LINES.clockMet, { clock: act.clock, note: act.note })
        : fail(
            'not_found',
            `${id} has no clock ${act.clock}.`,
            `Its clocks: ${state.clocks.map((c) => c.id).join(', ')}.`,
          );
    case 'pin':
      return pin(writer, state, act, said);
    case 'unpin':
      return known(state, act.events) ?? one(CASE_LINES.unpinned, { events: [...act.events] });
    case 'classify': {
      const { events, phase, technique } = act;
      if (phase === undefined && technique === undefined)
        return fail('bad_input', 'Nothing was said of them.', 'Give a phase, a technique, or both.');
      const body = {
        events: [...events],
        ...(phase === undefined ? {} : { phase }),
        ...(technique === undefined ? {} : { technique }),
      };
      return known(state, events) ?? one(CASE_LINES.classified, body);
    }
    case 'note':
      return (
        known(state, act.event === null ? [] : [act.event]) ??
        one(CASE_LINES.noted, { event: act.event, text: act.text })
      );
    case 'addManual':
      return one(CASE_LINES.manual, { ts: act.ts, title: act.title, source: act.source, phase: act.phase });
    case 'foreign': {
      const { lines, ...from } = act.file;
      return ok({
        lines: inParts(lines).map(({ items, ...part }) =>
          caseLine(CASE_LINES.foreign, id, said, { ...part, ...from, lines: [...items] }),
        ),
      });
    }
    case 'undo':
      return undo(book, state, act.line, said);
    case 'addSeed':
    case 'removeSeed': {
      const there = state.seeds.some((seed) => seedName(seed) === seedName(act.seed));
      const set = act.do === 'addSeed';
      if (there === set)
        return fail(
          'bad_input',
          set ? 'The scope starts from that already.' : 'The scope does not start from that.',
          'Look at its seeds.',
        );
      return one(CASE_LINES.seeds, { seeds: [act.seed], set });
    }
    case 'decideThing':
      return one(CASE_LINES.thing, { kind: act.kind, value: act.value, verdict: act.verdict });
    case 'decideEntries': {
      const entries = [...writer.identities(listed(act.keys))];
      if (entries.length < new Set(act.keys).size)
        return fail('not_found', 'Some of these entries are not in the archive.', 'Look at the scope again.');
      return ok({
        lines: inParts(entries).map(({ items, ...part }) =>
          caseLine(CASE_LINES.entries, id, said, { ...part, entries: [...items], verdict: act.verdict }),
        ),
        keys: entries.map(({ key }) => key),
      });
    }
    case 'decideRemedy':
      return one(CASE_LINES.remedy, {
        ...{ kind: act.kind, value: act.value, remedy: act.remedy, verdict: act.verdict, note: act.note },
      });
    case 'watch':
      return watch(state, act, one);
    case 'saveStory': {
      const missing = citedIn(act.text).find((event) => !state.events.has(event));
      return missing === undefined
        ? one(CASE_LINES.story, { text: act.text })
        : fail(
            'bad_input',
            `The story cites ${missing}, which is not in the timeline.`,
            'Pin it first, or leave it out.',
          );
    }
    case 'exported':
      return one(CASE_LINES.exported, { format: act.format, events: act.events, sha256: act.sha256 });
  }
}

type Of<K extends CaseAct['do']> = Extract<CaseAct, { readonly do: K }>;
type One = <K extends Parameters<typeof caseLine>[0]>(kind: K, body: Parameters<typeof caseLine<K>>[3]) => Lines;

function status(state: CaseState, { status: next, reason }: Of<'setStatus'>, said: Said): Lines {
  if (next === state.status) return fail('bad_input', `${state.id} is ${next} already.`, 'Choose another status.');
  if (state.status === 'closed' && reason.trim() === '')
    return fail('bad_input', 'Opening a closed case needs a reason.', 'Say in a few words why.');
  return ok({ lines: [caseLine(CASE_LINES.status, state.id, said, { status: next, reason })] });
}

function pin(writer: CaseWriting, state: CaseState, act: Of<'pin'>, said: Said): Lines {
  const total = writer.count(act.plan);
  if (total > MOST_PINNED)
    return fail(
      'bad_input',
      `These are ${total} entries; at most ${MOST_PINNED} can be pinned at once.`,
      'Narrow the search, or select fewer.',
    );
  const { phase, technique } = act;
  const entries = [...writer.identities(act.plan)].filter(({ key }) => !state.pinned.has(key));
  return ok({
    lines: inParts(entries.map((entry) => ({ ...entry, phase, technique }))).map(({ items, ...part }) =>
      caseLine(CASE_LINES.pinned, state.id, said, { ...part, entries: [...items] }),
    ),
    keys: entries.map(({ key }) => key),
  });
}

function undo(book: CaseBook, state: CaseState, line: number, said: Said): Lines {
  const lines = book.linesOf(state.id);
  const target = lines.find(({ seq }) => seq === line);
  if (target === undefined) return fail('not_found', `Line ${line} is none of ${state.id}.`, 'Look at its history.');
  if (!canBeUndone(target))
    return fail(
      'bad_input',
      `Line ${line} cannot be taken back.`,
      'A case that was moved on is moved back by its status.',
    );
  if (undoneSeqs(lines).has(line))
    return fail('bad_input', `Line ${line} was taken back already.`, 'Nothing is to be done.');
  const [first = line] = together(target);
  return ok({ lines: [caseLine(CASE_LINES.undone, state.id, said, { line: first })] });
}

function watch(state: CaseState, { kind, value, on }: Of<'watch'>, one: One): Lines {
  const there = state.watched.some((thing) => thing.kind === kind && thing.value === value);
  if (there === on)
    return fail('bad_input', on ? 'That is watched already.' : 'That is not watched.', 'Look at what is watched.');
  return one(CASE_LINES.watch, { kind, value, label: value, on });
}

function known(state: CaseState, events: readonly string[]): Lines | null {
  const unknown = events.find((event) => !state.events.has(event));
  return unknown === undefined
    ? null
    : fail('not_found', `${unknown} is not in the timeline of ${state.id}.`, 'Look at the timeline again.');
}

/** The plan of entries by key. */
export function listed(keys: readonly number[]): QueryPlan {
  return { ...WHOLE_ARCHIVE, listed: { keys, negated: false } };
}
