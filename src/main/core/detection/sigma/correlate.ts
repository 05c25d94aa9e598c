import type { EntryRow } from '../../../../shared/entry.ts';
import { forked } from '../forked.ts';
import { actorName, type Hit } from '../rule.ts';
import { actorKey, type Field, fieldNamed, type Subject } from '../subject.ts';
import type { CorrelationRule } from './compiled-rule.ts';
import { sentenceOf } from './sentence.ts';
import { type Match, SlidingWindow } from './window.ts';

type Group = {
  window: SlidingWindow;
  open: { entries: EntryRow[]; keys: Set<number>; subject: Subject; values: number } | null;
};

/** One correlation at work: takes matches of its rules in order of time. */
export type Correlator = {
  take(ruleName: string, subject: Subject): void;
  /** What was noticed up to here, with what is still going on. */
  hits(): readonly Hit[];
  fork(): Correlator;
};

// A window is thrown away when nothing has come for so many groups; a stranger can name endless accounts.
const MOST_GROUPS = 200_000;

type State = { readonly groups: Map<string, Group>; readonly over: Hit[] };

/** Starts a correlation. As the Sigma correlation specification 2.0, with windows that slide. */
export function correlator(rule: CorrelationRule, zone: string): Correlator {
  return begin({ rule, zone, reads: readsOf(rule), parts: new Set(rule.of).size }, { groups: new Map(), over: [] });
}

type Fixed = {
  readonly rule: CorrelationRule;
  readonly zone: string;
  /** By rule: the fields that group its matches, and the one whose values are counted. */
  readonly reads: ReadonlyMap<string, { readonly group: readonly (Field | null)[]; readonly counted: Field | null }>;
  readonly parts: number;
};

function readsOf(rule: CorrelationRule): Fixed['reads'] {
  const fieldOf = (name: string, of: string) => fieldNamed(rule.aliases.get(name)?.get(of) ?? name);
  const counted = rule.condition?.field ?? null;
  return new Map(
    rule.of.map((of) => [
      of,
      {
        group: rule.groupBy.map((name) => fieldOf(name, of)),
        counted: counted === null ? null : fieldOf(counted, of),
      },
    ]),
  );
}

function begin(fixed: Fixed, state: State): Correlator {
  const { rule, zone, reads } = fixed;
  const { groups, over } = state;
  const close = (group: Group): void => {
    if (group.open !== null) over.push(hitOf(rule, group.open, zone));
    group.open = null;
  };
  return {
    take(ruleName, subject) {
      const read = reads.get(ruleName);
      const key = read === undefined ? null : keyOf(read.group, subject);
      if (read === undefined || key === null) return;
      let group = groups.get(key);
      // What comes before the first of an order cannot be part of it.
      if (group === undefined && rule.type === 'temporal_ordered' && ruleName !== rule.of[0]) return;
      if (group === undefined) {
        if (groups.size >= MOST_GROUPS) forgetOld(groups, subject.row.ts - rule.timespanMs, close);
        group = { window: new SlidingWindow(rule.timespanMs, rule.type.startsWith('temporal')), open: null };
        groups.set(key, group);
      }
      const last = group.window.last;
      if (last !== null && subject.row.ts - last > rule.timespanMs) close(group);
      group.window.add({
        row: subject.row,
        rule: ruleName,
        value: read.counted === null ? null : textOf(read.counted, subject),
      });
      // Once an attack is on, every further match belongs to it until a pause as long as the window.
      const matches = group.open !== null ? [{ row: subject.row }] : reached(fixed, group.window, ruleName);
      if (matches === null) return;
      group.open ??= { entries: [], keys: new Set(), subject, values: 0 };
      for (const { row } of matches) {
        if (group.open.keys.has(row.key)) continue;
        group.open.keys.add(row.key);
        group.open.entries.push(row);
      }
      group.open.subject = subject;
      group.open.values = Math.max(group.open.values, group.window.distinctValues);
    },
    hits: () => [
      ...over,
      ...[...groups.values()].flatMap((group) => (group.open === null ? [] : hitOf(rule, group.open, zone))),
    ],
    fork: () => begin(fixed, forked(state)),
  };
}

function textOf(field: Field, subject: Subject): string | null {
  const value = field.get(subject)[0] ?? null;
  return value === null ? null : String(value);
}

// Null where a part has no value: what cannot be told apart is not grouped.
function keyOf(fields: readonly (Field | null)[], subject: Subject): string | null {
  let key = '';
  for (const field of fields) {
    const text = field === null ? null : textOf(field, subject);
    if (text === null) return null;
    key += `${text.length}:${text}`;
  }
  return key;
}

function reached({ rule, parts }: Fixed, window: SlidingWindow, ruleName: string): readonly Match[] | null {
  switch (rule.type) {
    case 'event_count':
      return rule.condition?.holds(window.size) ? window.matches : null;
    case 'value_count':
      return rule.condition?.holds(window.distinctValues) ? window.matches : null;
    case 'temporal':
      return window.distinctRules === parts ? window.matches : null;
    case 'temporal_ordered':
      return ruleName === rule.of.at(-1) && window.distinctRules === parts ? chain(window.matches, rule.of) : null;
  }
}

function hitOf(rule: CorrelationRule, open: NonNullable<Group['open']>, zone: string): Hit {
  const { subject, values } = open;
  const entries = [...open.entries];
  const actors = new Set(entries.map(actorKey));
  const addresses = new Set(entries.map((row) => row.address));
  return {
    rule: rule.info,
    entries,
    severity: rule.info.severity,
    actor: actors.size === 1 && entries[0]?.actor ? actorName(entries[0]) : null,
    address: addresses.size === 1 ? (entries[0]?.address ?? null) : null,
    why: sentenceOf(rule, entries, subject, zone, values),
    novelty: false,
  };
}

// The latest way to read the rules in their order, ending with the match that came last.
function chain(matches: readonly Match[], of: readonly string[]): readonly Match[] | null {
  let wanted = of.length - 1;
  for (let i = matches.length - 1; i >= 0; i--) {
    if (matches[i]?.rule !== of[wanted]) continue;
    if (wanted === 0) return matches.slice(i);
    wanted--;
  }
  return null;
}

function forgetOld(groups: Map<string, Group>, before: number, close: (group: Group) => void): void {
  for (const [key, group] of groups) {
    if ((group.window.last ?? 0) >= before) continue;
    close(group);
    groups.delete(key);
  }
}
