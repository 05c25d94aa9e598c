import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconVolumeOff } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { SuppressionRow } from '../../../shared/detection-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { counted, grouped } from '../../lib/number.ts';
import { rulesOptions, suppressionsOptions } from '../../lib/queries.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { date, dateTime } from '../../lib/time.ts';
import { EmptyState, FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { Tag } from '../../ui/small.tsx';
import s from './suppressions.module.css';

/** What is hidden from the open findings: whom by, why, until when, and how much that is. */
export function Suppressions() {
  const archive = useArchive();
  const { data, error } = useQuery(suppressionsOptions(archive));
  const rules = useQuery(rulesOptions(archive)).data ?? [];
  const [reviewer] = useReviewer();
  const titles = new Map(rules.map((rule) => [rule.id, rule.title]));
  const active = data?.filter((one) => one.active) ?? [];
  const hidden = active.reduce((sum, one) => sum + one.findings, 0);
  return (
    <div className={s.screen}>
      <header className={s.head}>
        <SectionTabs here="/suppressions" />
        {data && (
          <span className={s.note}>
            {counted(active.length, 'is', 'are')} in force and {active.length === 1 ? 'hides' : 'hide'}{' '}
            {counted(hidden, 'finding', 'findings')}, which every count and report still holds
          </span>
        )}
      </header>
      {error && <FailureNote error={error} />}
      {data?.length === 0 && (
        <EmptyState icon={<IconVolumeOff size={16} stroke={1.6} aria-hidden />} title="Nothing is suppressed">
          A finding offers to suppress what its rule finds of one person, address or target, with a reason and an end.
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <div className={s.frame}>
          <table className={s.table}>
            <thead>
              <tr>
                {['Rule', 'Scope', 'Reason', 'By', 'From', 'Until', 'Hides', ''].map((name) => (
                  <th key={name} scope="col">
                    {name || <span className={s.unseen}>End it</span>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.map((row) => (
                <Row key={row.id} row={row} title={titles.get(row.rule) ?? row.rule} reviewer={reviewer} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Row({ row, title, reviewer }: { row: SuppressionRow; title: string; reviewer: string | null }) {
  const zone = useZone();
  const { readOnly } = useArchive();
  const scope = [row.actor, row.address, row.target].filter((one) => one !== null);
  return (
    <tr data-over={!row.active || undefined}>
      <td>
        <Link to="/rules" search={{ r: row.rule }}>
          <SafeText text={title} max={120} />
        </Link>
      </td>
      <td>
        {scope.length === 0
          ? 'everything it finds'
          : scope.map((one) => (
              <Tag key={one} kind="line">
                <SafeText text={one} max={60} />
              </Tag>
            ))}
      </td>
      <td className={s.reason}>
        <SafeText text={row.reason} max={400} />
      </td>
      <td>
        <SafeText text={row.owner} max={60} />
      </td>
      <td>{date(row.at, zone)}</td>
      <td>
        {row.ended ? (
          <span title={`${row.ended.reason.slice(0, 200)} (${row.ended.by.slice(0, 60)})`}>
            ended {date(row.ended.at, zone)}
          </span>
        ) : row.active ? (
          <span title={dateTime(row.until, zone)}>{date(row.until, zone)}</span>
        ) : (
          `ran out ${date(row.until, zone)}`
        )}
      </td>
      <td className={s.number}>
        {row.findings > 0 ? (
          <Link to="/findings" search={{ state: 'suppressed', rule: row.rule }}>
            {grouped(row.findings)}
          </Link>
        ) : (
          0
        )}
      </td>
      <td>{row.active && !readOnly && <EndButton row={row} reviewer={reviewer} />}</td>
    </tr>
  );
}

function EndButton({ row, reviewer }: { row: SuppressionRow; reviewer: string | null }) {
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const [by, setBy] = useState(reviewer ?? row.owner);
  const [showAgain, setShowAgain] = useState(false);
  const end = useMutation({
    mutationFn: () => call('suppressions.end', { id: row.id, reason: reason.trim(), by: by.trim(), showAgain }),
    onSuccess: () => setOpened(false),
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() !== '' && by.trim() !== '') end.mutate();
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus width={300}>
      <Popover.Target>
        <Button size="xs" variant="default" onClick={() => setOpened((before) => !before)}>
          End…
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="End the suppression">
        <form className={s.form} onSubmit={submit}>
          <TextInput
            size="xs"
            label="Reason"
            value={reason}
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <TextInput size="xs" label="Your name" value={by} onChange={(event) => setBy(event.currentTarget.value)} />
          <Checkbox
            size="xs"
            label="Bring back what it hid, too"
            checked={showAgain}
            onChange={(event) => setShowAgain(event.currentTarget.checked)}
          />
          {end.error && <FailureNote error={end.error} />}
          <Button size="xs" type="submit" loading={end.isPending} disabled={reason.trim() === '' || by.trim() === ''}>
            End it
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
