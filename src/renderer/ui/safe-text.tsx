import { Fragment, memo } from 'react';
import { fold } from '../../shared/text.ts';
import { cut, runsOf, visible } from '../lib/visible-text.ts';
import s from './marks.module.css';

type Props = {
  readonly text: string;
  /** Longest text put on the page, UTF-16 units; the rest is counted. */
  readonly max?: number;
  readonly words?: readonly string[];
  /** Prints line breaks and tabs as such. */
  readonly multiline?: boolean;
  /** A sentence of ours, whatever names stand in it: without this, a name at its beginning decides its direction. */
  readonly sentence?: boolean;
};

const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Text that came from outside: isolated, so that right-to-left names do not reorder their neighbours, with control and
 * bidirectional characters shown by code, and found words marked.
 */
export const SafeText = memo(function SafeText({
  text,
  max = 400,
  words = [],
  multiline = false,
  sentence = false,
}: Props) {
  const shown = cut(text, max);
  // Letters of ours reorder nothing, whatever stands beside them: where nothing is marked or cut off they go as they are. Most
  // text is such, and a list that is scrolled lays out hundreds in every frame.
  if (PLAIN.test(text) && shown.left === 0 && words.length === 0) return text;
  return (
    <bdi dir={sentence ? 'ltr' : undefined}>
      {runsOf(shown.text).map((run, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: runs are positions in one text
        <Fragment key={i}>
          {run.name === null ? (
            <Marked text={run.text} words={words} />
          ) : multiline && (run.text === '\n' || run.text === '\t') ? (
            run.text
          ) : (
            <span className={s.hidden} title={`Hidden character ${run.name}`}>
              {run.name}
            </span>
          )}
        </Fragment>
      ))}
      {shown.left > 0 && <span className={s.hidden}>+{shown.left} characters</span>}
    </bdi>
  );
});

function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text;
  const spans = matches(text, words);
  if (spans.length === 0) return text;
  const parts = [];
  let at = 0;
  for (const [from, to] of spans) {
    if (from > at) parts.push(text.slice(at, from));
    parts.push(
      <mark key={from} className={s.mark}>
        {text.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}

// Marking is decoration: where folding changes the length of the text, positions would be wrong and nothing is marked.
function matches(text: string, words: readonly string[]): [number, number][] {
  const folded = fold(text);
  if (folded.length !== text.length) return [];
  const found: [number, number][] = [];
  for (const word of words) {
    const wanted = fold(word);
    if (wanted === '') continue;
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
      found.push([at, at + wanted.length]);
    }
  }
  found.sort((a, b) => a[0] - b[0]);
  return found.filter(([from], i) => i === 0 || from >= (found[i - 1]?.[1] ?? 0));
}

/** For a tooltip: the same text, hidden characters by code. */
export function tooltipOf(text: string): string {
  return visible(cut(text, 400).text);
}
