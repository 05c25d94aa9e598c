import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { describeAction } from '../../../shared/action.ts';
import type { Entity, EntityKind } from '../../../shared/entity.ts';
import type { FilterField } from '../../../shared/filter/filter.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { exactly } from '../../lib/filter-edit.ts';
import { counted } from '../../lib/number.ts';
import { countOptions, newestOptions } from '../../lib/queries.ts';
import { dateTime } from '../../lib/time.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { Tag } from '../../ui/small.tsx';
import s from './profile.module.css';

const NAMES: Readonly<Record<EntityKind, string>> = {
  person: 'Person',
  address: 'Address',
  tunnel: 'Tunnel',
  team: 'Team',
  token: 'Token',
};
const SIDES: Readonly<Record<EntityKind, readonly (readonly [field: FilterField, title: string])[]>> = {
  person: [
    ['actor', 'What they did'],
    ['target', 'What was done to them'],
  ],
  address: [['ip', 'What came from it']],
  tunnel: [['target', 'What was done to it']],
  team: [
    ['team', 'What happened in it'],
    ['target', 'What was done to it'],
  ],
  token: [
    ['target', 'What was done to it'],
    ['actor', 'What it did'],
  ],
};

/** All that the log tells of one person, address, tunnel, team or token. */
export function ProfileScreen({ entity }: { entity: Entity }) {
  return (
    <div className={s.screen}>
      <header className={s.head}>
        <Tag kind="line">{NAMES[entity.kind]}</Tag>
        <h1>
          <SafeText text={entity.value} max={200} />
        </h1>
      </header>
      {SIDES[entity.kind].map(([field, title]) => (
        <Side key={field} field={field} title={title} value={entity.value} />
      ))}
    </div>
  );
}

function Side({ field, title, value }: { field: FilterField; title: string; value: string }) {
  const archive = useArchive();
  const zone = useZone();
  const question = { filter: { terms: [exactly(field, value)] }, zone };
  const q = printQuery(question.filter);
  const total = useQuery(countOptions(archive, question));
  const rows = useQuery(newestOptions(archive, question, 12));
  const error = total.error ?? rows.error;
  return (
    <Panel
      title={title}
      action={
        total.data && (
          <Link to="/" search={{ q }}>
            {counted(total.data.total, 'entry', 'entries')}
          </Link>
        )
      }
    >
      {error && <FailureNote error={error} />}
      <ul className={s.lines}>
        {rows.data?.rows.map((row) => (
          <li key={row.key}>
            <span className={s.when}>{dateTime(row.ts, zone)}</span>
            <Link to="/" search={{ q, e: row.key }}>
              <SafeText text={describeAction(row.action).phrase} max={120} />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
