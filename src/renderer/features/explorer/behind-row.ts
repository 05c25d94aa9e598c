import type { FindingBrief } from '../../../shared/detection-contract.ts';
import type { EntryLine } from '../../../shared/entry.ts';
import { rank } from '../../../shared/finding.ts';
import type { EntryMarks } from '../../../shared/marks-contract.ts';
import type { PickedPart } from './entry-row.tsx';
import type { Repeated } from './repeats.tsx';
import type { Picked } from './use-picked.ts';

// What a row shows of all the entries that it stands for: nothing of them is hidden by being folded.

const told = new WeakMap<EntryLine, readonly [folded: Repeated, open: Repeated]>();

/** The words of a line of repeats, the same object as long as the line is the same: a row that says nothing new is not drawn. */
export function repeatedOf(line: EntryLine | null, open: boolean): Repeated | null {
  if (line === null || line.run === null) return null;
  const { keys, since } = line.run;
  const known = told.get(line) ?? [
    { length: keys.length, since, open: false },
    { length: keys.length, since, open: true },
  ];
  told.set(line, known);
  return known[open ? 1 : 0];
}

export function pickedPart(keys: readonly number[], picked: Picked): PickedPart {
  if (!picked.any) return 'none';
  const count = keys.reduce((sum, key) => sum + Number(picked.has(key)), 0);
  return count === 0 ? 'none' : count === keys.length ? 'all' : 'some';
}

/** The gravest finding that any of the entries is in. */
export function worstOf(
  keys: readonly number[],
  findings: ReadonlyMap<number, readonly FindingBrief[]>,
): FindingBrief | null {
  let worst: FindingBrief | null = null;
  for (const key of keys) {
    const own = findings.get(key)?.[0];
    if (own && (worst === null || rank(own.severity) < rank(worst.severity))) worst = own;
  }
  return worst;
}

/** What was put beside any of the entries. */
export function marksOf(keys: readonly number[], marks: ReadonlyMap<number, EntryMarks>): EntryMarks | null {
  if (marks.size === 0) return null;
  const those = keys.flatMap((key) => marks.get(key) ?? []);
  const [first] = those;
  if (!first || those.length === 1) return first ?? null;
  const tags = new Map(those.flatMap((one) => one.tags).map((tag) => [tag.tag, tag]));
  return {
    key: first.key,
    tags: [...tags.values()],
    pin: those.find((one) => one.pin)?.pin ?? null,
    notes: those.flatMap((one) => one.notes),
  };
}
