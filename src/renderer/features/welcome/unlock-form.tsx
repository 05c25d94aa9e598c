import { Button, Checkbox, PasswordInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ArchiveSummary } from '../../../shared/contract.ts';
import { call } from '../../lib/client.ts';
import { visible } from '../../lib/visible-text.ts';
import { FailureNote } from '../../ui/notes.tsx';
import s from './welcome.module.css';

type Props = { readonly archive: ArchiveSummary; readonly onOpened: () => void; readonly onRecover: () => void };

export function UnlockForm({ archive, onOpened, onRecover }: Props) {
  const [passphrase, setPassphrase] = useState('');
  const [readOnly, setReadOnly] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const open = useMutation({
    mutationFn: () => call('archive.open', { id: archive.id, passphrase, readOnly }),
    onSuccess: onOpened,
    onError: () => {
      setPassphrase('');
      field.current?.focus();
    },
  });
  const remembered = useMutation({
    mutationFn: () => call('archive.openRemembered', { id: archive.id, readOnly }),
    onSuccess: onOpened,
  });
  const error = open.error ?? remembered.error;
  return (
    <form
      className={s.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase !== '' && !open.isPending) open.mutate();
      }}
    >
      <div className={s.inline}>
        <PasswordInput
          className={s.grow ?? ''}
          label={`Passphrase for ${visible(archive.name)}`}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          size="md"
          autoFocus
          autoComplete="off"
          readOnly={open.isPending}
          ref={field}
          leftSection={<IconKey size={16} stroke={1.6} aria-hidden />}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the passphrase' }}
        />
        <Button type="submit" size="lg" disabled={passphrase === ''} loading={open.isPending}>
          Unlock
        </Button>
      </div>
      {error && <FailureNote error={error} />}
      <div className={s.beside}>
        <Checkbox
          size="xs"
          label="Open read-only"
          checked={readOnly}
          onChange={(event) => setReadOnly(event.currentTarget.checked)}
        />
        <span className={s.grow} />
        {archive.remembered !== null && (
          <button type="button" className={s.link} onClick={() => remembered.mutate()}>
            Open with {archive.remembered}
          </button>
        )}
        <button type="button" className={s.link} onClick={onRecover}>
          Use the recovery code
        </button>
      </div>
    </form>
  );
}
