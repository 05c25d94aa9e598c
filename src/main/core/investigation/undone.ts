import { CASE_LINES, type ReadLine } from './case-lines.ts';

/** Lines that nothing takes back: what was opened, moved on, written outside, or seen by Logbook. */
const LASTING: ReadonlySet<string> = new Set([
  CASE_LINES.opened,
  CASE_LINES.status,
  CASE_LINES.seen,
  CASE_LINES.exported,
  CASE_LINES.filed,
]);

/** The lines that stand, in order: those taken back by a line that itself stands are left out, as are lines that take back. */
export function standingLines(lines: readonly ReadLine[]): readonly ReadLine[] {
  const gone = undoneSeqs(lines);
  return lines.filter((line) => line.kind !== CASE_LINES.undone && !gone.has(line.seq));
}

/** Numbers of the lines that are taken back. What was done in one go in several lines is taken back whole. */
export function undoneSeqs(lines: readonly ReadLine[]): ReadonlySet<number> {
  const gone = new Set<number>();
  const bySeq = new Map(lines.map((line) => [line.seq, line]));
  // From the newest back: whether a line stands is known before what it takes back is looked at.
  for (const line of lines.toReversed()) {
    if (line.kind !== CASE_LINES.undone || gone.has(line.seq)) continue;
    const target = bySeq.get(line.body.line);
    if (target === undefined || target.seq >= line.seq || LASTING.has(target.kind)) continue;
    for (const seq of together(target)) gone.add(seq);
  }
  return gone;
}

/** Whether a line is one that can be taken back. */
export function canBeUndone(line: ReadLine): boolean {
  return !LASTING.has(line.kind);
}

/** The lines that were written in one go with this one. */
export function together(line: ReadLine): readonly number[] {
  const { part, parts } = 'parts' in line.body ? line.body : { part: 0, parts: 1 };
  return Array.from({ length: parts }, (_none, i) => line.seq - part + i);
}
