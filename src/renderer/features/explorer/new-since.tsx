import { IconCheck } from '@tabler/icons-react';
import type { Filter } from '../../../shared/filter/filter.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { hasTerm, toggled } from '../../lib/filter-edit.ts';
import { counted, grouped } from '../../lib/number.ts';
import { clockMinutes, dateTime, dayName, zoneName } from '../../lib/time.ts';
import pill from '../../ui/pill.module.css';
import s from './query-bar.module.css';
import type { News } from './use-news.ts';

type Props = { readonly news: News; readonly filter: Filter; readonly onChange: (filter: Filter) => void };

/** How many arrived since all was seen, as a filter; and a way to say that all is seen now. */
export function NewSince({ news: { seen, term, count, late, look }, filter, onChange }: Props) {
  const zone = useZone();
  const { readOnly } = useArchive();
  if (seen === null || term === null || count === null) return null;
  const on = hasTerm(filter, term);
  if (count === 0 && !on) return null;
  const since = `${dayName(seen.at, zone)}, ${clockMinutes(seen.at, zone)} ${zoneName(seen.at, zone)}`;
  const why = `By when they reached Logbook, after ${dateTime(seen.received, zone)}.${late === 0 ? '' : ` ${counted(late, 'entry is', 'entries are')} older than the newest seen then, and ${late === 1 ? 'stands' : 'stand'} below the line.`}`;
  return (
    <span className={s.news}>
      <button
        type="button"
        className={pill.pill}
        aria-pressed={on}
        title={why}
        onClick={() => {
          const others = { ...filter, terms: filter.terms.filter((one) => on || one.field !== 'received') };
          onChange(toggled(others, term));
        }}
      >
        {grouped(count)} new<span className={s.since}> since {since}</span>
      </button>
      {!readOnly && (
        <button
          type="button"
          className={s.seen}
          aria-label="Mark as seen"
          title="Mark as seen"
          onClick={() => {
            if (on) onChange(toggled(filter, term));
            look();
          }}
        >
          <IconCheck size={13} stroke={1.8} aria-hidden />
        </button>
      )}
    </span>
  );
}
