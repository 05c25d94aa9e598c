import { Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCloudDownload, IconLock, IconSearch, IconShieldCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useArchive } from '../lib/app-state.ts';
import { useIntegrity } from '../lib/integrity.ts';
import { counted } from '../lib/number.ts';
import { useSync } from '../lib/sync.tsx';
import { clockMinutes, dateTime, shortDate, zoneName } from '../lib/time.ts';
import { Key, Tag } from '../ui/small.tsx';
import { ArchiveMenu } from './archive-menu.tsx';
import { lock, openPalette } from './commands.ts';
import s from './shell.module.css';
import { WindowControls } from './window-controls.tsx';
import { ZoneSelect } from './zone-select.tsx';

/** The title bar: which archive, how fresh, in which zone. */
export function TopBar({ zone }: { zone: string }) {
  const archive = useArchive();
  return (
    <header className={s.top}>
      <ArchiveMenu />
      {archive.demo && <Tag kind="accent">made-up organisation</Tag>}
      {archive.readOnly && <Tag kind="line">read-only</Tag>}
      <span className={s.separator} />
      <span className={s.status} data-spare>
        {counted(archive.entries, 'entry', 'entries')}
      </span>
      <SealState zone={zone} />
      <FetchState zone={zone} />
      <span className={s.grow} />
      <ZoneSelect zone={zone} />
      <Button
        variant="default"
        size="xs"
        onClick={openPalette}
        leftSection={<IconSearch size={13} stroke={1.6} aria-hidden />}
      >
        Go to or do…&nbsp;<Key>Ctrl K</Key>
      </Button>
      <Tooltip label="Lock the archive (Ctrl L)">
        <Button
          variant="subtle"
          color="gray"
          c="var(--text-2)"
          size="xs"
          onClick={lock}
          leftSection={<IconLock size={13} stroke={1.6} aria-hidden />}
        >
          Lock
        </Button>
      </Tooltip>
      <WindowControls />
    </header>
  );
}

/** How far the archive is sealed, and when that was last verified. */
function SealState({ zone }: { zone: string }) {
  const { data } = useIntegrity();
  if (!data || data.head === null) return null;
  const { head, verified } = data;
  const broken = verified !== null && verified.found > 0;
  const sealed = head.day === null ? 'No day sealed' : `Sealed to ${shortDate(Date.parse(head.day), 'UTC')}`;
  const proven = verified === null ? 'not verified yet' : `verified ${moment(verified.at, zone)}`;
  return (
    <>
      <span className={s.separator} />
      <Link to="/archive" className={s.status ?? ''} data-broken={broken || undefined}>
        {broken ? (
          <IconAlertTriangle size={14} stroke={1.6} color="var(--sev-critical)" aria-hidden />
        ) : (
          <IconShieldCheck size={14} stroke={1.6} aria-hidden />
        )}
        <span>
          {broken ? `${counted(verified.found, 'problem', 'problems')} found` : sealed}
          <span data-spare>, {proven}</span>
        </span>
      </Link>
    </>
  );
}

function FetchState({ zone }: { zone: string }) {
  const { lastSync } = useArchive();
  const { running, progress } = useSync();
  if (running) {
    const share = progress?.total ? `${Math.floor((progress.done / progress.total) * 100)} %` : 'started';
    return <Status text={`Fetching, ${share}`} />;
  }
  if (lastSync === null) return null;
  return <Status text={`Fetched ${moment(lastSync, zone)}`} title={dateTime(lastSync, zone)} />;
}

/** The time of day, and the day unless it is today. */
function moment(ms: number, zone: string): string {
  const today = shortDate(Date.now(), zone) === shortDate(ms, zone);
  return `${today ? '' : `${shortDate(ms, zone)} `}${clockMinutes(ms, zone)} ${zoneName(ms, zone)}`;
}

function Status({ text, title }: { text: string; title?: string }) {
  return (
    <>
      <span className={s.separator} />
      <span className={s.status} title={title}>
        <IconCloudDownload size={14} stroke={1.6} aria-hidden />
        {text}
      </span>
    </>
  );
}
