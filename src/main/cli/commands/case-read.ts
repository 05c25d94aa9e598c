import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { ArchiveReader } from '../../core/archive/reader.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import { CaseBook } from '../../core/investigation/case-book.ts';
import { caseDetail, caseOf, caseTimeline, listCases } from '../../core/investigation/read-cases.ts';
import { type Answer, columns, printable } from '../answer.ts';
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
    const detail = caseDetail(reader, book, id, now, null);
    if (!detail.ok) return detail;
    const dir = archiveDir(options, terminal);
    if (!dir.ok) return fail('bad_input', 'No archive was named.', 'Add --archive DIR.');
    const timeline = caseTimeline(reader, state.value, placesOfArchive(dir.value));
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
