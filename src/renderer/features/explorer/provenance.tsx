import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayOf } from '../../../shared/instant.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { sealedDaysOptions } from '../../lib/integrity.ts';
import { counted, grouped } from '../../lib/number.ts';
import { coverageOptions } from '../../lib/queries.ts';
import { date, dateTime } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { DayState } from './day-state.tsx';
import s from './drawer.module.css';
import type { Detail } from './drawer.tsx';
import { Field, Section } from './drawer-section.tsx';

/** Where the entry came from, and how whole its day is. */
export function Provenance({ detail }: { detail: Detail }) {
  const zone = useZone();
  return (
    <Section title="Provenance">
      <dl className={s.fields}>
        <Field name="Source">
          <SafeText text={detail.source} />
        </Field>
        <Field name="Received">{dateTime(detail.receivedAt, zone)}</Field>
        <Field name="Its day">
          <Day ms={detail.row.ts} />
        </Field>
        <Field name="SHA-256">
          <span className={s.hash}>{detail.sha256.replace(/(.{8})(?=.)/g, '$1 ')}</span>
        </Field>
        {detail.versions.length > 0 && (
          <Field name="Versions">
            came again with other content {counted(detail.versions.length, 'time', 'times')}, below
          </Field>
        )}
      </dl>
    </Section>
  );
}

function Day({ ms }: { ms: number }) {
  const archive = useArchive();
  const day = dayOf(ms, 'UTC');
  const { data } = useQuery(coverageOptions(archive, day, day));
  const sealed = useQuery(sealedDaysOptions(archive, day, day)).data ?? [];
  if (!data) return null;
  const known = data.find((one) => one.day === day);
  if (!known) return <>{date(ms, 'UTC')} UTC, never compared with Jetty</>;
  return (
    <Link to="/archive" className={s.day ?? ''}>
      {date(ms, 'UTC')} UTC <DayState state={known.state} sealed={sealed.includes(day)} />
      <span className={s.dim}>
        {grouped(known.stored)}
        {known.served === null ? '' : ` of ${grouped(known.served)}`} held
      </span>
    </Link>
  );
}
