import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Density } from '../../../shared/preferences.ts';
import { usePreferences } from '../../lib/preferences.tsx';
import { Section, Setting } from './parts.tsx';

/** How the window looks. */
export function AppearanceSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { preferences, change } = usePreferences();
  const keep = useMutation({ mutationFn: change });
  return (
    <Section id="appearance">
      <Setting name="Theme">
        <SegmentedControl
          size="xs"
          aria-label="Theme"
          value={colorScheme}
          onChange={(next) => setColorScheme(next as typeof colorScheme)}
          data={[
            { value: 'auto', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </Setting>
      <Setting
        name="Density"
        hint="Compact shows about a sixth more entries in the Explorer’s table."
        error={keep.error}
      >
        <SegmentedControl
          size="xs"
          aria-label="Density"
          value={preferences.density}
          onChange={(next) => keep.mutate({ density: next as Density })}
          data={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'compact', label: 'Compact' },
          ]}
        />
      </Setting>
    </Section>
  );
}
