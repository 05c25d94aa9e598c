import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { PHASES, type Phase, SEED_KINDS } from '../../../shared/case.ts';
import { CASE_METHODS } from '../../../shared/case-contract.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { explainFile } from '../../core/files/explain-file.ts';
import { readForeign } from '../../core/investigation/foreign.ts';
import { planQuery } from '../../core/search/plan.ts';
import { type Answer, grouped, printable } from '../answer.ts';
import { type By, instantOf, toldOf, unknown, writing } from '../case-session.ts';
import { type FilterOptions, filterFrom } from '../filter-options.ts';
import type { Terminal } from '../terminal.ts';

export type EventOptions = By;
export type PinOptions = By & FilterOptions & { readonly phase?: string; readonly technique?: string };
export type ClassifyOptions = By & { readonly phase?: string; readonly technique?: string };
export type NoteOptions = By & { readonly event?: string; readonly at?: string; readonly source?: string };
export type ForeignOptions = By & { readonly time?: string };
export type SeedOptions = By & { readonly kind: string; readonly remove?: boolean };
export type WatchOptions = By & { readonly kind: string; readonly off?: boolean };

/** `logbook case pin CASE [QUERY]`. */
export function pinEntries(
  id: string,
  query: string,
  options: PinOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  const filter = filterFrom(query, options);
  if (!filter.ok) return Promise.resolve(filter);
  const { by } = options;
  const [phase, technique] = [phaseOf(options.phase), techniqueOf(options.technique)];
  if (!phase.ok) return Promise.resolve(phase);
  if (!technique.ok) return Promise.resolve(technique);
  return writing(options, terminal, ({ act, zone, now }) => {
    const plan = planQuery(filter.value, zone, now);
    if (!plan.ok) return plan;
    const done = act({
      do: 'pin',
      id,
      by,
      plan: plan.value,
      phase: phase.value ?? null,
      technique: technique.value ?? null,
    });
    if (!done.ok) return done;
    const { line, keys } = done.value;
    return ok({
      json: { id, line, pinned: keys.length },
      text: `${grouped(keys.length)} entries were pinned to ${id}.`,
    });
  });
}

/** `logbook case unpin CASE EVENT…`. */
export function unpinEvents(
  id: string,
  events: readonly string[],
  options: EventOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  return writing(options, terminal, ({ act }) =>
    toldOf(id, act({ do: 'unpin', id, by: options.by, events: [...events] })),
  );
}

/** `logbook case classify CASE EVENT…`. */
export function classifyEvents(
  id: string,
  events: readonly string[],
  options: ClassifyOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  const [phase, technique] = [phaseOf(options.phase), techniqueOf(options.technique)];
  if (!phase.ok) return Promise.resolve(phase);
  if (!technique.ok) return Promise.resolve(technique);
  const { by } = options;
  return writing(options, terminal, ({ act }) =>
    toldOf(id, act({ do: 'classify', id, by, events: [...events], phase: phase.value, technique: technique.value })),
  );
}

/** `logbook case note CASE TEXT`: beside the case, beside an event, or as an event of its own. */
export function noteCase(id: string, text: string, options: NoteOptions, terminal: Terminal): Promise<Result<Answer>> {
  const { by, event = null, source = '' } = options;
  const at = instantOf('at', options.at);
  if (!at.ok) return Promise.resolve(at);
  if (text.trim() === '') return Promise.resolve(fail('bad_input', 'The note is empty.', 'Write something.'));
  return writing(options, terminal, ({ act }) =>
    toldOf(
      id,
      act(
        at.value === undefined
          ? { do: 'note', id, by, event, text: text.trim() }
          : { do: 'addManual', id, by, ts: at.value, title: text.trim().slice(0, 500), source, phase: null },
      ),
    ),
  );
}

/** `logbook case import CASE FILE`. */
export function importForeign(
  id: string,
  file: string,
  options: ForeignOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  return writing(options, terminal, ({ act, zone }) => {
    let bytes: Buffer;
    try {
      bytes = readFileSync(resolve(terminal.cwd, file));
    } catch (error) {
      return explainFile(error, `read ${basename(file)}`);
    }
    const read = readForeign(bytes, { name: basename(file), zone, time: options.time ?? null });
    if (!read.ok) return read;
    const done = act({ do: 'foreign', id, by: options.by, file: read.value.file });
    if (!done.ok) return done;
    const { rejected } = read.value;
    const added = read.value.file.lines.length;
    return ok({
      json: { id, line: done.value.line, read: read.value.read, added, rejected },
      text: [
        `${grouped(added)} lines of ${basename(file)} stand in the timeline of ${id}.`,
        ...rejected.map(({ line, reason }) => `Line ${line}: ${printable(reason)}`),
      ].join('\n'),
    });
  });
}

/** `logbook case seed CASE VALUE`. */
export function seedCase(id: string, value: string, options: SeedOptions, terminal: Terminal): Promise<Result<Answer>> {
  const kind = SEED_KINDS.find((one) => one === options.kind);
  if (kind === undefined) return Promise.resolve(unknown('kind', options.kind, SEED_KINDS));
  const { by } = options;
  return writing(options, terminal, ({ writer, book, act }) => {
    const seed = { kind, value, from: null, to: null };
    if (!options.remove) return toldOf(id, act({ do: 'addSeed', id, by, seed }));
    // A finding's seeds are of a stretch of time, which nobody should have to repeat.
    const there =
      book
        .refresh(writer)
        .of(id)
        ?.seeds.filter((one) => one.kind === kind && one.value === value) ?? [];
    let done = act({ do: 'removeSeed', id, by, seed: there[0] ?? seed });
    for (const one of there.slice(1)) if (done.ok) done = act({ do: 'removeSeed', id, by, seed: one });
    return toldOf(id, done);
  });
}

/** `logbook case watch CASE VALUE`. */
export function watchThing(
  id: string,
  value: string,
  options: WatchOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  const what = CASE_METHODS['cases.watch'].input.safeParse({
    id,
    by: options.by,
    kind: options.kind,
    value,
    on: !options.off,
  });
  if (!what.success)
    return Promise.resolve(
      fail('bad_input', 'That cannot be watched.', 'Kinds: person, address, network, device, token.'),
    );
  return writing(options, terminal, ({ act }) => toldOf(id, act({ do: 'watch', ...what.data })));
}

/** `logbook case story CASE FILE`. */
export function saveStory(
  id: string,
  file: string,
  options: EventOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  return writing(options, terminal, ({ act }) => {
    try {
      const text = readFileSync(resolve(terminal.cwd, file), 'utf8');
      return toldOf(id, act({ do: 'saveStory', id, by: options.by, text }));
    } catch (error) {
      return explainFile(error, `read ${basename(file)}`);
    }
  });
}

/** `logbook case undo CASE LINE`. */
export function undoLine(id: string, line: string, options: EventOptions, terminal: Terminal): Promise<Result<Answer>> {
  if (!/^\d{1,12}$/.test(line))
    return Promise.resolve(
      fail('bad_input', `“${line}” is no line.`, 'logbook case show tells their numbers (--json).'),
    );
  return writing(options, terminal, ({ act }) =>
    toldOf(id, act({ do: 'undo', id, by: options.by, line: Number(line) })),
  );
}

function phaseOf(text: string | undefined): Result<Phase | undefined> {
  const phase = PHASES.find((one) => one === text);
  return text !== undefined && phase === undefined ? unknown('phase', text, PHASES) : ok(phase);
}

function techniqueOf(text: string | undefined): Result<string | undefined> {
  return text === undefined || /^T\d{4}(\.\d{3})?$/.test(text)
    ? ok(text)
    : fail('bad_input', `“${text}” is no technique.`, 'Write it as T1078 or T1098.001.');
}
