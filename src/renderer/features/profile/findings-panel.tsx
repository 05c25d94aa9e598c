import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Entity } from '../../../shared/entity.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import s from './profile.module.css';
import { concerningOptions } from './queries.ts';
import { seenOn } from './words.ts';

const SHOWN = 8;

/** Findings that hold an entry of it: open ones first, gravest first. */
export function FindingsPanel({ entity }: { entity: Entity }) {
  const archive = useArchive();
  const zone = useZone();
  const { data, error } = useQuery(concerningOptions(archive, entity, SHOWN));
  return (
    <Panel
      title="Findings"
      action={
        data && (
          <span className={s.caption}>
            {grouped(data.open)} open of {grouped(data.total)}
          </span>
        )
      }
    >
      {error && <FailureNote error={error} />}
      <ul className={s.lines}>
        {data?.findings.map((one) => (
          <li key={one.id} className={s.line}>
            <SeverityMark severity={one.severity} />
            <span className={s.what}>
              <Link to="/findings" search={{ f: one.id, ...(one.open ? {} : { state: 'all' as const }) }}>
                <SafeText text={one.title} max={120} />
              </Link>
              {!one.open && <span className={s.dim}>decided</span>}
            </span>
            <span className={s.last}>{seenOn(one.last, zone, archive.newest)}</span>
          </li>
        ))}
        {data?.total === 0 && <li className={s.none}>No rule noticed anything here.</li>}
        {data && data.total > SHOWN && <li className={s.none}>and {grouped(data.total - SHOWN)} more, less grave</li>}
      </ul>
    </Panel>
  );
}
