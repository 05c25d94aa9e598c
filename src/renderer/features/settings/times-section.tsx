import { Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { MACHINE_ZONE } from '../../../shared/preferences.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { officesOptions } from '../../lib/office-hours.ts';
import { usePreferences, zoneOf } from '../../lib/preferences.tsx';
import { dateTime, localZone, zoneLabel } from '../../lib/time.ts';
import { visible } from '../../lib/visible-text.ts';
import { Section, Setting } from './parts.tsx';

const ARCHIVE = 'archive';

/** The zone that times are shown in. */
export function TimesSection() {
  const archive = useArchive();
  const shown = useZone();
  const navigate = useNavigate();
  const { preferences, change } = usePreferences();
  const offices = useQuery(officesOptions(archive)).data?.offices ?? [];
  const keep = useMutation({
    mutationFn: (zone: string | null) => change({ zone }),
    // A zone in the address would outrank what was chosen just now.
    onSuccess: () => navigate({ to: '.', search: ({ tz: _tz, ...rest }) => rest, replace: true }),
  });
  const now = Date.now();
  const machine = localZone();
  const named = new Map(
    offices.filter((one) => one.zone !== archive.zone).map((one) => [one.zone, `Office ${visible(one.name)}`]),
  );
  const kept = preferences.zone;
  const others = kept !== null && kept !== 'UTC' && kept !== MACHINE_ZONE && !named.has(kept) ? [kept] : [];
  return (
    <Section id="times">
      <Setting
        name="Times are shown in"
        labels="settings-zone"
        hint={`Now ${dateTime(now, shown)}. Every other zone can be chosen at the top of the window.`}
        error={keep.error}
      >
        <Select
          id="settings-zone"
          size="xs"
          w={340}
          allowDeselect={false}
          value={kept ?? ARCHIVE}
          onChange={(next) => keep.mutate(next === ARCHIVE ? null : next)}
          data={[
            { value: ARCHIVE, label: `The archive’s zone: ${zoneLabel(archive.zone, now)}` },
            { value: MACHINE_ZONE, label: `This computer’s zone: ${zoneLabel(machine, now)}` },
            { value: 'UTC', label: 'UTC' },
            ...[...named].map(([zone, label]) => ({ value: zone, label: `${label}: ${zoneLabel(zone, now)}` })),
            ...others.map((zone) => ({ value: zone, label: zoneLabel(zoneOf(zone, archive.zone), now) })),
          ]}
          comboboxProps={{ withinPortal: false }}
        />
      </Setting>
      <Setting name="The archive’s zone" hint="It was set when the archive was created; days in reports follow it.">
        <span>{zoneLabel(archive.zone, now)}</span>
      </Setting>
    </Section>
  );
}
