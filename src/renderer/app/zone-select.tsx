import { Button, Combobox, useCombobox } from '@mantine/core';
import { IconChevronDown, IconWorld } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useArchive } from '../lib/app-state.ts';
import { useKeys } from '../lib/keys.ts';
import { usePreferences } from '../lib/preferences.tsx';
import { localZone, offsetText, zoneLabel } from '../lib/time.ts';
import s from './shell.module.css';

const MOST = 60;

/** Chooses the zone of every time on screen: UTC, this machine's, the archive's, or any other by name. */
export function ZoneSelect({ zone }: { zone: string }) {
  const archive = useArchive();
  const navigate = useNavigate();
  const { change } = usePreferences();
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch('');
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const now = Date.now();
  const local = localZone();
  const first = useMemo(() => [...new Set(['UTC', local, archive.zone])], [local, archive.zone]);
  const all = useMemo(() => Intl.supportedValuesOf('timeZone').filter((one) => !first.includes(one)), [first]);
  const wanted = search.trim().toLowerCase().replaceAll(' ', '_');
  const match = (one: string) => one.toLowerCase().includes(wanted);
  const shown = all.filter(match).slice(0, MOST);

  function choose(next: string): void {
    combobox.closeDropdown();
    void change({ zone: next }).catch(() => {});
    void navigate({ to: '.', search: (before) => ({ ...before, tz: next }) });
  }

  // The three at hand, in turn; from any other zone to the first of them.
  useKeys({ z: () => choose(first[(first.indexOf(zone) + 1) % first.length] ?? 'UTC') });

  return (
    <Combobox store={combobox} onOptionSubmit={choose} width={300} position="bottom-end" withinPortal={false}>
      <Combobox.Target targetType="button">
        <Button
          variant="subtle"
          color="gray"
          c="var(--text-2)"
          size="xs"
          aria-label={`Time zone: ${zoneLabel(zone, now)}`}
          onClick={() => combobox.toggleDropdown()}
          leftSection={<IconWorld size={13} stroke={1.6} aria-hidden />}
          rightSection={<IconChevronDown size={13} stroke={1.6} aria-hidden />}
        >
          {zoneLabel(zone, now)}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown aria-label="Time zones">
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder="City or zone"
          aria-label="City or zone"
        />
        <Combobox.Options className={s.zones} aria-label="Time zones" tabIndex={0}>
          {first.filter(match).map((one) => (
            <Combobox.Option key={one} value={one} active={one === zone}>
              <span className={s.zone}>
                {one === 'UTC' ? 'UTC' : zoneLabel(one, now)}
                <span>{one === local ? 'this machine' : one === archive.zone ? 'archive' : ''}</span>
              </span>
            </Combobox.Option>
          ))}
          {shown.map((one) => (
            <Combobox.Option key={one} value={one} active={one === zone}>
              <span className={s.zone}>
                {one.replaceAll('_', ' ')}
                <span>{offsetText(one, now)}</span>
              </span>
            </Combobox.Option>
          ))}
          {shown.length === 0 && first.filter(match).length === 0 && (
            <Combobox.Empty>No zone has this name</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
