import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../../shared/errors.ts';
import { shippedResource } from '../../files/shipped-resource.ts';
import { compileRule } from './compile.ts';
import type { CompiledRule, CorrelationRule, EntryRule } from './compiled-rule.ts';
import { documentsOf, type RuleProblem, RuleProblemError } from './rule-file.ts';

/** Compiled rules that belong together. */
export type RuleSet = {
  readonly entryRules: readonly EntryRule[];
  readonly correlations: readonly CorrelationRule[];
  /** Names of rules that only feed correlations and are no finding themselves. */
  readonly silent: ReadonlySet<string>;
};

export type RuleFile = { readonly file: string; readonly text: string };

const MOST_FILES = 2_000;

/** Compiles rule files together with rules known already. Every file that cannot be used is a problem of its own. */
export function compileRules(
  files: readonly RuleFile[],
  before: RuleSet = NO_RULES,
): { readonly rules: RuleSet; readonly problems: readonly RuleProblem[] } {
  const problems: RuleProblem[] = [];
  const compiled: CompiledRule[] = [];
  const taken = new Map<string, CompiledRule>();
  for (const rule of [...before.entryRules, ...before.correlations])
    for (const name of namesOf(rule)) taken.set(name, rule);
  const guarded = (file: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (error instanceof RuleProblemError) problems.push(error.problem);
      else
        problems.push({
          file,
          rule: null,
          line: 1,
          reason: `not usable: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown reason'}`,
        });
    }
  };
  for (const { file, text } of files) {
    guarded(file, () => {
      for (const document of documentsOf(file, text)) {
        const rule = compileRule(document);
        for (const name of namesOf(rule)) {
          if (taken.has(name)) document.stop(document.root, `the name “${name}” is taken by another rule`);
          taken.set(name, rule);
        }
        compiled.push(rule);
      }
    });
  }
  const correlations: CorrelationRule[] = [...before.correlations];
  const silent = new Set(before.silent);
  for (const rule of compiled) {
    if (rule.kind !== 'correlation') continue;
    guarded(rule.document.file, () => {
      for (const name of rule.of) {
        const other = taken.get(name);
        if (other === undefined)
          rule.document.stop(rule.document.root, `the correlation uses the rule “${name}”, which is not there`);
        else if (other.kind === 'correlation')
          rule.document.stop(
            rule.document.root,
            `“${name}” is itself a correlation: chains of correlations are not supported`,
          );
      }
      correlations.push(resolved(rule, taken));
      const generates =
        (rule.document.root.get('correlation') as { get(name: string): unknown }).get('generate') === true;
      if (!generates) for (const name of rule.of) silent.add(taken.get(name)?.info.id ?? name);
    });
  }
  const entryRules = [...before.entryRules, ...compiled.filter((rule) => rule.kind === 'entry')];
  for (const rule of entryRules) if (rule.hidden) silent.add(rule.info.id);
  return { rules: { entryRules, correlations, silent }, problems };
}

const NO_RULES: RuleSet = { entryRules: [], correlations: [], silent: new Set() };

function namesOf(rule: CompiledRule): readonly string[] {
  return [...new Set([rule.info.id, ...(rule.uuid === null ? [] : [rule.uuid])])];
}

// Correlations may name a rule by its UUID; from here on it goes by its name.
function resolved(rule: CorrelationRule, taken: ReadonlyMap<string, CompiledRule>): CorrelationRule {
  const nameOf = (name: string) => taken.get(name)?.info.id ?? name;
  const aliases = new Map(
    [...rule.aliases].map(([alias, fields]) => [
      alias,
      new Map([...fields].map(([name, field]) => [nameOf(name), field])),
    ]),
  );
  return { ...rule, of: rule.of.map(nameOf), aliases };
}

/** Reads the `.yml` and `.yaml` files of a folder, in order of name. `not_found` where there is no such folder. */
export function readRuleFolder(folder: string): Result<readonly RuleFile[]> {
  try {
    if (!statSync(folder).isDirectory()) return notThere(folder);
    const names = readdirSync(folder)
      .filter((name) => /\.ya?ml$/i.test(name))
      .sort();
    return ok(
      names.slice(0, MOST_FILES).map((name) => ({ file: name, text: readFileSync(join(folder, name), 'utf8') })),
    );
  } catch {
    return notThere(folder);
  }
}

function notThere(folder: string) {
  return fail('not_found', `The rules folder ${folder} could not be read.`, 'Name a folder that holds .yml files.');
}

let shipped: Result<RuleSet> | null = null;

/** The rules that come with Logbook, compiled once. */
export function shippedRules(): Result<RuleSet> {
  shipped ??= loadShipped();
  return shipped;
}

function loadShipped(): Result<RuleSet> {
  const folder = shippedFolder();
  if (folder === null)
    return fail(
      'not_found',
      'Logbook’s own rules could not be found.',
      'Restore resources/rules, or install Logbook again.',
    );
  const files = readRuleFolder(folder);
  if (!files.ok) return files;
  const { rules, problems } = compileRules(files.value);
  return problems[0] ? refused(problems) : ok(rules);
}

/** The folder of the rules that come with Logbook. */
export function shippedFolder(): string | null {
  return shippedResource('rules');
}

/** Rules of one's own, on top of the shipped ones. `bad_input` names file, rule, line and reason. */
export function rulesWith(folder: string | null): Result<RuleSet> {
  const base = shippedRules();
  if (!base.ok || folder === null) return base;
  const files = readRuleFolder(folder);
  if (!files.ok) return files;
  const { rules, problems } = compileRules(files.value, base.value);
  return problems.length > 0 ? refused(problems) : ok(rules);
}

/** `file.yml, line 12, rule “x”: reason`. */
export function problemText({ file, rule, line, reason }: RuleProblem): string {
  return `${file}, line ${line}${rule === null ? '' : `, rule “${rule}”`}: ${reason}`;
}

function refused(problems: readonly RuleProblem[]) {
  return fail(
    'bad_input',
    problems.map(problemText).join('\n'),
    'Correct the rule, or take the file out of the folder.',
  );
}
