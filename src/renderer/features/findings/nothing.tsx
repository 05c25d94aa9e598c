import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { ledgerOptions } from '../../lib/queries.ts';
import { date } from '../../lib/time.ts';
import { EmptyState } from '../../ui/notes.tsx';
import { type FindingsSearch, STANDING_WORDS } from './search.ts';

type Props = {
  readonly search: FindingsSearch;
  /** All findings of the archive, whatever was said of them. */
  readonly all: number;
  readonly rulesRun: number;
};

/** No finding to show: how much that says, and up to two ways on. */
export function Nothing({ search, all, rulesRun }: Props) {
  const archive = useArchive();
  const zone = useZone();
  const navigate = useNavigate();
  const days = useQuery(ledgerOptions(archive)).data ?? [];
  const past = days.slice(0, -1);
  const lost = past.filter((one) => one.state === 'lost').length;
  const partial = past.filter((one) => one.state === 'partial' || one.state === 'pending').length;
  const filtered =
    search.q !== undefined || search.sev !== undefined || search.rule !== undefined || search.who !== undefined;
  const toArchive = (
    <Button size="xs" variant="default" onClick={() => void navigate({ to: '/archive' })}>
      {archive.entries === 0 ? 'Fetch the log' : 'Look at the coverage'}
    </Button>
  );
  if (archive.entries === 0) {
    return (
      <EmptyState icon={<Icon />} title="No findings" actions={toArchive}>
        The archive holds no entries yet, so the rules had nothing to look at.
      </EmptyState>
    );
  }
  const range =
    archive.oldest !== null && archive.newest !== null
      ? ` from ${date(archive.oldest, zone)} to ${date(archive.newest, zone)}`
      : '';
  const whole =
    lost > 0
      ? `${counted(lost, 'day', 'days')} of that ${lost === 1 ? 'was' : 'were'} lost before Logbook could fetch them: about those, no finding proves nothing.`
      : partial > 0
        ? `${counted(partial, 'day', 'days')} of that ${partial === 1 ? 'is' : 'are'} not complete, so that more may turn up.`
        : past.length > 0
          ? 'Every past day of that is complete.'
          : 'How complete that is was never compared with Jetty.';
  const looked = `${counted(rulesRun, 'rule', 'rules')} looked at ${counted(archive.entries, 'entry', 'entries')}${range}. ${whole}`;
  if (all === 0) {
    return (
      <EmptyState icon={<Icon />} title="The rules noticed nothing" actions={toArchive}>
        {looked}
      </EmptyState>
    );
  }
  const standing = STANDING_WORDS[search.state ?? 'open'].toLowerCase();
  return (
    <EmptyState
      icon={<Icon />}
      title={
        filtered ? 'No finding matches' : search.state === undefined ? 'No finding is open' : `None is “${standing}”`
      }
      actions={
        <>
          {filtered && (
            <Button
              size="xs"
              variant="default"
              onClick={() => void navigate({ to: '/findings', search: search.state ? { state: search.state } : {} })}
            >
              Drop the conditions
            </Button>
          )}
          {search.state !== 'all' && (
            <Button
              size="xs"
              variant="default"
              onClick={() => void navigate({ to: '/findings', search: { state: 'all' } })}
            >
              Show all {counted(all, 'finding', 'findings')}
            </Button>
          )}
        </>
      }
    >
      {looked}
    </EmptyState>
  );
}

function Icon() {
  return <IconShieldCheck size={16} stroke={1.6} aria-hidden />;
}
