import { PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SHORTEST_PIN } from '../../../shared/review.ts';
import type { Identity } from '../../../shared/review-schema.ts';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { identitiesOptions } from '../../lib/reviews.ts';
import { FormModal } from './form-modal.tsx';
import s from './reviews.module.css';

/** Makes a person who decides and signs: a key in the archive, protected by a PIN that only they know. */
export function IdentityForm({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const archive = useArchive();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const make = useMutation({
    mutationFn: () => call('identities.create', { name: name.trim(), email: email.trim(), pin }),
    onSuccess: (made) => {
      client.setQueryData<Identity[]>(identitiesOptions(archive).queryKey, (before) => [
        ...(before ?? []).filter((one) => one.id !== made.id),
        made,
      ]);
      onMade(made.id);
    },
  });
  const missing =
    name.trim() === ''
      ? 'Say who it is.'
      : email.trim().length < 3
        ? 'Give the address that the log knows them by.'
        : pin.length < SHORTEST_PIN
          ? `The PIN has at least ${SHORTEST_PIN} characters.`
          : pin !== again
            ? 'Write the same PIN twice.'
            : null;
  return (
    <FormModal
      title="A person who decides and signs"
      submit="Add"
      missing={missing}
      pending={make.isPending}
      error={make.error}
      size={440}
      onSubmit={() => make.mutate()}
      onClose={onClose}
    >
      <p className={s.lead}>
        A signing key is made and kept in the archive. The PIN protects it; nobody can read it back, not even Logbook.
      </p>
      <TextInput
        size="xs"
        label="Name"
        data-autofocus
        maxLength={120}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        label="E-mail, as in the log"
        description="Nobody decides their own access; this is how Logbook knows whose it is."
        maxLength={200}
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <div className={s.two}>
        <PasswordInput
          size="xs"
          label="PIN or passphrase"
          autoComplete="new-password"
          maxLength={200}
          value={pin}
          onChange={(event) => setPin(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the PIN' }}
        />
        <PasswordInput
          size="xs"
          label="The same again"
          autoComplete="new-password"
          maxLength={200}
          value={again}
          onChange={(event) => setAgain(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the repeated PIN' }}
        />
      </div>
    </FormModal>
  );
}
