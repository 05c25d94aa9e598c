import { Button, Popover, Switch, TextInput } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { RuleHealth } from '../../../shared/detection-contract.ts';
import { rank } from '../../../shared/finding.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { grouped } from '../../lib/number.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { date } from '../../lib/time.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { Tag } from '../../ui/small.tsx';
import s from './rules.module.css';

type Column = 'severity' | 'findings' | 'benign' | 'ms';

const share = (rule: RuleHealth): number => (rule.decided === 0 ? -1 : rule.benign / rule.decided);

const ORDERS: Readonly<Record<Column, (a: RuleHealth, b: RuleHealth) => number>> = {
  severity: (a, b) =>
    Number(b.own) - Number(a.own) || rank(a.severity) - rank(b.severity) || a.title.localeCompare(b.title),
  findings: (a, b) => b.findings - a.findings || rank(a.severity) - rank(b.severity),
  benign: (a, b) => share(b) - share(a) || b.decided - a.decided,
  ms: (a, b) => b.ms - a.ms,
};

const SORTED: Readonly<Record<Column, 'ascending' | 'descending'>> = {
  severity: 'descending',
  findings: 'descending',
  benign: 'descending',
  ms: 'descending',
};

type Props = {
  readonly rules: readonly RuleHealth[];
  readonly chosen: string | null;
  readonly reviewer: string | null;
  readonly onOpen: (id: string) => void;
};

/** Rule health: what each rule found, what people made of it, what it costs, and whether it runs. */
export function RuleTable({ rules, chosen, reviewer, onOpen }: Props) {
  const [by, setBy] = useState<Column>('severity');
  const head = (column: Column, name: string, number = true) => (
    <th scope="col" aria-sort={by === column ? SORTED[column] : undefined} className={number ? s.number : undefined}>
      <button type="button" className={s.sort} onClick={() => setBy(column)}>
        {name}
        {by === column && <IconArrowDown size={11} stroke={2} aria-hidden />}
      </button>
    </th>
  );
  return (
    <div className={s.frame}>
      <table className={s.table}>
        <thead>
          <tr>
            {head('severity', 'Rule', false)}
            {head('findings', 'Findings')}
            {head('benign', 'False alarms')}
            <th scope="col" className={s.last}>
              Last
            </th>
            {head('ms', 'Time, ms')}
            <th scope="col">On</th>
          </tr>
        </thead>
        <tbody>
          {rules.toSorted(ORDERS[by]).map((rule) => (
            <Row key={rule.id} rule={rule} chosen={rule.id === chosen} reviewer={reviewer} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = {
  readonly rule: RuleHealth;
  readonly chosen: boolean;
  readonly reviewer: string | null;
  readonly onOpen: (id: string) => void;
};

function Row({ rule, chosen, reviewer, onOpen }: RowProps) {
  const zone = useZone();
  return (
    <tr data-chosen={chosen || undefined} data-off={!rule.enabled || undefined}>
      <td>
        <span className={s.name}>
          <SeverityMark severity={rule.severity} />
          <button type="button" className={s.open} aria-expanded={chosen} onClick={() => onOpen(rule.id)}>
            <SafeText text={rule.title} max={120} />
          </button>
          {rule.own && <Tag kind="accent">yours</Tag>}
          {rule.problem !== null && <Tag>cannot run</Tag>}
        </span>
        <span className={s.id}>{rule.id}</span>
      </td>
      <td className={s.number}>
        {rule.findings > 0 ? (
          <Link to="/findings" search={{ state: 'all', rule: rule.id }}>
            {grouped(rule.findings)}
          </Link>
        ) : (
          <span className={s.none}>0</span>
        )}
        {rule.suppressed > 0 && <span className={s.under}>{grouped(rule.suppressed)} suppressed</span>}
      </td>
      <td className={s.number}>
        {rule.decided === 0 ? (
          <span className={s.none}>none decided</span>
        ) : (
          <>
            {Math.round(share(rule) * 100)} %
            <span className={s.under}>
              {grouped(rule.benign)} of {grouped(rule.decided)} decided
            </span>
          </>
        )}
      </td>
      <td className={s.last}>{rule.last === null ? <span className={s.none}>never</span> : date(rule.last, zone)}</td>
      <td className={s.number}>
        {rule.kind === 'sigma' || rule.ms > 0 ? grouped(rule.ms) : <span className={s.none}>–</span>}
      </td>
      <td>
        <OnSwitch rule={rule} reviewer={reviewer} />
      </td>
    </tr>
  );
}

/** On or off, with the reason that the journal keeps. */
function OnSwitch({ rule, reviewer }: { rule: RuleHealth; reviewer: string | null }) {
  const { readOnly } = useArchive();
  const zone = useZone();
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const [by, setBy] = useState(reviewer ?? '');
  const enabled = !rule.enabled;
  const [, rememberReviewer] = useReviewer();
  const change = useMutation({
    mutationFn: () => call('rules.setEnabled', { rule: rule.id, enabled, reason: reason.trim(), by: by.trim() }),
    onSuccess: () => {
      rememberReviewer(by.trim());
      setOpened(false);
      setReason('');
    },
  });
  const ready = reason.trim() !== '' && by.trim() !== '';
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (ready) change.mutate();
  }
  const said =
    rule.switched === null
      ? undefined
      : `Turned ${rule.switched.enabled ? 'on' : 'off'} by ${rule.switched.by.slice(0, 60)} on ${date(rule.switched.at, zone)}: ${rule.switched.reason.slice(0, 200)}`;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus width={280}>
      <Popover.Target>
        <Switch
          size="xs"
          checked={rule.enabled}
          disabled={readOnly || rule.problem !== null}
          aria-label={`${rule.title.slice(0, 80)} runs`}
          title={readOnly ? 'This archive is open for reading only.' : said}
          onChange={() => {
            setBy((before) => before || (reviewer ?? ''));
            setOpened((before) => !before);
          }}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={enabled ? 'Turn the rule on' : 'Turn the rule off'}>
        <form className={s.form} onSubmit={submit}>
          <TextInput
            size="xs"
            label={`Why it is turned ${enabled ? 'on' : 'off'}`}
            value={reason}
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <TextInput size="xs" label="Your name" value={by} onChange={(event) => setBy(event.currentTarget.value)} />
          {change.error && <FailureNote error={change.error} />}
          <Button size="xs" type="submit" disabled={!ready} loading={change.isPending}>
            Turn {enabled ? 'on' : 'off'}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
