import { actorName, type Hit } from '../rule.ts';
import type { Stopwatch } from '../stopwatch.ts';
import type { Subject } from '../subject.ts';
import type { EntryRule } from './compile.ts';
import { type Correlator, correlator } from './correlate.ts';
import type { RuleSet } from './rule-set.ts';
import { sentenceOf } from './sentence.ts';

/** A rule set at work over entries in order of time. */
export type RuleSetRun = {
  /** Whether entries of an action can match anything beyond what the action alone decides. */
  needsMetadata(action: string): boolean;
  /** Takes the next entry; each rule is timed where a watch is given. */
  see(subject: Subject, watch?: Stopwatch): void;
  finish(): readonly Hit[];
};

type Candidate = {
  readonly rule: EntryRule;
  readonly emits: boolean;
  readonly listeners: readonly Correlator[];
  /** Whether the action alone says that the rule matches. */
  readonly decided: boolean;
};

/** Starts the rules. `wanted` names those whose findings are asked for; null is all. */
export function runRules(rules: RuleSet, zone: string, wanted: ((id: string) => boolean) | null): RuleSetRun {
  const asked = (id: string) => wanted === null || wanted(id);
  const correlations = rules.correlations.filter((rule) => rule.info.enabled && asked(rule.info.id));
  const listeners = new Map<string, Correlator[]>();
  const correlators = correlations.map((rule) => {
    const started = correlator(rule, zone);
    for (const name of new Set(rule.of)) listeners.set(name, [...(listeners.get(name) ?? []), started]);
    return started;
  });
  const emits = (rule: EntryRule) => rule.info.enabled && asked(rule.info.id) && !rules.silent.has(rule.info.id);
  const working = rules.entryRules
    .filter((rule) => emits(rule) || listeners.has(rule.info.id))
    .map((rule) => ({ rule, emits: emits(rule), listeners: listeners.get(rule.info.id) ?? [] }));
  // Most entries are of a few everyday actions that no rule is about: one look-up decides for them.
  const byAction = new Map<string, Candidate[]>();
  const candidates = (action: string) => {
    let found = byAction.get(action);
    if (found === undefined) {
      found = working.flatMap((one) => {
        const verdict = one.rule.onAction(action);
        return verdict === false ? [] : [{ ...one, decided: verdict === true }];
      });
      if (byAction.size > 50_000) byAction.clear();
      byAction.set(action, found);
    }
    return found;
  };
  const hits: Hit[] = [];
  const judge = ({ rule, decided, emits: tells, listeners: waiting }: Candidate, subject: Subject): void => {
    if (!decided && !rule.matches(subject)) return;
    for (const one of waiting) one.take(rule.info.id, subject);
    if (!tells) return;
    const { row } = subject;
    hits.push({
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
    needsMetadata: (action) => candidates(action).some(({ rule }) => rule.needsMetadata(action)),
    see(subject, watch) {
      for (const one of candidates(subject.row.action)) {
        if (watch) watch.time(one.rule.info.id, () => judge(one, subject));
        else judge(one, subject);
      }
    },
    finish: () => [...hits, ...correlators.flatMap((one) => one.finish())],
  };
}
