import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call, failureOf } from '../../lib/client.ts';
import { archiveKey } from '../../lib/queries.ts';
import { dateTime } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { Setting } from './parts.tsx';

/** Which authority says when a head was there. */
export function StampSetting() {
  const archive = useArchive();
  const zone = useZone();
  const client = useQueryClient();
  const [typed, setTyped] = useState<string | null>(null);
  const { data, error } = useQuery({
    queryKey: [...archiveKey(archive), 'integrity', 'stamping'],
    queryFn: () => call('integrity.stamping', {}),
  });
  const refresh = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes('integrity') });
  const set = useMutation({
    mutationFn: ({ url, withRoot }: { url: string; withRoot: boolean }) => call('integrity.stampBy', { url, withRoot }),
    onSuccess: () => setTyped(null),
    onSettled: refresh,
  });
  const end = useMutation({
    mutationFn: () => call('integrity.stampByNobody', {}),
    onSuccess: () => setTyped(null),
    onSettled: refresh,
  });
  const by = data?.by ?? null;
  const url = (typed ?? by?.url ?? '').trim();
  const setFailed = set.isError && failureOf(set.error).code !== 'cancelled' ? set.error : null;
  const locked = archive.readOnly || archive.demo;
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (url !== '' && !set.isPending) set.mutate({ url, withRoot: false });
  }
  return (
    <Setting
      name="Time stamps"
      labels="settings-stamp"
      hint="An authority (RFC 3161) signs that it knew the head at an instant of its own clock. It is sent the head and nothing of the log; where it is away, nothing waits for it. Choose its root certificate, or anybody could be it."
      error={error ?? setFailed ?? end.error}
    >
      <form onSubmit={submit}>
        <TextInput
          id="settings-stamp"
          size="xs"
          w={380}
          maw="100%"
          placeholder="https://timestamp.example.com/tsr"
          disabled={locked}
          value={typed ?? by?.url ?? ''}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </form>
      {by !== null && (
        <p>
          {by.root === null ? (
            'Whose stamps these are, nobody has said: they agree with themselves and no more.'
          ) : (
            <>
              Its certificate has to lead to{' '}
              <b>
                <SafeText text={by.root} max={120} />
              </b>
              .
            </>
          )}
          {by.at !== null && by.failed === null && ` Last stamped ${dateTime(by.at, zone)}.`}
        </p>
      )}
      {by?.failed != null && (
        <p role="alert">
          <SafeText text={by.failed} max={400} /> It is asked again at the next seal.
        </p>
      )}
      <div>
        <Button
          size="xs"
          variant="default"
          disabled={locked || url === ''}
          loading={set.isPending}
          onClick={() => set.mutate({ url, withRoot: true })}
        >
          {by === null ? 'Stamp, with its root certificate…' : 'Choose its root certificate…'}
        </Button>{' '}
        {(by === null || url !== by.url) && (
          <Button
            size="xs"
            variant="subtle"
            disabled={locked || url === '' || set.isPending}
            onClick={() => set.mutate({ url, withRoot: false })}
          >
            Stamp without
          </Button>
        )}{' '}
        {by !== null && (
          <Button size="xs" variant="subtle" disabled={locked} onClick={() => end.mutate()}>
            Stop
          </Button>
        )}
      </div>
    </Setting>
  );
}
