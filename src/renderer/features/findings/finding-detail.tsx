import { Button } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { describeAction } from '../../../shared/action.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import type { Finding } from '../../../shared/finding.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { exactly } from '../../lib/filter-edit.ts';
import { counted, grouped } from '../../lib/number.ts';
import { entryOptions } from '../../lib/queries.ts';
import { boundText, clock, dateTime, shortDate, zoneName } from '../../lib/time.ts';
import { Avatar, actorName } from '../../ui/avatar.tsx';
import { CategoryIcon } from '../../ui/category-icon.tsx';
import { Panel } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityTag } from '../../ui/severity-mark.tsx';
import { Key, Tag } from '../../ui/small.tsx';
import s from './findings.module.css';

const FIRST = 12;
const MOST = 200;

/** The query that holds a finding's entries: its time, and its actor or address where it names one. */
function queryOf(finding: Finding, zone: string): string {
  const terms: Filter['terms'] =
    finding.actor !== null
      ? [exactly('actor', finding.actor)]
      : finding.address !== null
        ? [exactly('ip', finding.address)]
        : [];
  return printQuery({ terms, from: boundText(finding.first, zone), to: boundText(finding.last, zone) });
}

export function useOpenInExplorer(): (finding: Finding) => void {
  const navigate = useNavigate();
  const zone = useZone();
  return (finding) => {
    const first = finding.entryKeys[0];
    void navigate({
      to: '/',
      search: { q: queryOf(finding, zone), ...(first === undefined ? {} : { e: first }) },
    });
  };
}

export function FindingDetail({ finding }: { finding: Finding }) {
  const zone = useZone();
  const openInExplorer = useOpenInExplorer();
  const { technique } = finding;
  return (
    <section className={s.detail} aria-label="Finding">
      <div className={s.lead}>
        <div className={s.meta}>
          <SeverityTag severity={finding.severity} />
          <span>
            {dateTime(finding.first, zone)}
            {finding.last > finding.first && ` – ${dateTime(finding.last, zone)}`}, by rule{' '}
            <span className={s.mono}>{finding.rule}</span>
          </span>
          <span className={s.grow} />
          <Button
            size="xs"
            variant="default"
            onClick={() => openInExplorer(finding)}
            leftSection={<IconListSearch size={13} stroke={1.6} aria-hidden />}
          >
            Open in Explorer&nbsp;<Key>O</Key>
          </Button>
        </div>
        <h2>
          <SafeText text={finding.title} max={300} />
        </h2>
        <p className={s.because}>
          <SafeText text={finding.why} max={2000} />
        </p>
      </div>
      <EntriesPanel finding={finding} zone={zone} />
      <div className={s.references}>
        {technique && (
          <div>
            <h3>ATT&CK {technique.attackVersion}</h3>
            <Tag kind="line">
              <span className={s.mono}>{technique.id}</span> {technique.name}
            </Tag>
          </div>
        )}
        {finding.controls.length > 0 && (
          <div>
            <h3>Controls</h3>
            {finding.controls.map((control) => (
              <Tag key={control} kind="line">
                {control}
              </Tag>
            ))}
          </div>
        )}
        {(finding.actor !== null || finding.address !== null) && (
          <div>
            <h3>Subject</h3>
            {[finding.actor, finding.address].map(
              (one) =>
                one !== null && (
                  <Tag key={one} kind="line">
                    <SafeText text={one} max={80} />
                  </Tag>
                ),
            )}
          </div>
        )}
      </div>
    </section>
  );
}

function EntriesPanel({ finding, zone }: { finding: Finding; zone: string }) {
  const archive = useArchive();
  const [limit, setLimit] = useState(FIRST);
  const keys = finding.entryKeys.slice(0, limit);
  const rows = useQueries({
    queries: keys.map((key) => entryOptions(archive, key)),
    combine: (all) => all.map((one) => one.data?.row ?? null),
  });
  const hidden = finding.entryKeys.length - keys.length;
  return (
    <Panel
      title="Entries"
      note={`${grouped(keys.length)} of ${grouped(finding.entryKeys.length)}`}
      action={
        hidden > 0 &&
        limit < MOST && (
          <Button size="xs" variant="subtle" onClick={() => setLimit(MOST)}>
            Show {hidden > MOST ? `the first ${MOST}` : counted(hidden, 'more', 'more')}
          </Button>
        )
      }
    >
      <table className={s.table}>
        <thead className={s.hiddenTitle}>
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
            <EntryLine key={key} row={rows[i] ?? null} finding={finding} zone={zone} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function EntryLine({ row, finding, zone }: { row: EntryRow | null; finding: Finding; zone: string }) {
  const navigate = useNavigate();
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
            <SafeText text={actorName(row.actor)} max={80} />
          </span>
        </span>
      </td>
      <td>
        <span className={s.who}>
          <CategoryIcon category={info.category} />
          <button
            type="button"
            className={s.phrase}
            onClick={() => void navigate({ to: '/', search: { q: queryOf(finding, zone), e: row.key } })}
          >
            <SafeText text={info.phrase} max={120} />
          </button>
        </span>
      </td>
      <td className={s.code}>
        <SafeText text={row.action} max={80} />
      </td>
      <td className={s.address}>{row.address !== null && <SafeText text={row.address} max={60} />}</td>
    </tr>
  );
}
