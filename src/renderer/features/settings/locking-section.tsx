import { NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { LOCK_MINUTES, type LockMinutes } from '../../../shared/preferences.ts';
import { usePreferences } from '../../lib/preferences.tsx';
import { Section, Setting } from './parts.tsx';

/** When the archive locks by itself. */
export function LockingSection() {
  const { preferences, change } = usePreferences();
  const keep = useMutation({ mutationFn: change });
  return (
    <Section id="locking">
      <Setting
        name="Lock when nobody is there"
        labels="settings-lock"
        hint="Nobody is there while no key is pressed and no pointer moves, in any program. A sync or an export that runs then is broken off safely: what it had stored stays, and the next sync goes on from there."
        error={keep.error}
      >
        <NativeSelect
          id="settings-lock"
          size="xs"
          value={String(preferences.lockMinutes)}
          onChange={(event) => keep.mutate({ lockMinutes: Number(event.currentTarget.value) as LockMinutes })}
          data={LOCK_MINUTES.map((minutes) => ({
            value: String(minutes),
            label: minutes === 0 ? 'Never' : minutes === 60 ? 'After 1 hour' : `After ${minutes} minutes`,
          }))}
        />
      </Setting>
      <Setting
        name="Sleep and screen lock"
        hint="The key of the archive never stays in memory while the computer sleeps."
      >
        <span>The archive always locks when the computer sleeps or its screen is locked.</span>
      </Setting>
    </Section>
  );
}
