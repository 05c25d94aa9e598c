import { Button, Tooltip } from '@mantine/core';
import { IconCloudDownload, IconLock, IconSearch } from '@tabler/icons-react';
import { useArchive } from '../lib/app-state.ts';
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
      <span className={s.status}>{counted(archive.entries, 'entry', 'entries')}</span>
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

function FetchState({ zone }: { zone: string }) {
  const { lastSync } = useArchive();
  const { running, progress } = useSync();
  if (running) {
    const share = progress?.total ? `${Math.floor((progress.done / progress.total) * 100)} %` : 'started';
    return <Status text={`Fetching, ${share}`} />;
  }
  if (lastSync === null) return null;
  const today = shortDate(Date.now(), zone) === shortDate(lastSync, zone);
  return (
    <Status
      text={`Fetched ${today ? '' : `${shortDate(lastSync, zone)} `}${clockMinutes(lastSync, zone)} ${zoneName(lastSync, zone)}`}
      title={dateTime(lastSync, zone)}
    />
  );
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
