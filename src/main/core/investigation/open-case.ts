import type { Phase } from '../../../shared/case.ts';
import type { Seed } from '../../../shared/case-schema.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Finding, Severity } from '../../../shared/finding.ts';
import type { ArchiveWriter } from '../archive/writer.ts';
import { decisionLines } from '../detection/triage/decide.ts';
import { listed } from './case-acts.ts';
import type { CaseBook } from './case-book.ts';
import { caseIdOf } from './case-book.ts';
import { CASE_LINES, caseLine, inParts, type Said } from './case-lines.ts';

/** What a case is opened with. Findings are filed into it; their entries are pinned as `guesses` say, by key. */
export type Opening = {
  readonly title: string;
  readonly severity: Severity;
  readonly lead: string | null;
  readonly aware: number | null;
  readonly findings: readonly Pick<Finding, 'id' | 'entryIds' | 'entryKeys' | 'last' | 'technique'>[];
  readonly seeds: readonly Seed[];
  readonly guesses: ReadonlyMap<number, { readonly phase: Phase | null; readonly technique: string | null }>;
};

/**
 * Opens a case: its id. All of it is written in one go, the decisions that file its findings under its id and title among
 * it. `bad_input` without a title or a name.
 */
export function openCase(
  writer: Pick<ArchiveWriter, 'appendJournal' | 'journal' | 'identities'>,
  book: CaseBook,
  opening: Opening,
  said: Said,
): Result<string> {
  const { title, severity, lead, aware, findings, seeds, guesses } = opening;
  if (title.trim() === '' || said.by.trim() === '')
    return fail('bad_input', 'A case has a title, and somebody opens it.', 'Give both.');
  // Nobody else writes: the next line is the one after the last.
  const id = caseIdOf(book.refresh(writer).last + 1);
  const keys = findings.flatMap(({ entryKeys }) => entryKeys);
  const entries = keys.length === 0 ? [] : [...writer.identities(listed(keys))];
  const filed =
    findings.length === 0
      ? null
      : decisionLines(findings as readonly Finding[], 'filed', null, { ...said, reason: `${id} ${title}` }, said.at);
  if (filed !== null && !filed.ok) return filed;
  const pinned = entries.map((entry) => ({ ...entry, ...(guesses.get(entry.key) ?? NOTHING) }));
  const written = writer.appendJournal([
    caseLine(CASE_LINES.opened, '', said, { title: title.trim(), severity, lead, aware }),
    ...(findings.length === 0
      ? []
      : [caseLine(CASE_LINES.filed, id, said, { findings: findings.map((one) => one.id) })]),
    ...inParts(pinned).map(({ items, ...part }) =>
      caseLine(CASE_LINES.pinned, id, said, { ...part, entries: [...items] }),
    ),
    ...(seeds.length === 0 ? [] : [caseLine(CASE_LINES.seeds, id, said, { seeds: [...seeds], set: true })]),
    ...(filed?.value ?? []),
  ]);
  if (!written.ok) return written;
  book.refresh(writer);
  return ok(caseIdOf(written.value[0] ?? 0));
}

const NOTHING = { phase: null, technique: null };
