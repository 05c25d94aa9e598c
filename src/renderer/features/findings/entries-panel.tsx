import { Button } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { describeAction } from '../../../shared/action.ts';
import { countryName } from '../../../shared/country.ts';
import { entityOfActor, entityOfAddress } from '../../../shared/entity.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import type { Finding, Place } from '../../../shared/finding.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted, grouped } from '../../lib/number.ts';
import { entryOptions, placesOptions } from '../../lib/queries.ts';
import { clock, shortDate, zoneName } from '../../lib/time.ts';
import { Avatar, actorName } from '../../ui/avatar.tsx';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { EntityLink } from '../../ui/entity-link.tsx';
import { Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { Key } from '../../ui/small.tsx';
import s from './detail.module.css';
import { useOpenInExplorer } from './explorer-query.ts';

const FIRST = 12;
const MOST = 200;

/** The entries a finding was made from, oldest first; each opens in the Explorer. */
export function EntriesPanel({ finding }: { finding: Finding }) {
  const archive = useArchive();
  const openInExplorer = useOpenInExplorer();
  const [limit, setLimit] = useState(FIRST);
  const keys = finding.entryKeys.slice(0, limit);
  const rows = useQueries({
    queries: keys.map((key) => entryOptions(archive, key)),
    combine: (all) => all.map((one) => one.data?.row ?? null),
  });
  const addresses = [...new Set(rows.flatMap((row) => row?.address ?? []))].sort();
  const arrived = rows.every((row) => row !== null);
  const places = useQuery({ ...placesOptions(archive, addresses), enabled: arrived && addresses.length > 0 }).data;
  const placeOf = new Map(places?.places.map((one) => [one.address, one]));
  const hidden = finding.entryKeys.length - keys.length;
  return (
    <Panel
      title="Entries"
      note={`${grouped(keys.length)} of ${grouped(finding.entryKeys.length)}`}
      action={
        <>
          {hidden > 0 && limit < MOST && (
            <Button size="xs" variant="subtle" onClick={() => setLimit(MOST)}>
              Show {hidden > MOST ? `the first ${MOST}` : counted(hidden, 'more', 'more')}
            </Button>
          )}
          <button type="button" className={s.inlineLink} onClick={() => openInExplorer(finding)}>
            Open in Explorer
          </button>
          <Key>O</Key>
        </>
      }
    >
      <table className={s.table}>
        <thead className={s.unseen}>
          <tr>
            {['Time', 'Actor', 'Action', 'Code', 'Address'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keys.map((key, i) => (
            <EntryLine
              key={key}
              row={rows[i] ?? null}
              place={placeOf.get(rows[i]?.address ?? '') ?? null}
              onOpen={() => openInExplorer(finding, key)}
            />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function EntryLine({ row, place, onOpen }: { row: EntryRow | null; place: Place | null; onOpen: () => void }) {
  const zone = useZone();
  if (!row) {
    return (
      <tr>
        <td colSpan={5} className={s.waiting} />
      </tr>
    );
  }
  const info = describeAction(row.action);
  return (
    <tr>
      <td className={s.time}>
        {shortDate(row.ts, zone)} {clock(row.ts, zone)} <span>{zoneName(row.ts, zone)}</span>
      </td>
      <td>
        <span className={s.who}>
          <Avatar actor={row.actor} />
          <span className={s.clip}>
            <EntityLink entity={entityOfActor(row.actor)}>
              <SafeText text={actorName(row.actor)} max={80} />
            </EntityLink>
          </span>
        </span>
      </td>
      <td>
        <span className={s.who}>
          <CategoryIcon category={info.category} />
          <button type="button" className={s.phrase} onClick={onOpen}>
            <SafeText text={info.phrase} max={120} />
          </button>
        </span>
      </td>
      <td className={s.code}>
        <SafeText text={row.action} max={80} />
      </td>
      <td className={s.address}>
        {row.address !== null && (
          <>
            <span className={s.mono}>
              <EntityLink entity={entityOfAddress(row.address)}>
                <SafeText text={row.address} max={60} />
              </EntityLink>
            </span>
            {place?.country && (
              <abbr className={s.country} title={countryName(place.country)}>
                {place.country}
              </abbr>
            )}
            {place?.network && <SafeText text={place.network.name} max={60} />}
          </>
        )}
      </td>
    </tr>
  );
}
