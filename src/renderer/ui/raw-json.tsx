import { useMemo } from 'react';
import { indentJson } from '../lib/json-text.ts';
import s from './raw-json.module.css';
import { SafeText } from './safe-text.tsx';

/** Longest raw text shown, UTF-16 units; copying gives all of it. */
const MOST = 60_000;

/** A payload as received: indented for reading, its tokens untouched; or, where it is no JSON, as it is. */
export function RawJson({ text, indented, label }: { text: string; indented: boolean; label: string }) {
  const pieces = useMemo(() => (indented && text.length <= MOST ? indentJson(text) : null), [text, indented]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className={s.json} tabIndex={0} aria-label={label}>
      {pieces ? (
        pieces.map((piece, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces are positions in one text
          <span key={i} data-kind={piece.kind}>
            {piece.kind === 'space' ? piece.text : <SafeText text={piece.text} max={20_000} multiline />}
          </span>
        ))
      ) : (
        <SafeText text={text} max={MOST} multiline />
      )}
    </section>
  );
}
