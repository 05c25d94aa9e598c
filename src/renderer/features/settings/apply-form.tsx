import { Button, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { keepingOptions } from '../../lib/keeping.ts';
import { counted, grouped } from '../../lib/number.ts';
import { visible } from '../../lib/visible-text.ts';
import { FailureNote } from '../../ui/notes.tsx';
import s from './settings.module.css';

/** Deleting for good what is due: the one thing here that cannot be taken back, hence the archive's name to be typed. */
export function ApplyForm({ before, entries }: { before: string; entries: number }) {
  const archive = useArchive();
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const apply = useMutation({
    mutationFn: () => call('keeping.apply', { name: name.trim(), before, entries }),
    onSuccess: () => {
      setOpened(false);
      setName('');
    },
    onSettled: () => client.invalidateQueries({ queryKey: keepingOptions(archive).queryKey }),
  });
  const matches = name.trim() === archive.name.trim();
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (matches && !apply.isPending) apply.mutate();
  }
  if (!opened)
    return (
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTrash size={13} stroke={1.6} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        Delete {counted(entries, 'entry', 'entries')}…
      </Button>
    );
  return (
    <form
      className={s.danger}
      aria-label="Delete what is due"
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && setOpened(false)}
    >
      <p>
        <b>This cannot be undone.</b> {counted(entries, 'entry', 'entries')} from before {before} will be gone from this
        archive, and Jetty has most likely deleted them too. A tombstone with the hash of each stays, so that what
        remains can still be checked. Copies and backups are not touched.
      </p>
      <TextInput
        size="xs"
        label={`Type the archive’s name, ${visible(archive.name).slice(0, 80)}, to confirm`}
        value={name}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setName(event.currentTarget.value)}
        // The form opens because somebody asked for it.
        autoFocus
      />
      {apply.error && <FailureNote error={apply.error} />}
      <div className={s.buttons}>
        <Button size="xs" type="submit" disabled={!matches} loading={apply.isPending}>
          Delete {grouped(entries)} for good
        </Button>
        <Button size="xs" variant="default" onClick={() => setOpened(false)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
