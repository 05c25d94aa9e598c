import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { EntryRow } from '../../../shared/entry.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { exactly } from '../../lib/filter-edit.ts';
import { grouped } from '../../lib/number.ts';
import { countOptions } from '../../lib/queries.ts';
import { boundText } from '../../lib/time.ts';
import s from './drawer.module.css';

const HOUR = 3_600_000;

/** Other entries worth a look, each a query with its own number. */
export function AroundThis({ row }: { row: EntryRow }) {
  const zone = useZone();
  const actor = row.actor?.id ?? row.actor?.email ?? row.actor?.name ?? null;
  const target = row.target?.id ?? row.target?.name ?? null;
  const hour = { from: boundText(row.ts - HOUR, zone), to: boundText(row.ts + HOUR, zone) };
  const ways: readonly (readonly [label: string, filter: Filter | null])[] = [
    ['Same actor, one hour each way', actor === null ? null : { terms: [exactly('actor', actor)], ...hour }],
    ['Everybody, one hour each way', { terms: [], ...hour }],
    ['Same actor, ever', actor === null ? null : { terms: [exactly('actor', actor)] }],
    ['Same address', row.address === null ? null : { terms: [exactly('ip', row.address)] }],
    ['Same target', target === null ? null : { terms: [exactly('target', target)] }],
    ['Same action', { terms: [exactly('action', row.action)] }],
  ];
  return (
    <section className={s.section} aria-label="Around this">
      <div className={s.head}>
        <h3>Around this</h3>
      </div>
      <ul className={s.around}>
        {ways.map(([label, filter]) => filter && <Way key={label} label={label} filter={filter} />)}
      </ul>
    </section>
  );
}

function Way({ label, filter }: { label: string; filter: Filter }) {
  const archive = useArchive();
  const zone = useZone();
  const text = printQuery(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the filter
  const question = useMemo(() => ({ filter, zone }), [text, zone]);
  const total = useQuery({ ...countOptions(archive, question), retry: false }).data?.total;
  return (
    <li>
      <Link to="/" search={(before) => ({ ...before, q: text })}>
        {label}
      </Link>
      <span>{total === undefined ? '' : grouped(total)}</span>
    </li>
  );
}
