import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { sourceOptions } from '../../lib/source.ts';
import { useSync } from '../../lib/sync.tsx';
import { ConnectForm } from '../../ui/connect-form.tsx';
import { FailureNote } from '../../ui/notes.tsx';
import { PlanChoice, planWords } from '../../ui/plan-choice.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { ArchivesPart } from './archives-part.tsx';
import { Section, Setting } from './parts.tsx';
import s from './settings.module.css';

const KEPT = {
  keychain: 'Kept by this system’s keychain; nobody can read it here.',
  memory: 'Kept until Logbook is closed: this system has no keychain that can be trusted with it.',
} as const;

/** Where the entries of this archive come from, and the archives there are. */
export function SourceSection() {
  const archive = useArchive();
  const client = useQueryClient();
  const sync = useSync();
  const options = sourceOptions(archive);
  const { data, error } = useQuery(options);
  const [connecting, setConnecting] = useState(false);
  const { source, readOnly, demo } = archive;
  const refresh = () => client.invalidateQueries({ queryKey: options.queryKey });
  return (
    <Section
      id="source"
      lead="The one host that the log of this archive is fetched from. The token goes there and nowhere else."
    >
      {error && <FailureNote error={error} />}
      {demo && <p className={s.state}>A local server makes the log of this organisation up; it needs no token.</p>}
      {!demo && data && (data.address === null || connecting) ? (
        readOnly ? (
          <p className={s.state}>Not connected.</p>
        ) : (
          <ConnectForm
            onConnected={() => {
              setConnecting(false);
              void refresh();
            }}
            onCancel={connecting ? () => setConnecting(false) : null}
          />
        )
      ) : (
        !demo &&
        data && (
          <>
            <Setting name="Jetty">
              <div className={s.line}>
                <SafeText text={data.address ?? ''} max={200} />
                {!readOnly && (
                  <Button size="xs" variant="default" disabled={sync.running} onClick={() => setConnecting(true)}>
                    Change…
                  </Button>
                )}
              </div>
            </Setting>
            <Setting name="Plan" hint="How long Jetty keeps the log; the server does not say.">
              {readOnly ? <span>{planWords(source?.plan ?? null)}</span> : <PlanChoice disabled={sync.running} />}
            </Setting>
            <TokenSetting token={data.token} onChanged={refresh} />
          </>
        )
      )}
      <ArchivesPart />
    </Section>
  );
}

function TokenSetting({ token, onChanged }: { token: 'keychain' | 'memory' | null; onChanged: () => void }) {
  const { readOnly } = useArchive();
  const sync = useSync();
  const [replacing, setReplacing] = useState(false);
  const [text, setText] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const test = useMutation({
    mutationFn: () => call('source.test', {}),
    onSuccess: ({ host }) => setSaid(`${host} takes the token.`),
  });
  const replace = useMutation({
    mutationFn: () => call('source.replaceToken', { token: text.trim() }),
    onSuccess: ({ tried }) => {
      setText('');
      setReplacing(false);
      setSaid(
        tried
          ? 'The new token is kept; Jetty takes it.'
          : 'The new token is kept. Jetty did not answer just now, so it could not be tried.',
      );
      onChanged();
    },
  });
  const disconnect = useMutation({
    mutationFn: () => call('source.disconnect', {}),
    onSuccess: () => {
      setSaid('The token is forgotten, and nothing syncs by itself any more. Revoke it in Jetty, too.');
      onChanged();
    },
  });
  function begin(): void {
    setSaid(null);
    for (const one of [test, replace, disconnect]) one.reset();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() !== '' && !replace.isPending) replace.mutate();
  }
  return (
    <Setting name="API token" error={test.error ?? replace.error ?? disconnect.error}>
      <span>{token === null ? 'No token is kept.' : KEPT[token]}</span>
      {said && (
        <p className={s.said} role="status">
          {said}
        </p>
      )}
      {!readOnly && !replacing && (
        <div className={s.buttons}>
          <Button
            size="xs"
            variant="default"
            loading={test.isPending}
            disabled={token === null}
            onClick={() => {
              begin();
              test.mutate();
            }}
          >
            Test the connection
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={sync.running}
            onClick={() => {
              begin();
              setReplacing(true);
            }}
          >
            {token === null ? 'Give a token…' : 'Replace the token…'}
          </Button>
          {token !== null && (
            <Button
              size="xs"
              variant="subtle"
              disabled={sync.running}
              loading={disconnect.isPending}
              onClick={() => {
                begin();
                disconnect.mutate();
              }}
            >
              Disconnect
            </Button>
          )}
        </div>
      )}
      {replacing && (
        <form
          className={s.inset}
          aria-label="Replace the token"
          onSubmit={submit}
          onKeyDown={(event) => event.key === 'Escape' && setReplacing(false)}
        >
          <PasswordInput
            size="xs"
            label="New API token"
            description="Of an Organization Owner or Admin. It is tried before the present one is forgotten."
            value={text}
            maxLength={4096}
            autoComplete="off"
            onChange={(event) => setText(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the new token' }}
            // The form opens because somebody asked for it.
            autoFocus
          />
          <div className={s.buttons}>
            <Button size="xs" type="submit" disabled={text.trim() === ''} loading={replace.isPending}>
              Try and keep
            </Button>
            <Button size="xs" variant="default" onClick={() => setReplacing(false)}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </Setting>
  );
}
