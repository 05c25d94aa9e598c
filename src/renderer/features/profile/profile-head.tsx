import { IconKey, IconMapPin, IconRoute, IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { describeAction } from '../../../shared/action.ts';
import { countryName } from '../../../shared/country.ts';
import { entityOfActor } from '../../../shared/entity.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { Profile, ProfileSide } from '../../../shared/profile-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { boundText, date, dateTime } from '../../lib/time.ts';
import { Avatar, actorName } from '../../ui/avatar.tsx';
import { EntityLink } from '../../ui/entity-link.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { Tag } from '../../ui/small.tsx';
import s from './profile.module.css';
import { KINDS, lengthOf, titleOf } from './words.ts';

const ICONS = { address: IconMapPin, tunnel: IconRoute, team: IconUsers, token: IconKey } as const;

/** Who or what it is, and the sentence that sums it up. */
export function ProfileHead({ profile, action }: { profile: Profile; action?: ReactNode }) {
  const { kind, knownAs } = profile;
  const newest = (as: 'name' | 'email' | 'id') => knownAs.find((one) => one.as === as)?.value ?? null;
  const name = titleOf(profile);
  const beside = [newest('email'), newest('id')].filter((one) => one !== null && one !== name);
  const Icon = kind === 'person' ? null : ICONS[kind];
  return (
    <header className={s.head}>
      <div className={s.mark}>
        {Icon === null ? (
          <Avatar actor={{ id: newest('id'), name, email: newest('email') }} />
        ) : (
          <Icon size={19} stroke={1.6} aria-hidden />
        )}
      </div>
      <div className={s.headText}>
        <div className={s.title}>
          <h1>
            <SafeText text={name} max={160} />
          </h1>
          <Tag kind="line">{KINDS[kind]}</Tag>
          <StandingTag profile={profile} />
          {beside.map((one) => (
            <span key={one} className={s.mono}>
              <SafeText text={one ?? ''} max={80} />
            </span>
          ))}
          {profile.place?.country && (
            <span className={s.beside}>
              {countryName(profile.place.country)}
              {profile.place.network !== null && (
                <>
                  , <SafeText text={profile.place.network} max={80} />
                </>
              )}
            </span>
          )}
        </div>
        <p className={s.lead}>
          {profile.sides
            .filter((side) => side.total > 0)
            .map((side, i) => (
              <span key={side.side}>
                {i > 0 && ', '}
                <SideTotal profile={profile} side={side} />
              </span>
            ))}
          . <Standing profile={profile} />
        </p>
      </div>
      {action}
    </header>
  );
}

function SideTotal({ profile: { kind }, side }: { profile: Profile; side: ProfileSide }) {
  const them = kind === 'person' ? 'them' : 'it';
  const words: Readonly<Record<ProfileSide['side'], string>> = {
    by: `of what ${kind === 'person' ? 'they' : 'it'} did`,
    to: `of what was done to ${them}`,
    in: 'of what happened in it',
    from: 'came from it',
  };
  return (
    <>
      <Link to="/" search={{ q: printQuery({ terms: side.terms }) }} data-total={side.total}>
        {counted(side.total, 'entry', 'entries')}
      </Link>{' '}
      {words[side.side]}
    </>
  );
}

function StandingTag({ profile: { kind, standing } }: { profile: Profile }) {
  if (kind === 'address') return null;
  if (standing.ended === null) return null;
  const word =
    kind === 'token'
      ? 'Revoked'
      : kind !== 'person'
        ? 'Deleted'
        : isRemoval(standing.ended.action)
          ? 'Removed'
          : 'Suspended';
  return <Tag>{word}</Tag>;
}

/** Whether it is still there, who ended it and when; nothing of an address, which neither begins nor ends. */
function Standing({ profile }: { profile: Profile }): ReactNode {
  const zone = useZone();
  const { oldest } = useArchive();
  const { kind, standing } = profile;
  if (kind === 'address') return null;
  const { begun, ended, after, teams } = standing;
  const by = (event: NonNullable<typeof begun>) => (
    <>
      {dateTime(event.ts, zone)} by{' '}
      <EntityLink entity={entityOfActor(event.actor)}>
        <SafeText text={actorName(event.actor)} max={80} />
      </EntityLink>
    </>
  );
  const sentences: ReactNode[] = [];
  if (kind === 'person') {
    const out = teams.filter((one) => one.removed !== null);
    const still = teams.filter((one) => one.removed === null);
    if (ended !== null) {
      sentences.push(
        <>
          {isRemoval(ended.action) ? <>Removed from {names(out)}</> : 'Suspended'} on {by(ended)}.
        </>,
      );
    } else if (still.length > 0) {
      sentences.push(
        <>
          Seen in {names(still)}
          {out.length > 0 && <>, removed from {names(out)}</>}; {out.length > 0 ? 'no other' : 'no'} removal is in the
          log.
        </>,
      );
    }
  } else {
    if (begun !== null) sentences.push(<>Created {by(begun)}.</>);
    else if (oldest !== null)
      sentences.push(<>Its beginning is not in the archive, which begins on {date(oldest, zone)}.</>);
    if (ended !== null) {
      const word = kind === 'token' ? 'Revoked' : 'Deleted';
      sentences.push(
        <>
          {word} {by(ended)}
          {begun !== null && ended.ts > begun.ts && <>, after {lengthOf(ended.ts - begun.ts)}</>}.
        </>,
      );
    } else sentences.push(kind === 'token' ? 'No revocation is in the log.' : 'No deletion is in the log.');
  }
  if (after !== null) {
    const q = printQuery({ terms: after.terms, from: boundText(after.since, zone) });
    sentences.push(
      <b>
        <Link to="/" search={{ q }}>
          {counted(after.count, 'entry', 'entries')}
        </Link>{' '}
        after that.
      </b>,
    );
  }
  return sentences.map((sentence, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one text
    <span key={i}>{sentence} </span>
  ));
}

function isRemoval(action: string): boolean {
  return describeAction(action).meaning === 'member_removed';
}

function names(teams: Profile['standing']['teams']): ReactNode {
  return teams.map((team, i) => (
    <span key={team.id ?? team.name}>
      {i > 0 && (i === teams.length - 1 ? ' and ' : ', ')}
      <EntityLink entity={{ kind: 'team', value: team.id ?? team.name ?? '' }}>
        <SafeText text={team.name ?? team.id ?? ''} max={60} />
      </EntityLink>
    </span>
  ));
}
