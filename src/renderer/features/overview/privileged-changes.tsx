import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { describeAction } from '../../../shared/action.ts';
import type { FindingBrief } from '../../../shared/detection-contract.ts';
import { entityOfActor, entityOfTarget } from '../../../shared/entity.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { EVERYTHING } from '../../../shared/filter/filter.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import { addDays, dayOf } from '../../../shared/instant.ts';
import { privilegedActions } from '../../../shared/privileged.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { grouped } from '../../lib/number.ts';
import { countOptions, facetOptions, findingsOfOptions, newestOptions } from '../../lib/queries.ts';
import { clockMinutes, shortDate, zoneName } from '../../lib/time.ts';
import { Avatar, actorName } from '../../ui/avatar.tsx';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { EntityLink } from '../../ui/entity-link.tsx';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import s from './overview.module.css';

const DAYS = 30;
const SHOWN = 12;
const SPELLINGS = 100;

/** The newest entries that change who may do what; each leads to itself, the number to all of them. */
export function PrivilegedChanges({ now }: { now: number }) {
  const archive = useArchive();
  const zone = useZone();
  const spelt = useQuery(facetOptions(archive, { filter: EVERYTHING, zone }, 'action', SPELLINGS)).data?.values;
  const filter = useMemo((): Filter => {
    const actions = privilegedActions(spelt?.flatMap((one) => one.value ?? []) ?? []);
    const to = dayOf(now, zone);
    return { terms: actions.map((action) => exactly('action', action)), from: addDays(to, 1 - DAYS), to };
  }, [spelt, now, zone]);
  const question = { filter, zone };
  const total = useQuery({ ...countOptions(archive, question), enabled: spelt !== undefined });
  const rows = useQuery({ ...newestOptions(archive, question, SHOWN), enabled: spelt !== undefined });
  const keys = useMemo(() => rows.data?.rows.map(({ key }) => key) ?? [], [rows.data]);
  const findings = useQuery({ ...findingsOfOptions(archive, keys), placeholderData: keepPreviousData }).data;
  const worst = useMemo(() => new Map(findings?.map((one) => [one.key, one.findings[0] ?? null])), [findings]);
  const error = total.error ?? rows.error;
  const q = printQuery(filter);
  return (
    <Panel
      title="Newest privileged changes"
      action={
        total.data && (
          <Link to="/" search={{ q }}>
            {grouped(total.data.total)} in {DAYS} days
          </Link>
        )
      }
    >
      {error && <FailureNote error={error} />}
      <ul className={s.lines}>
        {rows.data?.rows.map((row) => (
          <Line key={row.key} row={row} q={q} finding={worst.get(row.key) ?? null} />
        ))}
        {rows.data?.rows.length === 0 && <li className={s.none}>None in the last {DAYS} days.</li>}
      </ul>
    </Panel>
  );
}

function Line({ row, q, finding }: { row: EntryRow; q: string; finding: FindingBrief | null }) {
  const zone = useZone();
  const info = describeAction(row.action);
  const target = row.target?.name ?? row.target?.id;
  return (
    <li className={s.change}>
      <span className={s.when}>
        {shortDate(row.ts, zone)} {clockMinutes(row.ts, zone)} <i>{zoneName(row.ts, zone)}</i>
      </span>
      <span title={tooltipOf(actorName(row.actor))}>
        <EntityLink entity={entityOfActor(row.actor)}>
          <Avatar actor={row.actor} />
          <span className={s.unseen}>{tooltipOf(actorName(row.actor))}</span>
        </EntityLink>
      </span>
      <CategoryIcon category={info.category} />
      <span className={s.phrase}>
        <Link to="/" search={{ q, e: row.key }}>
          <SafeText text={info.phrase} max={120} />
        </Link>
        {target && (
          <span className={s.target}>
            {' '}
            <EntityLink entity={entityOfTarget(row.target)}>
              <SafeText text={target} max={80} />
            </EntityLink>
          </span>
        )}
      </span>
      {finding && (
        <Link to="/findings" search={{ f: finding.id }} aria-label={`Finding: ${finding.title.slice(0, 100)}`}>
          <SeverityMark severity={finding.severity} label={false} />
        </Link>
      )}
    </li>
  );
}
