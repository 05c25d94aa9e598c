import { actorName, type Hit } from '../rule.ts';
import type { Subject } from '../subject.ts';
import type { EntryRule } from './compiled-rule.ts';
import { type Correlator, correlator } from './correlate.ts';
import type { RuleSet } from './rule-set.ts';
import { sentenceOf } from './sentence.ts';

/** Something that judges entries of an action. */
export type Judge = { readonly rule: string; see(subject: Subject): void };

/** A rule set at work over entries in order of time. */
export type RuleSetRun = {
  /** Whether entries of an action can match anything beyond what the action alone decides. */
  needsMetadata(action: string): boolean;
  /** What is to be shown the entries of an action; most everyday actions need nothing. */
  judges(action: string): readonly Judge[];
  /** What was noticed up to here, with what is still going on. */
  hits(): readonly Hit[];
  fork(): RuleSetRun;
};

/** Starts the rules. `wanted` says which rules' findings are asked for. */
export function runRules(rules: RuleSet, zone: string, wanted: (id: string) => boolean): RuleSetRun {
  const correlations = rules.correlations.filter((rule) => rule.info.enabled && wanted(rule.info.id));
  const emits = (rule: EntryRule) => rule.info.enabled && wanted(rule.info.id) && !rules.silent.has(rule.info.id);
  const heard = new Set(correlations.flatMap((rule) => rule.of));
  const working = rules.entryRules
    .filter((rule) => emits(rule) || heard.has(rule.info.id))
    .map((rule) => ({ rule, emits: emits(rule) }));
  const fixed: Fixed = { working, zone, of: correlations.map((rule) => rule.of) };
  return begin(
    fixed,
    correlations.map((rule) => correlator(rule, zone)),
    [],
  );
}

type Fixed = {
  readonly working: readonly { readonly rule: EntryRule; readonly emits: boolean }[];
  readonly zone: string;
  /** The rules that each correlation listens to. */
  readonly of: readonly (readonly string[])[];
};

function begin(fixed: Fixed, correlators: readonly Correlator[], noticed: Hit[]): RuleSetRun {
  const { working, zone, of } = fixed;
  const listenersOf = (id: string) => correlators.filter((_one, i) => of[i]?.includes(id));
  const tell = (rule: EntryRule, subject: Subject): void => {
    const { row } = subject;
    noticed.push({
      rule: rule.info,
      entries: [row],
      severity: rule.info.severity,
      actor: row.actor === null ? null : actorName(row),
      address: row.address,
      why: sentenceOf(rule, [row], subject, zone),
      novelty: rule.novelty,
    });
  };
  return {
    needsMetadata: (action) =>
      working.some(({ rule }) => rule.onAction(action) !== false && rule.needsMetadata(action)),
    judges: (action) =>
      working.flatMap(({ rule, emits }): Judge[] => {
        const verdict = rule.onAction(action);
        if (verdict === false) return [];
        const listeners = listenersOf(rule.info.id);
        const { id } = rule.info;
        return [
          {
            rule: id,
            see(subject) {
              if (verdict === null && !rule.matches(subject)) return;
              for (const one of listeners) one.take(id, subject);
              if (emits) tell(rule, subject);
            },
          },
        ];
      }),
    hits: () => [...noticed, ...correlators.flatMap((one) => one.hits())],
    fork: () =>
      begin(
        fixed,
        correlators.map((one) => one.fork()),
        [...noticed],
      ),
  };
}
