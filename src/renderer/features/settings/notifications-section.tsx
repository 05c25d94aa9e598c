import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { scheduleOptions } from '../../lib/queries.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { Section, Setting } from './parts.tsx';

/** What this person is told of outside the window. */
export function NotificationsSection() {
  const archive = useArchive();
  const client = useQueryClient();
  const options = scheduleOptions(archive);
  const { data, error } = useQuery(options);
  const change = useMutation({
    mutationFn: async (notify: boolean) => {
      const { schedule } = await call('schedule.get', {});
      await call('schedule.set', { ...schedule, notify });
    },
    onSettled: () => client.invalidateQueries({ queryKey: options.queryKey }),
  });
  const notify = change.isPending ? change.variables : (data?.schedule.notify ?? false);
  return (
    <Section id="notifications">
      {error && <FailureNote error={error} />}
      {data && (
        <Setting
          name="About this archive"
          error={change.error}
          hint={
            data.notifications ? (
              <>
                Of days and syncs once a day at most, with the archive’s name; of a case its number; never an entry.
                When it syncs by itself is chosen under <Link to="/archive">Archive</Link>.
              </>
            ) : (
              'This system shows no notifications.'
            )
          }
        >
          <Switch
            size="xs"
            label="When a day is at risk, a sync that began by itself fails, or what a case watches is seen again"
            disabled={!data.notifications || archive.demo}
            checked={notify && data.notifications && !archive.demo}
            onChange={(event) => change.mutate(event.currentTarget.checked)}
          />
        </Setting>
      )}
    </Section>
  );
}
