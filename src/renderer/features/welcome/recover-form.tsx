import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ArchiveSummary } from '../../../shared/contract.ts';
import { call } from '../../lib/client.ts';
import { visible } from '../../lib/visible-text.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { isGoodPair, PassphraseFields } from '../../ui/passphrase-fields.tsx';
import s from './welcome.module.css';

type Props = { readonly archive: ArchiveSummary; readonly onOpened: () => void; readonly onBack: () => void };

export function RecoverForm({ archive, onOpened, onBack }: Props) {
  const [recoveryCode, setRecoveryCode] = useState('');
  const [pair, setPair] = useState<readonly [string, string]>(['', '']);
  const recover = useMutation({
    mutationFn: () => call('archive.recover', { id: archive.id, recoveryCode, newPassphrase: pair[0] }),
    onSuccess: onOpened,
  });
  const ready = recoveryCode.trim() !== '' && isGoodPair(...pair);
  return (
    <form
      className={s.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !recover.isPending) recover.mutate();
      }}
    >
      <TextInput
        label={`Recovery code of ${visible(archive.name)}`}
        size="md"
        autoFocus
        autoComplete="off"
        spellCheck={false}
        value={recoveryCode}
        onChange={(event) => setRecoveryCode(event.currentTarget.value)}
        styles={{ input: { fontFamily: 'var(--font-mono)' } }}
      />
      <PassphraseFields
        label="New passphrase"
        value={pair[0]}
        repeated={pair[1]}
        onChange={(value, repeated) => setPair([value, repeated])}
      />
      {recover.error && <FailureNote error={recover.error} />}
      <div className={s.buttons}>
        <Button variant="default" size="lg" onClick={onBack} disabled={recover.isPending}>
          Back
        </Button>
        <Button type="submit" size="lg" disabled={!ready} loading={recover.isPending}>
          Open the archive
        </Button>
      </div>
    </form>
  );
}
