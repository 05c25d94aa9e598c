import { Button } from '@mantine/core';
import { IconFolderSearch, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { CaseSummary } from '../../../shared/case-schema.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { casesOptions, useCurrentCase } from '../../lib/cases.ts';
import { useKeys } from '../../lib/keys.ts';
import { counted, grouped } from '../../lib/number.ts';
import { date, dateTime } from '../../lib/time.ts';
import { EmptyState, FailureNote, Panel } from '../../ui/notes.tsx';
import { SafeText, tooltipOf } from '../../ui/safe-text.tsx';
import { SeverityTag } from '../../ui/severity-mark.tsx';
import { Key } from '../../ui/small.tsx';
import tag from '../../ui/state-tag.module.css';
import { NewCase } from './case-forms.tsx';
import { ClockTag } from './clock-tag.tsx';
import s from './home.module.css';
import type { InvestigationsSearch } from './search.ts';
import { STATUS_TONES, STATUS_WORDS } from './words.ts';

/** Every case, those not closed first, with what is due and what was seen again. */
export function CasesHome({ search }: { search: InvestigationsSearch }) {
  const archive = useArchive();
  const navigate = useNavigate();
  const { data, error } = useQuery(casesOptions(archive));
  const { choose } = useCurrentCase();
  const writable = !archive.readOnly;
  const cases = data?.cases ?? [];
  const going = cases.filter(({ status }) => status !== 'closed');
  const closed = cases.filter(({ status }) => status === 'closed');
  const start = (open: boolean): void =>
    void navigate({ to: '/investigations', search: open && writable ? { start: true } : {} });

  // Moves through the cases.
  function step(by: 1 | -1): void {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
  }
  useKeys({
    j: () => step(1),
    ArrowDown: () => step(1),
    k: () => step(-1),
    ArrowUp: () => step(-1),
    n: () => start(true),
  });
  return (
    <div className={s.page}>
      <header className={s.top}>
        <h1>Investigations</h1>
        <span className={s.grow} />
        {writable && (
          <Button
            size="xs"
            onClick={() => start(true)}
            leftSection={<IconPlus size={14} stroke={1.8} aria-hidden />}
            rightSection={<Key>N</Key>}
          >
            New case
          </Button>
        )}
      </header>
      {error && <FailureNote error={error} />}
      {data && cases.length === 0 && (
        <EmptyState
          icon={<IconFolderSearch size={22} stroke={1.5} aria-hidden />}
          title="No case was opened yet"
          actions={
            <Link to="/findings" search={{}}>
              Open findings
            </Link>
          }
        >
          A case gathers the entries of an incident into a timeline, with notes, scope and remedies. Open one from a
          finding with P, or pin entries from the Explorer with Shift P.
        </EmptyState>
      )}
      {going.length > 0 && (
        <Panel title="Open" note={counted(going.length, 'case', 'cases')}>
          <ul className={s.rows}>
            {going.map((one) => (
              <Row key={one.id} one={one} now={data?.now ?? 0} />
            ))}
          </ul>
        </Panel>
      )}
      {closed.length > 0 && (
        <Panel title="Closed" note={counted(closed.length, 'case', 'cases')}>
          <ul className={s.rows}>
            {closed.map((one) => (
              <Row key={one.id} one={one} now={data?.now ?? 0} />
            ))}
          </ul>
        </Panel>
      )}
      {search.start && writable && (
        <NewCase
          onOpened={(id) => {
            choose(id);
            void navigate({ to: '/investigations', search: { c: id } });
          }}
          onClose={() => start(false)}
        />
      )}
    </div>
  );
}

function Row({ one, now }: { one: CaseSummary; now: number }) {
  const zone = useZone();
  // The deadline that is nearest is the one that counts.
  const due = one.clocks
    .filter(({ met, dueAt }) => met === null && dueAt !== null)
    .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0];
  return (
    <li className={s.row}>
      <span className={s.severity}>
        <SeverityTag severity={one.severity} />
      </span>
      <span className={s.id}>{one.id}</span>
      <Link to="/investigations" search={{ c: one.id }} className={s.name ?? ''} data-row title={tooltipOf(one.title)}>
        <SafeText text={one.title} max={160} />
      </Link>
      <span className={s.aside}>
        {one.first === null || one.last === null
          ? 'nothing pinned yet'
          : date(one.first, zone) === date(one.last, zone)
            ? dateTime(one.first, zone)
            : `${date(one.first, zone)} to ${date(one.last, zone)}`}
      </span>
      {one.seenAgain > 0 && (
        <span className={tag.tag} data-tone="critical">
          seen again, {grouped(one.seenAgain)}
        </span>
      )}
      <span className={s.count}>{counted(one.events, 'event', 'events')}</span>
      <span className={s.lead}>{one.lead === null ? 'nobody leads it' : <SafeText text={one.lead} max={60} />}</span>
      <span className={s.due} title={due ? tooltipOf(due.name) : undefined}>
        {due && one.status !== 'closed' && <ClockTag clock={due} now={now} />}
      </span>
      <span className={s.status}>
        <span className={tag.tag} data-tone={STATUS_TONES[one.status]}>
          {one.closed === null ? STATUS_WORDS[one.status] : `closed ${date(one.closed, zone)}`}
        </span>
      </span>
    </li>
  );
}
