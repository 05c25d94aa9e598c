import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { describeAction } from '../../../shared/action.ts';
import { countryName } from '../../../shared/country.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { ProfileItem, ProfileSide, SliceName } from '../../../shared/profile-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { date } from '../../lib/time.ts';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { EntityLink } from '../../ui/entity-link.tsx';
import { Panel } from '../../ui/notes.tsx';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import s from './profile.module.css';
import { NONE, SLICE_TITLES, seenOn } from './words.ts';

const FEW = 6;
/** Where it matters since when something is seen, and not only when it was last. */
const PERIODS: ReadonlySet<SliceName> = new Set(['address', 'country', 'network', 'agent']);
const ORDERS = ['most', 'newest'] as const;

type Props = { readonly side: ProfileSide; readonly by: SliceName };

/** What the entries of a side have of one thing, the most frequent or the newest first; each number is those entries. */
export function SlicePanel({ side, by }: Props) {
  const [order, setOrder] = useState<(typeof ORDERS)[number]>('most');
  const [all, setAll] = useState(false);
  const slice = side.slices.find((one) => one.by === by);
  const items = useMemo(() => arranged(slice?.items ?? [], order), [slice, order]);
  if (slice === undefined || items.length === 0) return null;
  const most = Math.max(1, ...items.map((one) => one.count));
  const shown = all ? items : items.slice(0, FEW);
  const { rest } = slice;
  return (
    <Panel
      title={SLICE_TITLES[by]}
      action={
        items.length > 1 && (
          <fieldset className={s.order} aria-label={`Order of ${SLICE_TITLES[by].toLowerCase()}`}>
            {ORDERS.map((one) => (
              <button key={one} type="button" aria-pressed={order === one} onClick={() => setOrder(one)}>
                {one}
              </button>
            ))}
          </fieldset>
        )
      }
    >
      <ul className={s.lines}>
        {shown.map((item) => (
          <Line key={`${item.value}`} item={item} side={side} by={by} most={most} />
        ))}
        {(items.length > FEW || (all && rest.count > 0)) && (
          <li className={s.more}>
            {items.length > FEW && (
              <button type="button" className={s.inline} onClick={() => setAll(!all)}>
                {all ? `Only the first ${FEW}` : `All ${grouped(items.length)}`}
                {!all && rest.values > 0 && ` of ${grouped(items.length + rest.values)}`}
              </button>
            )}
            <span className={s.grow} />
            {all && rest.count > 0 && (
              <span>
                {counted(rest.values, 'further', 'further')}:{' '}
                <Count count={rest.count} terms={rest.terms} side={side} words="entry" />
              </span>
            )}
          </li>
        )}
      </ul>
    </Panel>
  );
}

// Entries without such a value stand last, whatever their number.
function arranged(items: readonly ProfileItem[], order: (typeof ORDERS)[number]): readonly ProfileItem[] {
  const sorted = order === 'most' ? items : items.toSorted((a, b) => b.last - a.last);
  return [...sorted.filter((one) => one.value !== null), ...sorted.filter((one) => one.value === null)];
}

function Line({ item, side, by, most }: { item: ProfileItem; side: ProfileSide; by: SliceName; most: number }) {
  const zone = useZone();
  const { newest } = useArchive();
  const action = by === 'action' ? describeAction(item.label) : null;
  return (
    <li className={s.line}>
      {action !== null && <CategoryIcon category={action.category} />}
      <span className={s.what} title={item.value === null ? undefined : tooltipOf(item.label)}>
        {item.value === null ? (
          <span className={s.dim}>{NONE[by]}</span>
        ) : (
          <EntityLink entity={item.entity}>
            <span className={by === 'address' ? s.mono : undefined}>
              <SafeText
                text={action?.phrase ?? (by === 'type' ? item.label.replaceAll('_', ' ') : item.label)}
                max={160}
              />
            </span>
          </EntityLink>
        )}
        <Detail item={item} by={by} />
      </span>
      <span className={s.last} title={`${date(item.first, zone)} – ${date(item.last, zone)}`}>
        {PERIODS.has(by) && seenOn(item.first, zone, newest) !== seenOn(item.last, zone, newest) && (
          <>{seenOn(item.first, zone, newest)} – </>
        )}
        {seenOn(item.last, zone, newest)}
      </span>
      <span className={s.share} data-colours aria-hidden>
        <i style={{ width: `${(100 * item.count) / most}%` }} />
      </span>
      <span className={s.count}>
        <Count count={item.count} terms={item.terms} side={side} />
      </span>
    </li>
  );
}

function Detail({ item, by }: { item: ProfileItem; by: SliceName }) {
  if (by === 'action' && item.label !== describeAction(item.label).phrase) {
    return (
      <span className={s.code}>
        <SafeText text={item.label} max={80} />
      </span>
    );
  }
  if (item.place !== null) {
    return (
      <span className={s.dim}>
        {item.place.country !== null && (
          <abbr className={s.country} title={countryName(item.place.country)}>
            {item.place.country}
          </abbr>
        )}
        {item.place.network !== null && <SafeText text={item.place.network} max={60} />}
      </span>
    );
  }
  if (item.detail === null || item.detail === item.label) return null;
  return (
    <span className={s.dim}>
      <SafeText text={by === 'target' ? item.detail.replaceAll('_', ' ') : item.detail} max={80} />
    </span>
  );
}

type CountProps = {
  readonly count: number;
  readonly terms: ProfileItem['terms'];
  readonly side: ProfileSide;
  readonly words?: 'entry';
};

// Where no filter says it, the number stands by itself.
function Count({ count, terms, side, words }: CountProps) {
  const text = words === undefined ? grouped(count) : counted(count, 'entry', 'entries');
  if (terms === null) return text;
  return (
    <Link to="/" search={{ q: printQuery({ terms: [...side.terms, ...terms] }) }}>
      {text}
    </Link>
  );
}
