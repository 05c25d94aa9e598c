import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/client.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { isGoodPair, PassphraseFields } from '../../ui/passphrase-fields.tsx';
import s from './welcome.module.css';

type Props = {
  readonly onHold: (held: boolean) => void;
  readonly onCreated: (recoveryCode: string) => void;
  readonly onBack: () => void;
};

export function CreateForm({ onHold, onCreated, onBack }: Props) {
  const [name, setName] = useState('');
  const [pair, setPair] = useState<readonly [string, string]>(['', '']);
  const [choosePlace, setChoosePlace] = useState(false);
  const create = useMutation({
    mutationFn: () => {
      onHold(true);
      return call('archive.create', { name, passphrase: pair[0], choosePlace });
    },
    onSuccess: ({ recoveryCode }) => onCreated(recoveryCode),
    onError: () => onHold(false),
  });
  const ready = name.trim() !== '' && isGoodPair(...pair);
  return (
    <form
      className={s.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !create.isPending) create.mutate();
      }}
    >
      <TextInput
        label="Name of the archive"
        placeholder="Your organisation"
        size="md"
        maxLength={80}
        autoFocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PassphraseFields
        label="Passphrase"
        value={pair[0]}
        repeated={pair[1]}
        onChange={(value, repeated) => setPair([value, repeated])}
      />
      <Checkbox
        size="xs"
        label="Choose where to keep it (otherwise in your documents)"
        checked={choosePlace}
        onChange={(event) => setChoosePlace(event.currentTarget.checked)}
      />
      {create.error && <FailureNote error={create.error} />}
      <div className={s.buttons}>
        <Button variant="default" size="lg" onClick={onBack} disabled={create.isPending}>
          Back
        </Button>
        <Button type="submit" size="lg" disabled={!ready} loading={create.isPending}>
          Create the archive
        </Button>
      </div>
    </form>
  );
}
