import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { BackTest } from '../../../shared/detection-contract.ts';

type Problem = BackTest['problems'][number];

/**
 * Where a problem is marked. The validator names the line; within it, what its sentence quotes is marked where it can be
 * found, else the whole line. Lines that the text no longer has count as its last.
 */
export function diagnosticOf(problem: Problem, doc: Text): Diagnostic {
  const line = doc.line(Math.min(Math.max(1, problem.line), doc.lines));
  const quoted = [...problem.reason.matchAll(/[“"'‘`]([^”"'’`]+)[”"'’`]/gu)].map((found) => found[1] ?? '');
  const at = quoted.map((text) => ({ text, i: line.text.indexOf(text) })).find(({ text, i }) => text !== '' && i >= 0);
  const indent = line.text.length - line.text.trimStart().length;
  const from = line.from + (at ? at.i : indent);
  const to = at ? from + at.text.length : line.to;
  return { from, to: Math.max(from, to), severity: 'error', message: problem.reason };
}

/** Line and column, both from 1, of what a problem marks. */
export function placeOf(problem: Problem, doc: Text): { readonly line: number; readonly column: number } {
  const { from } = diagnosticOf(problem, doc);
  const line = doc.lineAt(from);
  return { line: line.number, column: from - line.from + 1 };
}
