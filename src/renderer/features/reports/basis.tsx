import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { dayOf } from '../../../shared/instant.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { countOptions, coverageOptions } from '../../lib/queries.ts';
import { Banner } from '../../ui/notes.tsx';
import type { Period } from './quarters.ts';
import s from './reports.module.css';

/** What the report would stand on: how many entries, and which days are not whole. */
export function Basis({ period }: { period: Period }) {
  const archive = useArchive();
  const zone = useZone();
  const question = useMemo(
    () => ({ filter: { terms: [], from: period.from, to: period.to }, zone }),
    [period.from, period.to, zone],
  );
  const count = useQuery(countOptions(archive, question));
  const days = useQuery(coverageOptions(archive, period.from, period.to, true)).data ?? [];
  const today = dayOf(Date.now(), 'UTC');
  const open = period.to >= dayOf(Date.now(), zone);
  const gaps = days.filter((one) => one.day < today && one.state !== 'complete' && one.state !== 'imported').length;
  return (
    <>
      <p className={s.basis} role="status">
        {count.data ? <b>{counted(count.data.total, 'entry', 'entries')}</b> : 'Counting…'}
        {count.data && ' in this period.'}
        {count.data && days.length > 0 && gaps === 0 && ' Every past day of it is complete.'}
      </p>
      {gaps > 0 && (
        <Banner severity="medium">
          <b>
            {counted(gaps, 'day', 'days')} of this period {gaps === 1 ? 'is' : 'are'} not complete.
          </b>{' '}
          Entries of those days may be missing.
        </Banner>
      )}
      {open && (
        <Banner severity="low">
          <b>The period is not over.</b> Entries that come later are not in the report.
        </Banner>
      )}
    </>
  );
}
