import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Entity } from '../../../shared/entity.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { isOpen, rank, useFindings } from '../../lib/queries.ts';
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
  const { data: all } = useFindings();
  const { data, error } = useQuery(concerningOptions(archive, entity));
  const ids = new Set(data?.ids);
  const those = (all?.findings ?? [])
    .filter((one) => ids.has(one.id))
    .sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || rank(a.severity) - rank(b.severity) || b.last - a.last);
  const open = those.filter(isOpen).length;
  const known = data !== undefined && all !== undefined;
  return (
    <Panel
      title="Findings"
      action={
        known && (
          <span className={s.caption}>
            {grouped(open)} open of {grouped(those.length)}
          </span>
        )
      }
    >
      {error && <FailureNote error={error} />}
      <ul className={s.lines}>
        {those.slice(0, SHOWN).map((one) => (
          <li key={one.id} className={s.line}>
            <SeverityMark severity={one.severity} />
            <span className={s.what}>
              <Link to="/findings" search={{ f: one.id, ...(isOpen(one) ? {} : { state: 'all' as const }) }}>
                <SafeText text={one.title} max={120} />
              </Link>
              {!isOpen(one) && <span className={s.dim}>decided</span>}
            </span>
            <span className={s.last}>{seenOn(one.last, zone, archive.newest)}</span>
          </li>
        ))}
        {known && those.length === 0 && <li className={s.none}>No rule noticed anything here.</li>}
        {those.length > SHOWN && <li className={s.none}>and {grouped(those.length - SHOWN)} more, less grave</li>}
      </ul>
    </Panel>
  );
}
