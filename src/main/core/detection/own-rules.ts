import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { JournalReader } from '../archive/journal.ts';
import { codeInfos, infosOf, toldBy } from './catalogue.ts';
import type { RuleProblem } from './sigma/rule-file.ts';
import { compileRules, problemText, type RuleSet, rulesWith } from './sigma/rule-set.ts';
import { checkWord, type DecisionWriter, lineOf, type Word } from './triage/decide.ts';
import { KINDS, type OwnRule, type Register, readRegister } from './triage/register.ts';

/** Rules of which the archive's own are part; `problems` says which of them could not be used, a sentence each. */
export type ChosenRules = { readonly rules: RuleSet; readonly problems: readonly OwnProblem[] };
export type OwnProblem = { readonly rule: OwnRule; readonly sentence: string };

/**
 * The shipped rules, those of a folder, and those kept in the archive. A kept rule that cannot be used (any more) is told
 * as a problem and does not keep the others from running.
 */
export function chosenRules(register: Register, rulesFolder: string | null): Result<ChosenRules> {
  const base = rulesWith(rulesFolder);
  if (!base.ok) return base;
  let rules = base.value;
  const unusable: OwnProblem[] = [];
  for (const rule of register.ownRules) {
    const compiled = compileRules([fileOf(rule)], rules);
    const [problem] = compiled.problems;
    if (problem === undefined) rules = compiled.rules;
    else unusable.push({ rule, sentence: problemText(problem) });
  }
  return ok({ rules, problems: unusable });
}

/** What a text would be as a rule of one's own: what is wrong with it, or the rules it brings, on top of `rules`. */
export type Draft = {
  readonly problems: readonly RuleProblem[];
  readonly rules: RuleSet;
  /** Ids of what the text itself tells. */
  readonly ids: readonly string[];
};

/** Compiles a text as if it were kept; kept rules of the same names give way. */
export function draftOf(text: string, register: Register): Result<Draft> {
  const shipped = rulesWith(null);
  if (!shipped.ok) return shipped;
  const alone = compileRules([{ file: 'rule', text }], shipped.value);
  if (alone.problems.length > 0) return ok({ ...alone, ids: [] });
  const before = new Set(toldBy(shipped.value).map((info) => info.id));
  const told = toldBy(alone.rules).filter((info) => !before.has(info.id));
  const inCode = codeInfos().find((info) => told.some((one) => one.id === info.id));
  if (inCode)
    return ok({
      problems: [
        { file: 'rule', rule: inCode.id, line: 1, reason: `the name “${inCode.id}” is taken by another rule` },
      ],
      rules: shipped.value,
      ids: [],
    });
  const all = new Set([...alone.rules.entryRules, ...alone.rules.correlations].map((rule) => rule.info.id));
  const others = { ...register, ownRules: register.ownRules.filter((own) => !own.ids.some((id) => all.has(id))) };
  const rest = chosenRules(others, null);
  if (!rest.ok) return rest;
  const compiled = compileRules([{ file: 'rule', text }], rest.value.rules);
  return ok({ ...compiled, ids: told.map((info) => info.id) });
}

/** Keeps a text in the archive; the ids of its rules. `bad_input` with every problem where it cannot be used. */
export function saveRule(writer: DecisionWriter, text: string, word: Word): Result<readonly string[]> {
  const said = checkWord(word);
  if (!said.ok) return said;
  const draft = draftOf(text, readRegister(writer));
  if (!draft.ok) return draft;
  const { problems, ids } = draft.value;
  if (problems.length > 0)
    return fail('bad_input', problems.map(problemText).join('\n'), 'Correct the rule, then save it again.');
  const [first] = ids;
  if (first === undefined)
    return fail('bad_input', 'The text holds no rule that tells anything.', 'Write a rule that is not hidden.');
  const written = writer.appendJournal([
    lineOf(KINDS.ruleText, first, word, { text, ids: [...ids], reason: word.reason }),
  ]);
  return written.ok ? ok(ids) : written;
}

/** Takes a kept text out of use, by the id of one of its rules. `not_found` where no kept rule is called so. */
export function removeRule(writer: DecisionWriter, rule: string, word: Word): Result<void> {
  const said = checkWord(word);
  if (!said.ok) return said;
  if (!readRegister(writer).ownRules.some((own) => own.ids.includes(rule)))
    return fail(
      'not_found',
      `No rule of your own is called “${rule}”.`,
      'Rules that come with Logbook can be turned off.',
    );
  const written = writer.appendJournal([lineOf(KINDS.ruleRemoved, rule, word, { reason: word.reason })]);
  return written.ok ? ok(undefined) : written;
}

/** `bad_input` where no rule, shipped or kept, is called so. */
export function ruleIsKnown(reader: JournalReader, rule: string): Result<void> {
  const chosen = chosenRules(readRegister(reader), null);
  if (!chosen.ok) return chosen;
  return infosOf(chosen.value.rules).some((info) => info.id === rule)
    ? ok(undefined)
    : fail('bad_input', `There is no rule called “${rule}”.`, 'Choose one from the list.');
}

function fileOf(rule: OwnRule) {
  return { file: `your rule ${rule.ids[0] ?? ''}`, text: rule.text };
}
