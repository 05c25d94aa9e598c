import type { EntryRow } from '../../../../shared/entry.ts';
import { clockText, spanText } from '../clock-text.ts';
import { actorName } from '../rule.ts';
import { actorKey, type Subject } from '../subject.ts';
import type { CompiledRule } from './compiled-rule.ts';

/** What a rule's sentence may say: the names in braces of its `why`. */
export const PLACES = [
  'actor',
  'actors',
  'target',
  'address',
  'from',
  'to',
  'action',
  'time',
  'count',
  'span',
  'values',
] as const;

/** The sentence of a finding: the rule's own `why` with its places filled. */
export function sentenceOf(
  rule: CompiledRule,
  entries: readonly EntryRow[],
  subject: Subject,
  zone: string,
  values = 0,
): string {
  const [first] = entries as [EntryRow];
  const last = entries.at(-1) ?? first;
  const actors = new Set(entries.map((row) => actorKey(row) ?? row.target?.name ?? ''));
  const fill: Readonly<Record<(typeof PLACES)[number], () => string>> = {
    actor: () => actorName(last),
    actors: () => String(actors.size),
    target: () => last.target?.name ?? last.target?.id ?? 'something unnamed',
    address: () => last.address ?? 'an unknown address',
    from: () => subject.reading.from ?? 'something not told',
    to: () => subject.reading.to ?? 'something not told',
    action: () => last.action,
    time: () => `${clockText(last.ts, zone)} (${zone})`,
    count: () => String(entries.length),
    span: () => spanText(last.ts - first.ts),
    values: () => String(values),
  };
  const template =
    rule.why ??
    (entries.length > 1
      ? `${rule.info.title}: {count} entries in {span}, the last {time} by {actor}`
      : `${rule.info.title}: {actor}, {action}, {time}`);
  const text = template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(fill, name) ? fill[name as keyof typeof fill]() : whole,
  );
  return text.endsWith('.') ? text : `${text}.`;
}
