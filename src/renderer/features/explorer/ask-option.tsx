import { Combobox } from '@mantine/core';
import type { Filter, FilterField } from '../../../shared/filter/filter.ts';
import { useZone } from '../../lib/app-state.ts';
import type { Asking } from '../../lib/ask.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { Key } from '../../ui/small.tsx';
import { wordsFor } from './chips.tsx';
import { rangeWords } from './range-words.ts';
import s from './suggestions.module.css';

/** The option's value among the others, which all hold a colon. */
export const ASK = 'ask';

/** What a question was understood as, to be taken as a whole; what was not understood is named. */
export function AskOption({ asking }: { asking: Asking }) {
  const zone = useZone();
  return (
    <Combobox.Option value={ASK} className={s.ask}>
      <span className={s.askHead}>
        <span>Ask</span>
        <span className={s.askText}>
          <SafeText text={asking.text.trim()} max={120} />
        </span>
        <Key>{asking.question ? 'Enter' : 'Tab'}</Key>
      </span>
      <span className={s.askChips}>
        {chipsOf(asking.filter, zone).map((chip) => (
          <span key={chip} className={s.askChip}>
            <SafeText text={chip} max={80} />
          </span>
        ))}
      </span>
      {asking.missed.length > 0 && (
        <span className={s.askMissed}>
          not understood: <SafeText text={asking.missed.map((word) => `“${word}”`).join(', ')} max={120} />
        </span>
      )}
    </Combobox.Option>
  );
}

// Alternatives of one field share a chip, so that a deed with many spellings stays one thought.
function chipsOf(filter: Filter, zone: string): string[] {
  const groups = new Map<FilterField, string[]>();
  const chips: string[] = [];
  for (const term of filter.terms) {
    const { lead, value } = wordsFor(term, zone);
    const known = groups.get(term.field);
    if (term.negated || value === '') chips.push(`${lead}${value}`);
    else if (known) known.push(value);
    else groups.set(term.field, [`${lead}${value}`]);
  }
  const when = rangeWords(filter, zone);
  return [
    ...[...groups.values()].map(([first = '', ...others]) =>
      others.length === 0
        ? first
        : others.length < 3
          ? `${first} or ${others.join(' or ')}`
          : `${first} or ${others.length} more`,
    ),
    ...chips,
    ...(when === null ? [] : [when]),
  ];
}
