import { useMemo, useState } from 'react';
import { indentJson } from '../../lib/json-text.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './drawer.module.css';
import { Raw } from './drawer-raw.tsx';
import { Section } from './drawer-section.tsx';
import { lineDifference, nearChanges } from './line-difference.ts';

const AROUND = 1;
const SIGNS = { same: ' ', before: '−', after: '+' } as const;
const SAID = { same: '', before: 'before: ', after: 'after: ' } as const;

const indented = (text: string): string =>
  indentJson(text)
    ?.map((piece) => piece.text)
    .join('') ?? text;

type Props = { readonly title: string; readonly before: string; readonly after: string };

/** What came later under the same id: what of it is different, and on request the whole of it. */
export function VersionChange({ title, before, after }: Props) {
  const [whole, setWhole] = useState(false);
  const lines = useMemo(() => lineDifference(indented(before), indented(after)), [before, after]);
  if (whole || lines === null) return <Raw title={title} text={after} />;
  const shown = nearChanges(lines, AROUND);
  return (
    <Section
      title={title}
      action={
        <button type="button" className={s.link} onClick={() => setWhole(true)}>
          Show all of it
        </button>
      }
    >
      {lines.every((line) => line.kind === 'same') ? (
        <p className={s.quiet}>Only spaces and line breaks differ.</p>
      ) : (
        <ol className={s.difference} aria-label="What is different">
          {shown.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are positions in one text
            <li key={i} data-kind={line?.kind}>
              {line === null ? (
                '…'
              ) : (
                <>
                  <span aria-hidden>{SIGNS[line.kind]} </span>
                  <span className={s.unseen}>{SAID[line.kind]}</span>
                  <SafeText text={line.text} max={2_000} />
                </>
              )}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
