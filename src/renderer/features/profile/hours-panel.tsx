import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { exactly } from '../../../shared/filter/exactly.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { ProfileSide } from '../../../shared/profile-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { countOptions } from '../../lib/queries.ts';
import { date, zoneName } from '../../lib/time.ts';
import { HourOfWeek } from '../../ui/hour-of-week.tsx';
import { Panel } from '../../ui/notes.tsx';
import s from './profile.module.css';

/** When in the week the entries of a side fall. */
export function HoursPanel({ side }: { side: ProfileSide }) {
  const zone = useZone();
  const most = Math.max(...side.hours);
  const outside = useMemo(
    () => ({ filter: { terms: [...side.terms, exactly('hours', 'off')] }, zone }),
    [side.terms, zone],
  );
  const off = useQuery(countOptions(useArchive(), outside));
  return (
    <Panel
      title="By hour of the week"
      note={side.last === null ? undefined : zoneName(side.last, zone)}
      action={
        side.first !== null &&
        side.last !== null && (
          <span className={s.caption}>
            {date(side.first, zone)} – {date(side.last, zone)}
          </span>
        )
      }
    >
      <HourOfWeek counts={side.hours} caption={`Entries by weekday and hour, ${zone}`} />
      <p className={s.legend}>
        <span className={s.scale}>
          <i data-step="1" />
          <i data-step="2" />
          <i data-step="3" />1 to {counted(most, 'entry', 'entries')}
        </span>
        <span className={s.grow} />
        {off.data && (
          <Link to="/" search={{ q: printQuery(outside.filter) }}>
            {grouped(off.data.total)} outside office hours
          </Link>
        )}
        <Link to="/" search={{ q: printQuery({ terms: side.terms }) }}>
          {counted(side.total, 'entry', 'entries')}
        </Link>
      </p>
    </Panel>
  );
}
