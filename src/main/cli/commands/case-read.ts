import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { ArchiveReader } from '../../core/archive/reader.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import { CaseBook } from '../../core/investigation/case-book.ts';
import { remediesOfCase, scopeOfCase } from '../../core/investigation/case-scope.ts';
import { caseDetail, caseOf, caseTimeline, listCases } from '../../core/investigation/read-cases.ts';
import { scopePage } from '../../core/investigation/scope/scope-page.ts';
import { type Answer, columns, grouped, printable } from '../answer.ts';
import { archiveDir, type CommonOptions, clockOf } from '../common-options.ts';
import { jsonForm } from '../json-form.ts';
import { openForReading } from '../open-archive.ts';
import type { Terminal } from '../terminal.ts';

/** Reads an archive's cases for the length of a command. */
export async function readingCases<T>(
  options: CommonOptions,
  terminal: Terminal,
  work: (reader: ArchiveReader, book: CaseBook, now: number) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const clock = clockOf(options);
  if (!clock.ok) return clock;
  const opened = await openForReading(options, terminal);
  if (!opened.ok) return opened;
  const { reader, release } = opened.value;
  try {
    return await work(reader, new CaseBook().refresh(reader), clock.value.now());
  } finally {
    release();
  }
}

/** `logbook case list`. */
export function listAllCases(options: CommonOptions, terminal: Terminal): Promise<Result<Answer>> {
  return readingCases(options, terminal, (_reader, book) => {
    const cases = listCases(book);
    return ok({
      json: { cases: jsonForm(cases) },
      text:
        cases.length === 0
          ? 'There are no cases.'
          : columns(
              cases.map((one) => [one.id, one.status, one.severity, `${one.events} events`, printable(one.title)]),
            ),
    });
  });
}

/** `logbook case show CASE`. */
export function showCase(id: string, options: CommonOptions, terminal: Terminal): Promise<Result<Answer>> {
  return readingCases(options, terminal, (reader, book, now) => {
    const state = caseOf(book, id);
    if (!state.ok) return state;
    const dir = archiveDir(options, terminal);
    if (!dir.ok) return dir;
    const places = placesOfArchive(dir.value);
    const detail = caseDetail(reader, book, id, now, remediesOfCase(reader, places, state.value));
    if (!detail.ok) return detail;
    const timeline = caseTimeline(reader, state.value, places);
    const { title, status, severity, lead, missing, watched, story } = detail.value;
    const events = timeline.map((event) => [
      event.id,
      new Date(event.ts).toISOString(),
      event.phase ?? '',
      event.kind === 'entry' ? (event.row.actor?.email ?? event.row.actor?.name ?? '') : event.kind,
      event.kind === 'entry' ? event.row.action : event.title,
      event.kind === 'entry' && event.state !== 'holds' ? event.state : '',
      event.notes.map((note) => `${note.by}: ${note.text}`).join(' / '),
    ]);
    return ok({
      json: jsonForm({ ...detail.value, timeline }),
      text: [
        `${id} ${printable(title)}: ${status}, ${severity}${lead === null ? '' : `, led by ${printable(lead)}`}`,
        ...(events.length === 0 ? [] : [columns(events.map((cells) => cells.map(printable)))]),
        ...watched.map((one) => `Watches ${one.kind} ${printable(one.label)}, seen ${one.seen} times since.`),
        ...(story.text === '' ? [] : [story.text.split('\n').map(printable).join('\n')]),
        ...(missing.length === 0 ? [] : ['Missing:', ...missing.map((one) => `- ${printable(one)}`)]),
      ].join('\n'),
    });
  });
}

export type ScopeOptions = CommonOptions & { readonly steps?: string; readonly entries?: boolean };

const MOST_SHOWN = 10_000;

/** `logbook case scope CASE`: what is in scope, why, and what still stands; with `--entries` the entries as well. */
export function showScope(id: string, options: ScopeOptions, terminal: Terminal): Promise<Result<Answer>> {
  const dir = archiveDir(options, terminal);
  if (!dir.ok) return Promise.resolve(dir);
  if (options.steps !== undefined && !/^\d{1,2}$/.test(options.steps))
    return Promise.resolve(fail('bad_input', `--steps “${options.steps}” is no number.`, 'Write --steps 2.'));
  return readingCases(options, terminal, (reader, book) => {
    const state = caseOf(book, id);
    if (!state.ok) return state;
    const places = placesOfArchive(dir.value);
    const steps = options.steps === undefined ? null : Math.min(Number(options.steps), 10);
    const found = scopeOfCase(reader, places, state.value, steps);
    const asked = { pinned: new Set(state.value.pinned.keys()), leaveOut: false, offset: 0, limit: MOST_SHOWN };
    const entries = options.entries ? scopePage(reader, places, found, asked).entries : null;
    const { things, total, more } = found.scope;
    return ok({
      json: jsonForm({ ...found.scope, ...(entries === null ? {} : { entries }) }),
      text: [
        ...(things.length === 0
          ? []
          : [columns(things.map((one) => [one.kind, one.label, one.state, one.reasons[0] ?? ''].map(printable)))]),
        ...(entries ?? []).map(({ row, reasons }) =>
          printable(
            `${new Date(row.ts).toISOString()}  ${row.action}  ${row.actor?.email ?? row.actor?.name ?? ''}  ${reasons[0] ?? ''}`,
          ),
        ),
        `${grouped(total)} entries are in scope${more ? '; a further step would add to it' : ''}.`,
      ].join('\n'),
    });
  });
}

/** `logbook case check CASE`: what should follow, and whether it did. */
export function checkCase(id: string, options: CommonOptions, terminal: Terminal): Promise<Result<Answer>> {
  const dir = archiveDir(options, terminal);
  if (!dir.ok) return Promise.resolve(dir);
  return readingCases(options, terminal, (reader, book) => {
    const state = caseOf(book, id);
    if (!state.ok) return state;
    const checks = remediesOfCase(reader, placesOfArchive(dir.value), state.value);
    return ok({
      json: { checks: jsonForm(checks) },
      text:
        checks.length === 0
          ? 'Nothing in scope calls for a remedy.'
          : columns(
              checks.map(({ words, state: how, done }) =>
                [how, words, done === null ? '' : new Date(done.at).toISOString()].map(printable),
              ),
            ),
    });
  });
}
