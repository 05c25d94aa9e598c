import { Button, PasswordInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type JettyPlan, PLANS } from '../../shared/coverage.ts';
import { APP_STATE, useArchive } from '../lib/app-state.ts';
import { call } from '../lib/client.ts';
import { useSync } from '../lib/sync.tsx';
import s from './connect-form.module.css';
import { FailureNote } from './notes.tsx';

const DEFAULT_ADDRESS = 'https://usejetty.online';

type Props = { readonly onConnected: () => void; readonly onCancel: (() => void) | null };

/** Address, token, plan; the first fetch begins at once. */
export function ConnectForm({ onConnected, onCancel }: Props) {
  const client = useQueryClient();
  const archive = useArchive();
  const sync = useSync();
  const [url, setUrl] = useState(DEFAULT_ADDRESS);
  const [token, setToken] = useState('');
  const [plan, setPlan] = useState<JettyPlan | null>(archive.source?.plan ?? null);
  const connect = useMutation({
    mutationFn: () => call('sync.connect', { url: url.trim(), token: token.trim(), plan }),
    onSuccess: async () => {
      setToken('');
      await client.invalidateQueries({ queryKey: APP_STATE });
      onConnected();
      void sync.start();
    },
  });
  const ready = url.trim() !== '' && token.trim() !== '';
  return (
    <form
      className={s.form}
      aria-label="Connect to Jetty"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !connect.isPending) connect.mutate();
      }}
    >
      <TextInput
        label="Address"
        description="A region has its own, for instance https://eu.usejetty.online; so has a server you host."
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <PasswordInput
        label="API token"
        description="Of an Organization Owner or Admin. It is kept by your system’s keychain, or only until Logbook is closed, and sent to this address only."
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the token' }}
      />
      <Select
        label="Plan"
        description="How long Jetty keeps the log. The server does not say; leave it open if you are not sure."
        placeholder="I do not know"
        clearable
        clearButtonProps={{ 'aria-label': 'Forget the plan' }}
        data={Object.entries(PLANS).map(([name, days]) => ({
          value: name,
          label: `${name.charAt(0).toUpperCase()}${name.slice(1)}, ${days === 365 ? '1 year' : `${days} days`}`,
        }))}
        value={plan}
        onChange={(next) => setPlan(next as JettyPlan | null)}
        comboboxProps={{ withinPortal: false }}
      />
      {connect.error && <FailureNote error={connect.error} />}
      <div className={s.buttons}>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            Back
          </Button>
        )}
        <Button type="submit" disabled={!ready || archive.readOnly} loading={connect.isPending}>
          Connect and fetch
        </Button>
      </div>
    </form>
  );
}
