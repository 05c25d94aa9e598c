import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Identity } from '../../../shared/review-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { identitiesOptions, useActing } from '../../lib/reviews.ts';
import { date } from '../../lib/time.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { EmptyState, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import tag from '../../ui/state-tag.module.css';
import { IdentityForm } from './identity-form.tsx';
import { PinForm } from './pin-form.tsx';
import { ReasonForm } from './reason-form.tsx';
import s from './reviews.module.css';

type Doing = { readonly what: 'pin' | 'retire'; readonly who: Identity } | { readonly what: 'new' };

/** Those who decide and sign, with their keys' fingerprints. */
export function PeopleTab() {
  const archive = useArchive();
  const zone = useZone();
  const acting = useActing();
  const all = useQuery(identitiesOptions(archive)).data ?? [];
  const [doing, setDoing] = useState<Doing | null>(null);
  const end = () => setDoing(null);
  return (
    <Panel
      title="People who decide and sign"
      className={s.wide}
      action={
        !archive.readOnly && (
          <Button size="xs" variant="default" onClick={() => setDoing({ what: 'new' })}>
            Add a person…
          </Button>
        )
      }
    >
      {all.length === 0 ? (
        <EmptyState title="Nobody yet">
          Preparer and reviewer of a review are two different people, each with a signing key and a PIN of their own.
        </EmptyState>
      ) : (
        <ul className={s.rows}>
          {all.map((one) => (
            <li key={one.id} className={s.row}>
              <Avatar actor={{ id: one.email, name: one.name, email: one.email }} />
              <span className={s.name}>
                <SafeText text={one.name} max={80} />
              </span>
              <span className={s.aside}>
                <SafeText text={one.email} max={100} />
              </span>
              <span className={s.hash} title={`Fingerprint of the key: ${one.fingerprint}`}>
                {one.fingerprint.slice(0, 4)} {one.fingerprint.slice(4, 8)} … {one.fingerprint.slice(-4)}
              </span>
              {one.retiredAt === null ? (
                <span className={s.owner}>since {date(one.createdAt, zone)}</span>
              ) : (
                <span className={tag.tag}>retired {date(one.retiredAt, zone)}</span>
              )}
              {!archive.readOnly && one.retiredAt === null && (
                <>
                  <Button size="xs" variant="default" onClick={() => setDoing({ what: 'pin', who: one })}>
                    Change PIN…
                  </Button>
                  <Button size="xs" variant="default" onClick={() => setDoing({ what: 'retire', who: one })}>
                    Retire…
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {doing?.what === 'new' && <IdentityForm onClose={end} onMade={end} />}
      {doing?.what === 'pin' && <PinForm who={doing.who} onClose={end} />}
      {doing?.what === 'retire' && (
        <ReasonForm
          title={`Retire ${doing.who.name}`}
          lead="What they signed stays signed. They decide and sign no more."
          submit="Retire"
          acting={acting}
          onSay={(reason, by) => call('identities.retire', { id: doing.who.id, by, reason })}
          onClose={end}
        />
      )}
    </Panel>
  );
}
