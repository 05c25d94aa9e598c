import type { Json } from '../../../shared/entry.ts';
import type { RuleInfo } from '../../../shared/finding.ts';
import type { TriagedFinding } from '../../../shared/triage.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { QueryPlan } from '../search/plan.ts';
import { unguessableIds } from './guessing.ts';
import { createPseudonyms, isPersonTarget } from './pseudonyms.ts';
import type { Redaction } from './redact.ts';

/** How what is told beside entries is redacted. */
export type ShownRedacted = Redaction & {
  text(text: string): string;
  rule(rule: RuleInfo): RuleInfo;
  finding(finding: TriagedFinding): TriagedFinding;
};

const SAMPLE = 2_000;

/** How one archive's entries are pseudonymised; the keys are made from the one it signs with, and never leave it. */
export function redactionOf(reader: ArchiveReader, plan: QueryPlan): ShownRedacted {
  const people = [
    ...reader.tuples('actor').flatMap((one) => one ?? []),
    ...reader
      .tuples('target')
      .flatMap((one) => (one !== null && isPersonTarget(one) ? [{ id: one.id, name: one.name, email: null }] : [])),
  ];
  const pseudonyms = createPseudonyms(reader.keyFor('logbook pseudonyms/1')!, people);
  const ids: string[] = [];
  for (const { id } of reader.rows(plan, 'newer')) if (ids.push(id) >= SAMPLE) break;
  return {
    pseudonyms,
    saltKey: reader.keyFor('logbook field salts/1')!,
    mayTellLeaf: unguessableIds(ids),
    text: pseudonyms.text,
    rule: (rule) => ({ ...rule, title: pseudonyms.text(rule.title), description: pseudonyms.text(rule.description) }),
    finding(finding) {
      const { state, actor, address, why, signals, against } = finding;
      // A sentence may name an entry.
      const words = (text: string): string =>
        pseudonyms.text(finding.entryIds.reduce((all, id) => all.replaceAll(id, pseudonyms.entry(id)), text));
      const shown = <T>(value: T): T => everyText(value as Json, words) as T;
      const by = (name: string): string => pseudonyms.person({ id: null, name, email: null }) ?? '';
      const decided = <D extends { readonly by: string }>(decision: D): D => ({
        ...shown(decision),
        by: by(decision.by),
      });
      return {
        ...finding,
        ...shown({ actor, address, why, against }),
        signals: signals?.map((one) => ({ ...one, ...shown({ why: one.why, figures: one.figures }) })),
        entryIds: finding.entryIds.map(pseudonyms.entry),
        // Where an address is would tell of what its token hides.
        place: null,
        state: {
          ...shown(state),
          decision: state.decision === null ? null : decided(state.decision),
          history: state.history.map(decided),
        },
      };
    },
  };
}

function everyText(value: Json, replace: (text: string) => string): Json {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((one) => everyText(one as Json, replace));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, everyText(one as Json, replace)]));
  return value;
}
