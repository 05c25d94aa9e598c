import { Menu } from '@mantine/core';
import { IconCheck, IconDatabase, IconLock, IconPlus, IconSailboat, IconSelector } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ArchiveSummary } from '../../shared/contract.ts';
import { useArchive } from '../lib/app-state.ts';
import { knownOptions } from '../lib/source.ts';
import { dateTime, localZone } from '../lib/time.ts';
import { turnTo } from '../lib/turn-to.ts';
import { SafeText } from '../ui/safe-text.tsx';
import { lock } from './commands.ts';
import s from './shell.module.css';

const MOST = 12;

/** The archive's name, and under it the others: turning to one locks this one and asks for the other's passphrase. */
export function ArchiveMenu() {
  const archive = useArchive();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const known = useQuery({ ...knownOptions(archive), enabled: opened });
  const others = (known.data ?? []).filter((one) => one.id !== archive.id).slice(0, MOST);
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={320}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <button type="button" className={s.archive} aria-label={`Archive ${archive.name}: choose another`}>
          <span className={s.archiveIcon}>
            <IconDatabase size={13} stroke={1.6} aria-hidden />
          </span>
          <span className={s.archiveName}>
            <SafeText text={archive.name} max={80} />
          </span>
          <IconSelector size={13} stroke={1.6} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Archives">
        <Menu.Item
          leftSection={<IconCheck size={14} stroke={1.6} aria-hidden />}
          onClick={() => void navigate({ to: '/archive' })}
        >
          <Name name={archive.name} note="open now" />
        </Menu.Item>
        {others.map((one) => (
          <Menu.Item
            key={one.id}
            leftSection={
              one.demo ? (
                <IconSailboat size={14} stroke={1.6} aria-hidden />
              ) : (
                <IconLock size={14} stroke={1.6} aria-hidden />
              )
            }
            onClick={() => turnTo(one)}
          >
            <Name name={one.name} note={noteOf(one)} />
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={14} stroke={1.6} aria-hidden />} onClick={lock}>
          Lock, then open or create another
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Name({ name, note }: { name: string; note: string }) {
  return (
    <span className={s.menuArchive}>
      <span className={s.archiveName}>
        <SafeText text={name} max={80} />
      </span>
      <small>
        <SafeText text={note} max={160} />
      </small>
    </span>
  );
}

function noteOf({ demo, place, source, lastOpened }: ArchiveSummary): string {
  if (demo) return 'made-up organisation';
  const from = source === null ? '' : `from ${source}, `;
  return `${from}${place}${lastOpened === null ? '' : `, last opened ${dateTime(lastOpened, localZone())}`}`;
}
