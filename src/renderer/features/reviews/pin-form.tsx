import { PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { SHORTEST_PIN } from '../../../shared/review.ts';
import type { Identity } from '../../../shared/review-schema.ts';
import { call } from '../../lib/client.ts';
import { visible } from '../../lib/visible-text.ts';
import { FormModal } from './form-modal.tsx';

/** Another PIN for the same key. */
export function PinForm({ who, onClose }: { who: Identity; onClose: () => void }) {
  const [pins, setPins] = useState(['', '', '']);
  const [pin = '', next = '', again = ''] = pins;
  const change = useMutation({
    mutationFn: () => call('identities.changePin', { id: who.id, pin, next }),
    onSuccess: onClose,
  });
  const missing =
    pin.length < SHORTEST_PIN
      ? 'Write the PIN as it is now.'
      : next.length < SHORTEST_PIN
        ? `The PIN has at least ${SHORTEST_PIN} characters.`
        : next !== again
          ? 'Write the same PIN twice.'
          : null;
  return (
    <FormModal
      title={`PIN of ${visible(who.name).slice(0, 80)}`}
      submit="Change"
      missing={missing}
      pending={change.isPending}
      error={change.error}
      size={380}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      {['PIN as it is now', 'New PIN', 'The new one again'].map((label, i) => (
        <PasswordInput
          key={label}
          size="xs"
          label={label}
          data-autofocus={i === 0 || undefined}
          autoComplete={i === 0 ? 'current-password' : 'new-password'}
          maxLength={200}
          value={pins[i] ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setPins((before) => before.map((one, at) => (at === i ? value : one)));
          }}
          visibilityToggleButtonProps={{ 'aria-label': `Show: ${label}` }}
        />
      ))}
    </FormModal>
  );
}
