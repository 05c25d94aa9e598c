import { Checkbox, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Schedule, SYNC_HOURS, type SyncHours } from '../../../shared/schedule.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { scheduleOptions } from '../../lib/queries.ts';
import { dateTime } from '../../lib/time.ts';
import { FailureNote, Panel } from '../../ui/notes.tsx';
import s from './archive.module.css';

/** When this archive is synced without being asked. The choice is this person's, on this machine. */
export function SchedulePanel() {
  const archive = useArchive();
  const zone = useZone();
  const client = useQueryClient();
  const options = scheduleOptions(archive);
  const { data, error } = useQuery(options);
  // Shown at once; what is kept follows, and has the last word.
  const [wished, setWished] = useState<Schedule | null>(null);
  const change = useMutation({
    mutationFn: (next: Schedule) => call('schedule.set', next),
    onError: () => setWished(null),
    onSettled: () => client.invalidateQueries({ queryKey: options.queryKey }),
  });
  if (error) return <FailureNote error={error} />;
  if (!data) return null;
  const schedule = wished ?? data.schedule;
  const set = (part: Partial<Schedule>) => {
    const next = { ...schedule, ...part };
    setWished(next);
    change.mutate(next);
  };
  return (
    <Panel title="By itself">
      <div className={s.body}>
        <div className={s.schedule}>
          <Checkbox
            size="xs"
            label="Sync when the archive is opened"
            checked={schedule.onOpen}
            onChange={(event) => set({ onOpen: event.currentTarget.checked })}
          />
          <div className={s.every}>
            <label htmlFor="sync-every">While it is open, sync</label>
            <NativeSelect
              id="sync-every"
              size="xs"
              value={String(schedule.everyHours)}
              onChange={(event) => set({ everyHours: Number(event.currentTarget.value) as SyncHours })}
              data={SYNC_HOURS.map((hours) => ({
                value: String(hours),
                label: hours === 0 ? 'when I say so' : hours === 1 ? 'every hour' : `every ${hours} hours`,
              }))}
            />
          </div>
          <Checkbox
            size="xs"
            label="Sync after the computer has slept, once the archive is open"
            checked={schedule.onWake}
            onChange={(event) => set({ onWake: event.currentTarget.checked })}
          />
          <Checkbox
            size="xs"
            label="Notify me when a day is at risk, such a sync fails, or what a case watches is seen again"
            description={
              data.notifications ? 'Of days and syncs once a day at most.' : 'This system shows no notifications.'
            }
            disabled={!data.notifications}
            checked={schedule.notify && data.notifications}
            onChange={(event) => set({ notify: event.currentTarget.checked })}
          />
        </div>
        {change.error && <FailureNote error={change.error} />}
        <p className={s.hint}>
          {data.next === null ? '' : `Next: ${dateTime(data.next, zone)}. `}A locked archive is not synced: its key is
          gone then. The command “logbook schedule” prints what makes your system sync without the window.
        </p>
      </div>
    </Panel>
  );
}
