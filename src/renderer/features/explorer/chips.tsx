import { IconX } from '@tabler/icons-react';
import { countryName } from '../../../shared/country.ts';
import type { Filter, FilterField, Term } from '../../../shared/filter/filter.ts';
import { hasWildcard, unescapeStars } from '../../../shared/filter/glob.ts';
import { boundInstant } from '../../../shared/filter/range.ts';
import { useZone } from '../../lib/app-state.ts';
import { type TimeRange, without, withRange } from '../../lib/filter-edit.ts';
import { dateTime } from '../../lib/time.ts';
import { visible } from '../../lib/visible-text.ts';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './query-bar.module.css';
import { rangeWords } from './range-words.ts';

const NAMES: Readonly<Record<FilterField, string>> = {
  action: 'action',
  actor: 'actor',
  category: 'category',
  team: 'team',
  target: 'target',
  target_type: 'target type',
  ip: 'address',
  tag: 'tag',
  is: 'pin',
  has: 'note',
  received: 'received',
  hours: 'hours',
  country: 'country',
  agent: 'client',
  source: 'source',
  text: 'text',
  word: 'text',
};

/** What a condition says, in words: `actor is not svc-ci`. */
export function wordsFor(term: Term, zone: string): { readonly lead: string; readonly value: string } {
  const name = NAMES[term.field];
  if (term.field === 'is') return { lead: term.negated ? 'not pinned' : 'pinned', value: '' };
  if (term.field === 'has') return { lead: term.negated ? 'no note' : 'has a note', value: '' };
  if (term.field === 'hours')
    return { lead: (term.value === 'office') === term.negated ? 'outside office hours' : 'in office hours', value: '' };
  if (term.field === 'received') {
    const ms = boundInstant(term.value, zone);
    return {
      lead: term.negated ? 'received before ' : 'received since ',
      value: ms === null ? term.value : dateTime(ms, zone),
    };
  }
  if (term.value === '') return { lead: `${term.negated ? 'has' : 'no'} ${name}`, value: '' };
  if (term.field === 'word' || term.field === 'text') {
    return { lead: `${name} ${term.negated ? 'without' : 'contains'} `, value: term.value };
  }
  const verb = hasWildcard(term.value) ? (term.negated ? 'is not like' : 'is like') : term.negated ? 'is not' : 'is';
  return {
    lead: `${name} ${verb} `,
    value: term.field === 'country' ? countryName(term.value) : unescapeStars(term.value),
  };
}

/** The query again, as conditions that can be taken away one by one. */
export function Chips({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const zone = useZone();
  const range: TimeRange = filter;
  const when = rangeWords(range, zone);
  if (filter.terms.length === 0 && when === null) {
    return <span className={s.noChips}>No conditions: every entry of the archive</span>;
  }
  return (
    <ul className={s.chipList} aria-label="Conditions">
      {when !== null && (
        <li className={s.filterChip}>
          <span className={s.clip}>{when}</span>
          <Remove label={`Remove: ${when}`} onClick={() => onChange(withRange(filter, {}))} />
        </li>
      )}
      {filter.terms.map((term, i) => {
        const words = wordsFor(term, zone);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a query may hold the same condition twice
          <li key={i} className={s.filterChip} data-negated={term.negated || undefined}>
            {term.field === 'category' && !term.negated && <CategoryIcon category={term.value as 'other'} />}
            <span className={s.clip}>
              {words.lead}
              <SafeText text={words.value} max={60} />
            </span>
            <Remove
              label={`Remove: ${words.lead}${visible(words.value).slice(0, 60)}`}
              onClick={() => onChange(without(filter, term))}
            />
          </li>
        );
      })}
    </ul>
  );
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" aria-label={label} onClick={onClick}>
      <IconX size={12} stroke={1.8} aria-hidden />
    </button>
  );
}
