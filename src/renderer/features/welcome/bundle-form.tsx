import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconFileZip, IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Output } from '../../../shared/contract.ts';
import { call } from '../../lib/client.ts';
import { visible } from '../../lib/visible-text.ts';
import { FailureNote } from '../../ui/notes.tsx';
import s from './welcome.module.css';

/** A bundle whose file was chosen, and what it is encrypted to. */
export type ChosenBundle = NonNullable<Output<'bundle.choose'>>;

type Props = { readonly bundle: ChosenBundle; readonly onOpened: () => void; readonly onBack: () => void };

const HASH = /^[0-9a-f]{64}$/i;

/** What opens a bundle, and what it is compared with. */
export function BundleForm({ bundle, onOpened, onBack }: Props) {
  const [passphrase, setPassphrase] = useState('');
  const [known, setKnown] = useState('');
  const key = useMutation({ mutationFn: () => call('bundle.chooseKey', {}) });
  const open = useMutation({
    mutationFn: () =>
      call('bundle.open', {
        passphrase: bundle.opener === 'passphrase' ? passphrase : null,
        known: known.trim() === '' ? null : known.trim(),
      }),
    onSuccess: onOpened,
    onError: () => setPassphrase(''),
  });
  const isHash = known.trim() === '' || HASH.test(known.trim());
  const hasOpener = bundle.opener === null || (bundle.opener === 'passphrase' ? passphrase !== '' : key.data != null);
  const ready = hasOpener && isHash;
  return (
    <form
      className={s.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !open.isPending) open.mutate();
      }}
    >
      <p className={s.file}>
        <IconFileZip size={16} stroke={1.6} aria-hidden /> {visible(bundle.fileName)}
      </p>
      {bundle.opener === 'passphrase' && (
        <PasswordInput
          label="Passphrase of the bundle"
          size="md"
          autoFocus
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          readOnly={open.isPending}
          leftSection={<IconKey size={16} stroke={1.6} aria-hidden />}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the passphrase' }}
        />
      )}
      {bundle.opener === 'key' && (
        <div className={s.keyFile}>
          <Button
            variant="default"
            size="md"
            onClick={() => key.mutate()}
            leftSection={<IconKey size={16} stroke={1.6} aria-hidden />}
          >
            Choose the key file…
          </Button>
          <span>{key.data ? visible(key.data.fileName) : 'It is encrypted to a key of age.'}</span>
        </div>
      )}
      <TextInput
        label="Head or key you were given (optional)"
        description="From a report, or from whoever made the bundle, on another way than the bundle. It says whose archive this is."
        size="md"
        maxLength={80}
        spellCheck={false}
        value={known}
        onChange={(event) => setKnown(event.currentTarget.value)}
        error={isHash ? null : 'A head or a key has 64 characters, 0 to 9 and a to f.'}
      />
      {(open.error ?? key.error) != null && <FailureNote error={open.error ?? key.error} />}
      <div className={s.buttons}>
        <Button variant="default" size="lg" onClick={onBack} disabled={open.isPending}>
          Back
        </Button>
        <Button type="submit" size="lg" disabled={!ready} loading={open.isPending}>
          Open the bundle
        </Button>
      </div>
    </form>
  );
}
