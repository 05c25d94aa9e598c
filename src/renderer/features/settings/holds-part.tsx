import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { parseQuery } from '../../../shared/filter/parse.ts';
import type { Keeping } from '../../../shared/keeping-contract.ts';
import { useArchive, useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { keepingOptions } from '../../lib/keeping.ts';
import { counted } from '../../lib/number.ts';
import { date } from '../../lib/time.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { offerUndo } from '../../ui/toasts.tsx';
import s from './settings.module.css';

type Hold = Keeping['holds'][number];

/** Legal holds: what must not be deleted, whatever the retention says. */
export function HoldsPart({ holds }: { holds: readonly Hold[] }) {
  const archive = useArchive();
  const zone = useZone();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: keepingOptions(archive).queryKey });
  const add = useMutation({
    mutationFn: (wish: { query: string; reason: string }) => call('holds.add', { ...wish, zone }),
    onSettled: refresh,
  });
  const release = useMutation({
    mutationFn: (hold: Hold) => call('holds.release', { id: hold.id }),
    onSuccess: (_done, hold) =>
      offerUndo('holds', `Hold ${hold.id} is released.`, () =>
        add.mutateAsync({ query: queryOf(hold), reason: hold.reason }),
      ),
    onSettled: refresh,
  });
  const [query, setQuery] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const parsed = parseQuery(query);
  const wrong = !parsed.ok
    ? `${parsed.error.message} ${parsed.error.hint}`
    : tried && query.trim() === ''
      ? 'Say what it covers.'
      : null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!parsed.ok || query.trim() === '' || reason.trim() === '' || add.isPending) return;
    add.mutate(
      { query: query.trim(), reason: reason.trim() },
      {
        onSuccess: () => {
          setQuery('');
          setReason('');
          setTried(false);
        },
      },
    );
  }

  const inForce = holds.filter((hold) => hold.releasedAt === null);
  const released = holds.length - inForce.length;
  return (
    <div className={s.part}>
      <h3>Legal holds</h3>
      {inForce.length === 0 ? (
        <p className={s.hint}>
          No hold is in force{released > 0 && `; ${counted(released, 'was', 'were')} released`}. A hold keeps what it
          covers from being deleted, until it is released.
        </p>
      ) : (
        <ul className={s.list} aria-label="Legal holds in force">
          {inForce.map((hold) => (
            <li key={hold.id} className={s.item}>
              <div className={s.itemText}>
                <b>
                  <SafeText text={hold.reason} max={200} />
                </b>
                <span>
                  <Link to="/" search={{ q: queryOf(hold) }}>
                    {counted(hold.entries, 'entry', 'entries')}
                  </Link>
                  <code className={s.query}>
                    {queryOf(hold) === '' ? 'everything' : <SafeText text={queryOf(hold)} max={200} />}
                  </code>
                </span>
                <span className={s.dim}>
                  No. {hold.id}, {date(hold.createdAt, zone)}
                </span>
              </div>
              {!archive.readOnly && (
                <Button
                  size="xs"
                  variant="subtle"
                  aria-label={`Release hold ${hold.id}`}
                  onClick={() => release.mutate(hold)}
                >
                  Release
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!archive.readOnly && (
        <form className={s.add} onSubmit={submit} noValidate aria-label="Place a hold">
          <TextInput
            size="xs"
            label="What it covers, as in the Explorer"
            placeholder="actor:eve@alfama.example"
            value={query}
            maxLength={20_000}
            spellCheck={false}
            error={wrong}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          <TextInput
            size="xs"
            label="Reason"
            placeholder="Case C-031, claim of 12 October"
            value={reason}
            maxLength={2000}
            error={tried && reason.trim() === '' ? 'Say in a few words why.' : null}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button size="xs" type="submit" variant="default" loading={add.isPending}>
            Hold
          </Button>
        </form>
      )}
      {(add.error ?? release.error) && <FailureNote error={add.error ?? release.error} />}
    </div>
  );
}

/** What a hold covers, as one would ask the Explorer for it; its dates are instants. */
function queryOf({ from, to, query }: Hold): string {
  const bound = (name: string, ms: number | null) => (ms === null ? [] : [`${name}:${new Date(ms).toISOString()}`]);
  return [...bound('from', from), ...bound('to', to), ...(query === '' ? [] : [query])].join(' ');
}
