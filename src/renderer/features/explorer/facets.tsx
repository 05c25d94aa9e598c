import { IconCheck, IconChevronDown, IconChevronRight, IconMinus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { memo, useMemo, useState } from 'react';
import { CATEGORIES, type Category } from '../../../shared/action.ts';
import { countryName } from '../../../shared/country.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import type { Filter, FilterField } from '../../../shared/filter/filter.ts';
import { unescapeStars } from '../../../shared/filter/glob.ts';
import { useArchive } from '../../lib/app-state.ts';
import { hasTerm, only, toggled, withoutField } from '../../lib/filter-edit.ts';
import { grouped } from '../../lib/number.ts';
import { type FacetName, facetOptions, placeListOptions, type Question, questionKey } from '../../lib/queries.ts';
import { date } from '../../lib/time.ts';
import { visible } from '../../lib/visible-text.ts';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './facets.module.css';

const FEW = 6;
const MANY = 40;

type Field = FacetName & FilterField;
type GroupOf = { readonly field: Field; readonly title: string; readonly open: boolean };

// What reviewers narrow by least is shut until it is wanted, and is not counted meanwhile.
const GROUPS: readonly GroupOf[] = [
  { field: 'category', title: 'Category', open: true },
  { field: 'actor', title: 'Actor', open: true },
  { field: 'action', title: 'Action', open: true },
  { field: 'country', title: 'Country', open: true },
  { field: 'team', title: 'Team', open: true },
  { field: 'target_type', title: 'Target type', open: false },
  { field: 'ip', title: 'Address', open: false },
  { field: 'source', title: 'Source', open: false },
];

type Value = { readonly value: string | null; readonly label: string; readonly count: number | null };

type Props = {
  /** What is counted and shown as chosen; may lag behind what is typed, which a click changes all the same. */
  readonly question: Question;
  readonly onEdit: (change: (filter: Filter) => Filter) => void;
};

export const Facets = memo(function Facets({ question, onEdit }: Props) {
  return (
    <aside className={s.facets} aria-label="Values">
      {GROUPS.map((group) => (
        <Group key={group.field} group={group} question={question} onEdit={onEdit} />
      ))}
    </aside>
  );
});

// The values of a field are counted without the field's own conditions: what else could be chosen stays in sight.
function Group({ group: { field, title, open: openAtFirst }, question, onEdit }: Props & { group: GroupOf }) {
  const { filter } = question;
  const archive = useArchive();
  const [chosen, setOpen] = useState<boolean | null>(null);
  const open = chosen ?? (openAtFirst || filter.terms.some((term) => term.field === field));
  const [limit, setLimit] = useState(FEW);
  const others = { ...question, filter: withoutField(question.filter, field) };
  const othersKey = questionKey(others);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the question
  const asked = useMemo(() => others, [othersKey]);
  const facet = useQuery({ ...facetOptions(archive, asked, field, limit), enabled: open }).data;
  const values = useMemo(() => shown(field, facet?.values ?? [], filter, facet !== undefined), [field, facet, filter]);
  const most = Math.max(1, ...values.map((one) => one.count ?? 0));
  const Chevron = open ? IconChevronDown : IconChevronRight;
  const more = (facet?.values.length ?? 0) >= limit;

  return (
    <section aria-label={title}>
      <h2 className={s.head}>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Chevron size={12} stroke={1.8} aria-hidden />
          {title}
        </button>
        {open && (more || limit > FEW) && (
          <button
            type="button"
            className={s.more}
            aria-label={limit > FEW ? `Fewer values of ${title}` : `More values of ${title}`}
            onClick={() => setLimit(limit > FEW ? FEW : MANY)}
          >
            {limit > FEW ? 'fewer' : 'more'}
          </button>
        )}
      </h2>
      {open && (
        <ul className={s.list}>
          {values.map((one) => (
            <Row
              key={one.value ?? '\u0000'}
              field={field}
              one={one}
              share={(one.count ?? 0) / most}
              filter={filter}
              onEdit={onEdit}
            />
          ))}
          {facet && values.length === 0 && <li className={s.none}>none in this range</li>}
        </ul>
      )}
      {open && field === 'country' && <ListDate />}
    </section>
  );
}

// Addresses move: which list says where they are belongs to what it says.
function ListDate() {
  const list = useQuery(placeListOptions(useArchive())).data;
  if (!list?.date) return null;
  const day = date(Date.parse(list.date), 'UTC');
  return (
    <p className={s.listDate} title={list.credit}>
      by the list of {day}
    </p>
  );
}

type RowProps = {
  readonly field: FilterField;
  readonly one: Value;
  readonly share: number;
  readonly filter: Filter;
  readonly onEdit: Props['onEdit'];
};

function Row({ field, one, share, filter, onEdit }: RowProps) {
  const term = exactly(field, one.value);
  const excluded = hasTerm(filter, { ...term, negated: true });
  const on = hasTerm(filter, term);
  const label = one.value === null ? 'none' : one.label;
  const name = visible(label).slice(0, 80);
  return (
    <li className={s.row} data-on={on || undefined} data-excluded={excluded || undefined}>
      {/* biome-ignore lint/a11y/useSemanticElements: a checkbox drawn as a whole row */}
      <button
        type="button"
        role="checkbox"
        aria-checked={on}
        aria-label={`${name}, ${one.count ?? 0} entries${excluded ? ', excluded' : ''}`}
        className={s.value}
        title={name}
        onClick={() => onEdit((now) => toggled(now, term))}
      >
        <span className={s.box}>
          {on && <IconCheck size={10} stroke={2.6} aria-hidden />}
          {excluded && <IconMinus size={10} stroke={2.6} aria-hidden />}
        </span>
        {field === 'category' && one.value !== null && <CategoryIcon category={one.value as Category} />}
        {field === 'country' && one.value?.length === 2 && <span className={s.code}>{one.value}</span>}
        <span className={s.label}>
          <SafeText text={label} max={80} />
        </span>
        <span className={s.count}>{one.count === null ? '' : grouped(one.count)}</span>
        <span className={s.bar} data-colours aria-hidden>
          <i style={{ width: `${share * 100}%` }} />
        </span>
      </button>
      <span className={s.offers}>
        <button
          type="button"
          aria-label={`Only ${name}`}
          title="Only this"
          onClick={() => onEdit((now) => only(now, term))}
        >
          only
        </button>
        <button
          type="button"
          aria-label={`Exclude ${name}`}
          title="Not this"
          onClick={() => onEdit((now) => toggled(now, { ...term, negated: true }))}
        >
          not
        </button>
      </span>
    </li>
  );
}

// Chosen and excluded values stay in sight even where they are not among the most frequent.
function shown(field: FilterField, values: readonly Value[], filter: Filter, known: boolean): readonly Value[] {
  if (field === 'category') {
    return CATEGORIES.map((category) => ({
      value: category,
      label: category,
      // Nothing is said before it is known.
      count: values.length === 0 && !known ? null : (values.find((one) => one.value === category)?.count ?? 0),
    })).filter((one) => one.value !== 'other' || (one.count ?? 0) > 0);
  }
  const missing = filter.terms
    .filter((term) => term.field === field)
    .filter((term) => !values.some((one) => exactly(field, one.value).value === term.value))
    .map((term) => ({
      value: unescapeStars(term.value),
      label: field === 'country' ? countryName(term.value) : unescapeStars(term.value),
      count: null,
    }))
    .filter((one) => one.value !== '' && !one.value.includes('*'));
  return [...values, ...missing.filter((one, i) => missing.findIndex((other) => other.value === one.value) === i)];
}
