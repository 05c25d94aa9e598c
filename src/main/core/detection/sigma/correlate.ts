import type { EntryRow } from '../../../../shared/entry.ts';
import { actorName, type Hit } from '../rule.ts';
import { actorKey, fieldNamed, type Subject } from '../subject.ts';
import type { CorrelationRule } from './compile.ts';
import { sentenceOf } from './sentence.ts';
import { type Match, SlidingWindow } from './window.ts';

type Group = {
  window: SlidingWindow;
  open: { entries: EntryRow[]; keys: Set<number>; subject: Subject; values: number } | null;
};

/** One correlation at work: takes matches of its rules in order of time. */
export type Correlator = { take(ruleName: string, subject: Subject): void; finish(): readonly Hit[] };

// A window is thrown away when nothing has come for so many groups; a stranger can name endless accounts.
const MOST_GROUPS = 200_000;

/** Starts a correlation. As the Sigma correlation specification 2.0, with windows that slide. */
export function correlator(rule: CorrelationRule, zone: string): Correlator {
  const groups = new Map<string, Group>();
  const hits: Hit[] = [];
  const readValue = (name: string, ruleName: string, subject: Subject): string | null => {
    const field = fieldNamed(rule.aliases.get(name)?.get(ruleName) ?? name);
    const value = field?.get(subject)[0] ?? null;
    return value === null ? null : String(value);
  };
  const close = (group: Group): void => {
    if (group.open === null) return;
    const { entries, subject, values } = group.open;
    group.open = null;
    const actors = new Set(entries.map(actorKey));
    const addresses = new Set(entries.map((row) => row.address));
    hits.push({
      rule: rule.info,
      entries,
      severity: rule.info.severity,
      actor: actors.size === 1 && entries[0]?.actor ? actorName(entries[0]) : null,
      address: addresses.size === 1 ? (entries[0]?.address ?? null) : null,
      why: sentenceOf(rule, entries, subject, zone, values),
      novelty: false,
    });
  };
  const reached = (group: Group, ruleName: string): readonly Match[] | null => {
    const { window } = group;
    switch (rule.type) {
      case 'event_count':
        return rule.condition?.holds(window.size) ? window.matches : null;
      case 'value_count':
        return rule.condition?.holds(window.distinctValues) ? window.matches : null;
      case 'temporal':
        return window.distinctRules === new Set(rule.of).size ? window.matches : null;
      case 'temporal_ordered':
        return ruleName === rule.of.at(-1) && window.distinctRules === new Set(rule.of).size
          ? chain(window.matches, rule.of)
          : null;
    }
  };
  return {
    take(ruleName, subject) {
      const parts = rule.groupBy.map((name) => readValue(name, ruleName, subject));
      if (parts.includes(null)) return;
      const key = JSON.stringify(parts);
      let group = groups.get(key);
      // What comes before the first of an order cannot be part of it.
      if (group === undefined && rule.type === 'temporal_ordered' && ruleName !== rule.of[0]) return;
      if (group === undefined) {
        if (groups.size >= MOST_GROUPS) forgetOld(groups, subject.row.ts - rule.timespanMs, close);
        group = { window: new SlidingWindow(rule.timespanMs), open: null };
        groups.set(key, group);
      }
      const last = group.window.last;
      if (last !== null && subject.row.ts - last > rule.timespanMs) close(group);
      const field = rule.condition?.field ?? null;
      group.window.add({
        row: subject.row,
        rule: ruleName,
        value: field === null ? null : readValue(field, ruleName, subject),
      });
      // Once an attack is on, every further match belongs to it until a pause as long as the window.
      const matches = group.open !== null ? [{ row: subject.row }] : reached(group, ruleName);
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
    finish() {
      for (const group of groups.values()) close(group);
      return hits;
    },
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
