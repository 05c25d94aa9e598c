import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { describeAction } from '../../../shared/action.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { ProfileSide } from '../../../shared/profile-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { newestOptions } from '../../lib/queries.ts';
import { clockMinutes, zoneName } from '../../lib/time.ts';
import { actorName } from '../../ui/avatar.tsx';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './profile.module.css';
import { seenOn } from './words.ts';

const SHOWN = 10;

/** The newest entries of a side; each leads to itself. */
export function NewestPanel({ side }: { side: ProfileSide }) {
  const archive = useArchive();
  const zone = useZone();
  const question = useMemo(() => ({ filter: { terms: side.terms }, zone }), [side.terms, zone]);
  const { data, error } = useQuery(newestOptions(archive, question, SHOWN));
  const q = printQuery(question.filter);
  return (
    <Panel
      title="Newest"
      note={side.last === null ? undefined : zoneName(side.last, zone)}
      action={
        <Link to="/" search={{ q }}>
          {counted(side.total, 'entry', 'entries')}
        </Link>
      }
    >
      {error && <FailureNote error={error} />}
      <ul className={s.lines}>
        {data?.rows.map((row) => {
          const info = describeAction(row.action);
          return (
            <li key={row.key} className={s.line}>
              <span className={s.when}>
                {seenOn(row.ts, zone, archive.newest)} {clockMinutes(row.ts, zone)}
              </span>
              <CategoryIcon category={info.category} />
              <span className={s.what}>
                <Link to="/" search={{ q, e: row.key }}>
                  <SafeText text={info.phrase} max={120} />
                </Link>
                <span className={s.dim}>
                  <SafeText text={(side.side === 'by' ? row.target?.name : actorName(row.actor)) ?? ''} max={80} />
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
