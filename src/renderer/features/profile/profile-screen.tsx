import { Button } from '@mantine/core';
import { IconFolderSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Entity } from '../../../shared/entity.ts';
import type { Profile, ProfileSide } from '../../../shared/profile-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { useKeys } from '../../lib/keys.ts';
import { noteVisit } from '../../lib/memory.ts';
import { counted, grouped } from '../../lib/number.ts';
import { date } from '../../lib/time.ts';
import { useDelayed } from '../../lib/use-delayed.ts';
import { useCasePin } from '../../ui/case-pin.tsx';
import { EmptyState, FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { Key, Tag } from '../../ui/small.tsx';
import { ActivityPanel } from './activity-panel.tsx';
import { FindingsPanel } from './findings-panel.tsx';
import { HoursPanel } from './hours-panel.tsx';
import { LifePanel } from './life-panel.tsx';
import { NewestPanel } from './newest-panel.tsx';
import s from './profile.module.css';
import { ProfileHead } from './profile-head.tsx';
import { profileOptions } from './queries.ts';
import { SlicePanel } from './slice-panel.tsx';
import { StandingPanel } from './standing-panel.tsx';
import { KINDS, sideTitle, titleOf } from './words.ts';

type Props = {
  readonly entity: Entity;
  /** The side that is looked at; where none is named, the one with something to tell. */
  readonly side: ProfileSide['side'] | null;
};

/** All that the log tells of one person, address, tunnel, team or token. */
export function ProfileScreen({ entity, side }: Props) {
  const archive = useArchive();
  const zone = useZone();
  const { data, error, isPending } = useQuery(profileOptions(archive, entity, zone));
  const waiting = useDelayed(isPending);
  return (
    <div className={s.screen}>
      {error && <FailureNote error={error} />}
      {waiting && (
        <div className={s.skeleton} role="status" aria-label={`Reading what the log tells of this ${entity.kind}`}>
          <i />
          <i />
          <i />
        </div>
      )}
      {data && <Content profile={data} side={side} />}
    </div>
  );
}

function Content({ profile, side }: { profile: Profile; side: Props['side'] }) {
  const { kind, value } = profile;
  const used = profile.sides.filter((one) => one.total > 0);
  const [first] = used;
  const label = titleOf(profile);
  const known = first !== undefined;
  useEffect(() => {
    if (known) noteVisit({ entity: { kind, value }, label });
  }, [kind, value, label, known]);
  const casePin = useCasePin();
  const { readOnly } = useArchive();
  const zone = useZone();
  const looked = used.find((one) => one.side === side) ?? preferred(kind, used) ?? first;
  function pinIntoCase(): void {
    if (!looked) return;
    const entries = { filter: { terms: looked.terms }, zone };
    // Many at once are put where they were meant to go, so it is always asked.
    casePin.choose({ entries, count: looked.total, findings: [], title: label.slice(0, 120), severity: 'high' });
  }
  useKeys({ P: pinIntoCase });
  if (first === undefined) return <Unknown entity={{ kind, value }} />;
  const shown = looked ?? first;
  return (
    <>
      <ProfileHead
        profile={profile}
        action={
          !readOnly && (
            <Button
              size="xs"
              variant="default"
              aria-keyshortcuts="Shift+P"
              onClick={pinIntoCase}
              leftSection={<IconFolderSearch size={14} stroke={1.6} aria-hidden />}
            >
              Into a case&nbsp;<Key>⇧P</Key>
            </Button>
          )
        }
      />
      {casePin.dialog}
      {used.length > 1 && (
        <nav className={s.sides} aria-label="What is looked at">
          {used.map((one) => (
            <Link
              key={one.side}
              to="."
              search={(before: object) => ({ ...before, side: one.side })}
              replace
              className={s.sideTab ?? ''}
              aria-current={one === shown ? 'true' : undefined}
            >
              {sideTitle(kind, one.side)} <span>{grouped(one.total)}</span>
            </Link>
          ))}
        </nav>
      )}
      <div className={s.body}>
        <div className={s.column}>
          <div className={s.charts}>
            <ActivityPanel side={shown} />
            <HoursPanel side={shown} />
          </div>
          {profile.lifeline.events.length > 0 && <LifePanel profile={profile} />}
          <div className={s.lists}>
            {LISTS.filter((by) => shown.slices.some((one) => one.by === by)).map((by) => (
              <SlicePanel key={`${shown.side} ${by}`} side={shown} by={by} />
            ))}
          </div>
          {profile.places.credit !== '' && (
            <p className={s.caption}>
              {profile.places.credit}
              {profile.places.date !== null && `, ${profile.places.date}`}
            </p>
          )}
        </div>
        <div className={s.column}>
          <StandingPanel profile={profile} />
          <FindingsPanel entity={{ kind, value }} />
          <NewestPanel side={shown} />
        </div>
      </div>
    </>
  );
}

const LISTS = ['person', 'action', 'target', 'type', 'address', 'country', 'network', 'team', 'agent'] as const;

// A token that acts by itself is met by what it does; one that never does, by what was done with it.
function preferred(kind: Entity['kind'], used: readonly ProfileSide[]): ProfileSide | undefined {
  return kind === 'token' ? used.find((one) => one.side === 'by') : undefined;
}

function Unknown({ entity }: { entity: Entity }) {
  const archive = useArchive();
  const zone = useZone();
  return (
    <>
      <header className={s.title}>
        <h1>
          <SafeText text={entity.value} max={160} />
        </h1>
        <Tag kind="line">{KINDS[entity.kind]}</Tag>
      </header>
      <EmptyState
        title={`No entry names this ${entity.kind}`}
        actions={
          <>
            <Link to="/archive">Coverage</Link>
            <Link to="/" search={{}}>
              All {counted(archive.entries, 'entry', 'entries')}
            </Link>
          </>
        }
      >
        {archive.oldest !== null && archive.newest !== null && (
          <>
            The archive covers {date(archive.oldest, zone)} to {date(archive.newest, zone)}. What happened outside of
            that, or on days that could not be fetched, is not known here.
          </>
        )}
      </EmptyState>
    </>
  );
}
