import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { describeAction } from '../../../shared/action.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import type { ReviewItem } from '../../../shared/review-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { entryOptions } from '../../lib/queries.ts';
import { exactTime } from '../../lib/time.ts';
import { actorName } from '../../ui/avatar.tsx';
import { EntityLink } from '../../ui/entity-link.tsx';
import { RawJson } from '../../ui/raw-json.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { accessWords } from './item-cells.tsx';
import { VerdictTag } from './verdicts.tsx';
import s from './worksheet.module.css';

/** One item in full: the entry as it was received, or the access, and what was decided of it. */
export function ItemDetail({ item, onClose }: { item: ReviewItem; onClose: () => void }) {
  const zone = useZone();
  const { decision, access, entry } = item;
  return (
    <section className={s.part} aria-label="Item in full">
      <header className={s.partHead}>
        <h2>Item {item.n + 1}</h2>
        <span className={s.grow} />
        <ActionIcon aria-label="Close the item" title="Close (Esc)" onClick={onClose}>
          <IconX size={14} stroke={1.8} aria-hidden />
        </ActionIcon>
      </header>
      {entry && <EntryFacts entry={entry} />}
      {access && (
        <dl className={s.facts}>
          <dt>Holder</dt>
          <dd>
            <EntityLink entity={access.person.id === null ? null : { kind: 'person', value: access.person.id }}>
              <SafeText text={actorName(access.person)} />
            </EntityLink>
          </dd>
          <dt>E-mail</dt>
          <dd>{access.person.email === null ? 'not known' : <SafeText text={access.person.email} />}</dd>
          <dt>Team</dt>
          <dd>{access.team === null ? 'not known' : <SafeText text={access.team.name ?? access.team.id ?? ''} />}</dd>
          <dt>Role</dt>
          <dd>{access.role === null ? 'not known' : <SafeText text={access.role} />}</dd>
          <dt>Joined</dt>
          <dd>{access.joinedAt === null ? 'not in the log' : exactTime(access.joinedAt, zone)}</dd>
          <dt>Last seen</dt>
          <dd>{access.lastSeen === null ? 'never in the log' : exactTime(access.lastSeen, zone)}</dd>
          <dt>Known how</dt>
          <dd>{accessWords(access)}</dd>
        </dl>
      )}
      {decision && (
        <dl className={s.facts}>
          <dt>Decision</dt>
          <dd>
            <VerdictTag verdict={decision.verdict} />
          </dd>
          <dt>By</dt>
          <dd>
            <SafeText text={decision.by} max={120} />, {exactTime(decision.at, zone)}, line {decision.line}
          </dd>
          {(['rationale', 'evidence', 'ticket'] as const).map(
            (name) =>
              decision[name] !== '' && (
                <Fact key={name} name={name === 'rationale' ? 'Reason' : name === 'evidence' ? 'Evidence' : 'Ticket'}>
                  <SafeText text={decision[name]} max={2000} multiline />
                </Fact>
              ),
          )}
        </dl>
      )}
      {entry && <Raw entryKey={entry.key} />}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function EntryFacts({ entry }: { entry: EntryRow }) {
  const zone = useZone();
  return (
    <dl className={s.facts}>
      <dt>Time</dt>
      <dd>
        {exactTime(entry.ts, zone)}
        {zone !== 'UTC' && (
          <>
            <br />
            {exactTime(entry.ts, 'UTC')}
          </>
        )}
      </dd>
      <dt>Who</dt>
      <dd>
        <EntityLink entity={entry.actor?.id ? { kind: 'person', value: entry.actor.id } : null}>
          <SafeText text={actorName(entry.actor)} />
        </EntityLink>
      </dd>
      <dt>What</dt>
      <dd>
        <SafeText text={describeAction(entry.action).phrase} />{' '}
        <code>
          <SafeText text={entry.action} max={120} />
        </code>
      </dd>
      <dt>On what</dt>
      <dd>{entry.target === null ? 'nothing' : <SafeText text={entry.target.name ?? entry.target.id ?? ''} />}</dd>
      <dt>Address</dt>
      <dd>
        {entry.address === null ? (
          'not given'
        ) : (
          <EntityLink entity={{ kind: 'address', value: entry.address }}>
            <SafeText text={entry.address} max={80} />
          </EntityLink>
        )}
      </dd>
      <dt>Entry</dt>
      <dd>
        <Link to="/" search={{ e: entry.key }}>
          <code>
            <SafeText text={entry.id} max={80} />
          </code>
        </Link>
      </dd>
    </dl>
  );
}

function Raw({ entryKey }: { entryKey: number }) {
  const archive = useArchive();
  const { data } = useQuery(entryOptions(archive, entryKey));
  return data && data.row.key === entryKey ? <RawJson text={data.raw} indented label="The entry as received" /> : null;
}
