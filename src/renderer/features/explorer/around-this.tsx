import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { describeAction } from '../../../shared/action.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { countOptions, neighbourOptions } from '../../lib/queries.ts';
import { boundText, signedOffset } from '../../lib/time.ts';
import { actorName } from '../../ui/avatar.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './drawer.module.css';
import { targetName } from './entry-cells.tsx';

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
      <Neighbours row={row} />
      <ul className={s.around}>
        {ways.map(([label, filter]) => filter && <Way key={label} label={label} filter={filter} />)}
      </ul>
    </section>
  );
}

const KINDS = [
  ['actor', 'Actor'],
  ['address', 'Address'],
  ['target', 'Target'],
] as const;

/** What the same person, address or target did just before and after. */
function Neighbours({ row }: { row: EntryRow }) {
  const archive = useArchive();
  const [kind, setKind] = useState<(typeof KINDS)[number][0]>('actor');
  const { data } = useQuery(neighbourOptions(archive, row.key, kind));
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="The same"
        value={kind}
        onChange={(value) => setKind(value as typeof kind)}
        data={KINDS.map(([value, label]) => ({ value, label }))}
      />
      {data?.length === 0 && <p className={s.quiet}>Nothing else within an hour on either side.</p>}
      <ol className={s.neighbours}>
        {data?.map((other) => (
          <li key={other.key}>
            <span>{signedOffset(other.ts - row.ts)}</span>
            <Link to="/" search={(before) => ({ ...before, e: other.key })}>
              <SafeText text={describeAction(other.action).phrase} />
              {kind !== 'actor' && other.actor && <SafeText text={` · ${actorName(other.actor)}`} />}
              {kind !== 'target' && other.target && <SafeText text={` · ${targetName(other.target)}`} />}
            </Link>
          </li>
        ))}
      </ol>
    </>
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
