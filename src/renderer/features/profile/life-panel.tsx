import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { describeAction } from '../../../shared/action.ts';
import { entityOfActor, entityOfTarget } from '../../../shared/entity.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import { startOfDay } from '../../../shared/instant.ts';
import type { LifeEvent, Profile } from '../../../shared/profile-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { clockMinutes, date, zoneName } from '../../lib/time.ts';
import { Avatar, actorName } from '../../ui/avatar.tsx';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { EntityLink } from '../../ui/entity-link.tsx';
import { Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './profile.module.css';
import { changeWords, gapDays, gapWords } from './words.ts';

// A long life is told by how it began and what was last.
const OLDEST = 4;
const NEWEST = 6;

type Gap = Profile['lifeline']['gaps'][number];
type Line = { readonly at: number } & ({ readonly event: LifeEvent } | { readonly gap: Gap });

/** From the beginning to the end: what made it, changed it and ended it, and the days of which that is not known. */
export function LifePanel({ profile }: { profile: Profile }) {
  const { events, sources, gaps } = profile.lifeline;
  const archive = useArchive();
  const zone = useZone();
  const [all, setAll] = useState(false);
  const lines: Line[] = [
    ...events.map((event) => ({ at: event.ts, event })),
    ...gaps.map((gap) => ({ at: startOfDay(gap.from, 'UTC'), gap })),
  ].sort((a, b) => a.at - b.at);
  const folded = !all && lines.length > OLDEST + NEWEST + 1;
  const shown = folded ? [...lines.slice(0, OLDEST), { at: 0, folded: true } as const, ...lines.slice(-NEWEST)] : lines;
  const left = sources.filter((one) => one.total > one.shown);
  return (
    <Panel
      title="Lifeline"
      note="oldest first"
      action={sources.map(({ terms, total }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a source is its place
        <Link key={i} to="/" search={{ q: printQuery({ terms }) }}>
          {counted(total, 'change', 'changes')}
        </Link>
      ))}
    >
      <ol className={s.life}>
        {profile.kind !== 'person' && profile.standing.begun === null && archive.oldest !== null && (
          <li className={s.gap}>
            <time>before {date(archive.oldest, zone)}</time>
            <span>The archive begins here; what was before is not known.</span>
          </li>
        )}
        {shown.map((line) =>
          'folded' in line ? (
            <li key="folded" className={s.folded}>
              <button type="button" className={s.inline} onClick={() => setAll(true)}>
                {counted(lines.length - OLDEST - NEWEST, 'line', 'lines')} between
              </button>
            </li>
          ) : 'event' in line ? (
            <EventLine key={line.event.key} event={line.event} profile={profile} />
          ) : (
            <li key={line.gap.from} className={s.gap}>
              <time>
                {gapDays(line.gap)} <i>UTC</i>
              </time>
              <span>
                <Link to="/archive">{gapWords(line.gap)}</Link>
              </span>
            </li>
          ),
        )}
      </ol>
      {left.map(({ terms, total, shown }) => (
        <p key={printQuery({ terms })} className={s.credit}>
          {counted(total - shown, 'change', 'changes')} between the oldest and the newest are left out here:{' '}
          <Link to="/" search={{ q: printQuery({ terms }) }}>
            all {counted(total, 'change', 'changes')}
          </Link>
        </p>
      ))}
    </Panel>
  );
}

function EventLine({ event, profile }: { event: LifeEvent; profile: Profile }) {
  const zone = useZone();
  const info = describeAction(event.action);
  const terms = profile.sides.find((one) => one.side === event.side)?.terms ?? [];
  const changed = changeWords(event);
  const target = event.side === 'to' ? null : event.target;
  return (
    <li>
      <time dateTime={new Date(event.ts).toISOString()}>
        {date(event.ts, zone)} {clockMinutes(event.ts, zone)} <i>{zoneName(event.ts, zone)}</i>
      </time>
      <Avatar actor={event.actor} />
      <CategoryIcon category={info.category} />
      <span className={s.lifeText}>
        {event.edge !== null && (
          <span className={s.edge}>{event.edge === 'first' ? 'First entry:' : 'Last entry:'} </span>
        )}
        <Link to="/" search={{ q: printQuery({ terms }), e: event.key }}>
          <SafeText text={info.phrase} max={120} />
        </Link>
        {target !== null && (target.name ?? target.id) !== null && (
          <>
            {' '}
            <EntityLink entity={entityOfTarget(target)}>
              <SafeText text={target.name ?? target.id ?? ''} max={100} />
            </EntityLink>
          </>
        )}
        {changed !== '' && (
          <span className={s.changed}>
            {' '}
            <SafeText text={changed} max={300} />
          </span>
        )}
        {profile.kind === 'person' && event.side === 'by' ? null : (
          <span className={s.dim}>
            {' by '}
            <EntityLink entity={entityOfActor(event.actor)}>
              <SafeText text={actorName(event.actor)} max={80} />
            </EntityLink>
          </span>
        )}
      </span>
    </li>
  );
}
