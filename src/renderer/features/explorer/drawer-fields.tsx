import { entityOfActor, entityOfAddress, entityOfTarget, entityOfTeam } from '../../../shared/entity.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import { Avatar, actorName } from '../../ui/avatar.tsx';
import { EntityLink } from '../../ui/entity-link.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './drawer.module.css';
import type { Detail } from './drawer.tsx';
import { Field } from './drawer-section.tsx';
import { targetName } from './entry-cells.tsx';
import { FirstSeen } from './first-seen.tsx';

/** What the entry says, value by value. */
export function Fields({ detail: { row, timestamp } }: { detail: Detail }) {
  const target = targetName(row.target);
  return (
    <div className={s.section}>
      <dl className={s.fields}>
        <Field name="Action" mono>
          <SafeText text={row.action} />
        </Field>
        <Field name="Actor">
          <span className={s.actor}>
            <Avatar actor={row.actor} />
            <span>
              <EntityLink entity={entityOfActor(row.actor)}>
                <SafeText text={row.actor?.email ?? actorName(row.actor)} />
              </EntityLink>
              {row.actor?.id && (
                <span className={s.id}>
                  <SafeText text={row.actor.id} />
                </span>
              )}
            </span>
          </span>
        </Field>
        {target !== null && (
          <Field name="Target">
            <span className={s.mono}>
              <EntityLink entity={entityOfTarget(row.target)}>
                <SafeText text={target} />
              </EntityLink>
            </span>{' '}
            {row.target?.type && <span className={s.dim}>{row.target.type.replaceAll('_', ' ')}</span>}
            {row.target?.id && row.target.id !== target && (
              <span className={s.id}>
                <SafeText text={row.target.id} />
              </span>
            )}
          </Field>
        )}
        {row.address !== null && (
          <Field name="Address" mono>
            <EntityLink entity={entityOfAddress(row.address)}>
              <SafeText text={row.address} />
            </EntityLink>
            <FirstSeen row={row} term={exactly('ip', row.address)} />
          </Field>
        )}
        {row.agent !== null && (
          <Field name="Client">
            <SafeText text={row.agent} max={600} />
            <FirstSeen row={row} term={exactly('agent', row.agent)} />
          </Field>
        )}
        {row.team && (
          <Field name="Team">
            <EntityLink entity={entityOfTeam(row.team)}>
              <SafeText text={row.team.name ?? row.team.id ?? ''} />
            </EntityLink>
          </Field>
        )}
        <Field name="Time as sent" mono>
          <SafeText text={timestamp} />
        </Field>
        <Field name="Id" mono>
          <SafeText text={row.id} />
        </Field>
      </dl>
    </div>
  );
}
