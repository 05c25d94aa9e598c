import type { z } from 'zod';
import { fail, ok, type Result } from '../../../../shared/errors.ts';
import type { Finding } from '../../../../shared/finding.ts';
import type { SuppressionScope, TriagedFinding, Verdict } from '../../../../shared/triage.ts';
import type { JournalReader, JournalWriter, NewJournalLine } from '../../archive/journal.ts';
import { type BODIES, KINDS, readRegister, suppressionId } from './register.ts';
import { standing } from './state.ts';
import { isScopeAddress } from './suppress.ts';

/** Who says something, why, and when (milliseconds UTC). */
export type Word = { readonly by: string; readonly reason: string; readonly at: number };

/** The part of a writer that decisions need. */
export type DecisionWriter = Pick<JournalReader, 'journal'> & Pick<JournalWriter, 'appendJournal'>;

/**
 * The lines of a decision on findings as they are now. `bad_input` where no reason or name is given, or where an
 * acceptance or a delay has no end in the future (`now`) or another verdict has one.
 */
export function decisionLines(
  findings: readonly Finding[],
  verdict: Exclude<Verdict, 'undone'>,
  expires: number | null,
  word: Word,
  now: number,
): Result<readonly NewJournalLine[]> {
  const said = checkWord(word);
  if (!said.ok) return said;
  const ends = verdict === 'accepted' || verdict === 'postponed';
  if (ends && (expires === null || expires <= now))
    return fail(
      'bad_input',
      `A ${verdict === 'accepted' ? 'risk is accepted' : 'finding is put off'} until a date in the future.`,
      'Give the date on which to look again.',
    );
  if (!ends && expires !== null)
    return fail(
      'bad_input',
      'Only an acceptance or a delay ends by itself.',
      'Leave out the date, or accept the finding.',
    );
  return ok(findings.map((finding) => line(finding, verdict, expires, word)));
}

/** The lines that take back the last word that stands. `bad_input` where a finding has none. */
export function undoLines(findings: readonly TriagedFinding[], word: Word): Result<readonly NewJournalLine[]> {
  const said = checkWord(word);
  if (!said.ok) return said;
  const without = findings.find((finding) => standing(finding.state.history).length === 0);
  if (without)
    return fail('bad_input', `Nothing was decided about ${without.id}.`, 'There is nothing to take back on it.');
  return ok(findings.map((finding) => line(finding, 'undone', null, word)));
}

/** Begins a suppression; its id. `bad_input` where the address is none or the end is not in the future (`now`). */
export function beginSuppression(
  writer: DecisionWriter,
  scope: SuppressionScope & { readonly until: number },
  word: Word,
  now: number,
): Result<string> {
  const said = checkWord(word);
  if (!said.ok) return said;
  if (scope.address !== null && !isScopeAddress(scope.address))
    return fail(
      'bad_input',
      `“${scope.address}” is not an address or a network.`,
      'Write it as 203.0.113.7 or 203.0.113.0/24.',
    );
  if (scope.until <= now)
    return fail('bad_input', 'A suppression needs an end in the future.', 'Give the date on which to look again.');
  const { rule, ...rest } = scope;
  const written = writer.appendJournal([lineOf(KINDS.suppression, rule, word, { ...rest, reason: word.reason })]);
  return written.ok ? ok(suppressionId(written.value[0] ?? 0)) : written;
}

/** Ends a suppression before its time. `not_found` where there is none of that id, `bad_input` where it ended already. */
export function endSuppression(writer: DecisionWriter, id: string, isVoid: boolean, word: Word): Result<void> {
  const said = checkWord(word);
  if (!said.ok) return said;
  const begun = readRegister(writer).suppressions.find((one) => one.id === id);
  if (begun === undefined) return fail('not_found', `There is no suppression ${id}.`, 'Look at the list again.');
  if (begun.ended !== null)
    return fail('bad_input', `The suppression ${id} was ended already.`, 'Nothing is to be done.');
  const written = writer.appendJournal([lineOf(KINDS.suppressionEnd, id, word, { reason: word.reason, void: isVoid })]);
  return written.ok ? ok(undefined) : written;
}

/** Turns a rule off or on. */
export function switchRule(writer: DecisionWriter, rule: string, enabled: boolean, word: Word): Result<void> {
  const said = checkWord(word);
  if (!said.ok) return said;
  const written = writer.appendJournal([lineOf(KINDS.ruleSwitch, rule, word, { enabled, reason: word.reason })]);
  return written.ok ? ok(undefined) : written;
}

/** A line of the journal with a body of its kind. */
export function lineOf<K extends keyof typeof BODIES>(
  kind: K,
  subject: string,
  word: Word,
  body: z.input<(typeof BODIES)[K]>,
): NewJournalLine {
  return { kind, subject, at: word.at, by: word.by.trim(), body: JSON.stringify(body) };
}

/** `bad_input` where a word has no name or no reason. */
export function checkWord({ by, reason }: Word): Result<void> {
  if (by.trim() === '') return fail('bad_input', 'A decision names who made it.', 'Give your name.');
  if (reason.trim() === '') return fail('bad_input', 'A decision gives its reason.', 'Say in a few words why.');
  return ok(undefined);
}

function line(finding: Finding, verdict: Verdict, expires: number | null, word: Word): NewJournalLine {
  return lineOf(KINDS.decision, finding.id, word, {
    verdict,
    reason: word.reason.trim(),
    expires,
    entries: finding.entryIds.length,
    last: finding.last,
    anchor: finding.entryIds[0] ?? '',
  });
}
