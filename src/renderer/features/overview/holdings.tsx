import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { rulesOptions, suppressionsOptions } from '../../lib/queries.ts';
import { date, dateTime } from '../../lib/time.ts';
import { Panel } from '../../ui/notes.tsx';
import s from './overview.module.css';

/** What the archive holds, and what looks at it. */
export function Holdings() {
  const archive = useArchive();
  const zone = useZone();
  const rules = useQuery(rulesOptions(archive)).data;
  const suppressions = useQuery(suppressionsOptions(archive)).data?.filter((one) => one.active);
  return (
    <Panel title="Held here">
      <dl className={s.facts}>
        <dt>Entries</dt>
        <dd>
          <Link to="/" search={{}}>
            {grouped(archive.entries)}
          </Link>
        </dd>
        {archive.oldest !== null && archive.newest !== null && (
          <>
            <dt>From, to</dt>
            <dd>
              {date(archive.oldest, zone)} – {date(archive.newest, zone)}
            </dd>
          </>
        )}
        <dt>Last fetched</dt>
        <dd>
          <Link to="/archive">{archive.lastSync === null ? 'never' : dateTime(archive.lastSync, zone)}</Link>
        </dd>
        <dt>Changed at Jetty</dt>
        <dd>
          {archive.changedUpstream > 0 ? (
            <Link to="/findings" search={{ rule: 'upstream-changed', state: 'all' }}>
              {counted(archive.changedUpstream, 'entry', 'entries')}
            </Link>
          ) : (
            'no entry'
          )}
        </dd>
        <dt>Unreadable</dt>
        <dd>{archive.unreadable > 0 ? counted(archive.unreadable, 'entry', 'entries') : 'no entry'}</dd>
        {rules && (
          <>
            <dt>Rules</dt>
            <dd>
              <Link to="/rules">{grouped(rules.filter((one) => one.enabled).length)} on</Link>
            </dd>
          </>
        )}
        {suppressions && (
          <>
            <dt>Suppressions</dt>
            <dd>
              <Link to="/suppressions">{grouped(suppressions.length)} in force</Link>
            </dd>
          </>
        )}
      </dl>
    </Panel>
  );
}
