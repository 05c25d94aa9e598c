import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { printQuery } from '../../../shared/filter/print.ts';
import type { Profile } from '../../../shared/profile-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { countOptions, type Question } from '../../lib/queries.ts';
import { date, exactTime } from '../../lib/time.ts';
import { EntityLink } from '../../ui/entity-link.tsx';
import { Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './profile.module.css';

const SHOWN = 6;
const AS = { name: 'Name', email: 'E-mail', id: 'Id' } as const;

/** First and last seen, under which names, and where it belongs. */
export function StandingPanel({ profile }: { profile: Profile }) {
  const zone = useZone();
  const seen = profile.sides.filter((side) => side.total > 0);
  const first = Math.min(...seen.map((side) => side.first ?? Number.POSITIVE_INFINITY));
  const last = Math.max(...seen.map((side) => side.last ?? Number.NEGATIVE_INFINITY));
  const several = (as: keyof typeof AS) => profile.knownAs.filter((one) => one.as === as);
  return (
    <Panel title="Seen">
      <dl className={s.facts}>
        <Fact name="First">
          <Instant ms={first} zone={zone} />
        </Fact>
        <Fact name="Last">
          <Instant ms={last} zone={zone} />
        </Fact>
        {(['name', 'email', 'id'] as const).map((as) => {
          const known = several(as);
          if (known.length === 0) return null;
          return (
            <Fact key={as} name={known.length > 1 ? `${AS[as]}s` : AS[as]}>
              {known.slice(0, SHOWN).map((one) => (
                <span key={one.value} className={s.known}>
                  <span className={as === 'name' ? undefined : s.mono}>
                    <SafeText text={one.value} max={120} />
                  </span>
                  {known.length > 1 && (
                    <span className={s.dim}>
                      {date(one.first, zone)} – {date(one.last, zone)}
                    </span>
                  )}
                </span>
              ))}
              {known.length > SHOWN && <span className={s.dim}>and {known.length - SHOWN} more</span>}
            </Fact>
          );
        })}
        {profile.standing.teams.length > 0 && (
          <Fact name={profile.standing.teams.length > 1 ? 'Teams' : 'Team'}>
            {profile.standing.teams.map((team) => (
              <span key={team.id ?? team.name} className={s.known}>
                <EntityLink entity={{ kind: 'team', value: team.id ?? team.name ?? '' }}>
                  <SafeText text={team.name ?? team.id ?? ''} max={60} />
                </EntityLink>
                {team.removed !== null && <span className={s.dim}>removed {date(team.removed.ts, zone)}</span>}
              </span>
            ))}
          </Fact>
        )}
        <Mentions profile={profile} />
      </dl>
    </Panel>
  );
}

// An ownership that was handed over, a subdomain that was given to a tunnel: who or what it was stands in the details alone.
function Mentions({ profile }: { profile: Profile }) {
  const archive = useArchive();
  const zone = useZone();
  const id = profile.knownAs.find((one) => one.as === 'id')?.value ?? null;
  const question = useMemo((): Question => {
    const beside = profile.sides.flatMap(({ terms }) => terms.map((term) => ({ ...term, negated: true })));
    return { filter: { terms: [{ field: 'text', value: id ?? '', negated: false }, ...beside] }, zone };
  }, [id, profile.sides, zone]);
  const { data } = useQuery({ ...countOptions(archive, question), enabled: id !== null });
  if (data === undefined || data.total === 0) return null;
  return (
    <Fact name="Besides">
      <Link to="/" search={{ q: printQuery(question.filter) }}>
        {counted(data.total, 'entry', 'entries')}
      </Link>{' '}
      {data.total === 1 ? 'names' : 'name'} {profile.kind === 'person' ? 'their' : 'its'} id in the details alone
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Instant({ ms, zone }: { ms: number; zone: string }) {
  return (
    <>
      {exactTime(ms, zone)}
      {zone !== 'UTC' && <span className={s.dim}>{exactTime(ms, 'UTC')}</span>}
    </>
  );
}
