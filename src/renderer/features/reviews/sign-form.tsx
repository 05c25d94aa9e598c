import { PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SHORTEST_PIN, type SignRole } from '../../../shared/review.ts';
import type { ReviewDetail } from '../../../shared/review-schema.ts';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { type Acting, reviewOptions } from '../../lib/reviews.ts';
import { ActingField } from './acting-field.tsx';
import { FormModal } from './form-modal.tsx';
import s from './reviews.module.css';

type Props = {
  readonly review: ReviewDetail;
  readonly role: SignRole;
  readonly acting: Acting;
  readonly onClose: () => void;
};

/** Signs with a person's own key; the PIN goes to the main process and nowhere else. */
export function SignForm({ review, role, acting, onClose }: Props) {
  const archive = useArchive();
  const client = useQueryClient();
  const preparer = review.signatures.find((one) => one.role === 'preparer')?.identity;
  const allowed = (id: string | undefined) => (id === preparer && role === 'reviewer' ? null : (id ?? null));
  const [identity, setIdentity] = useState<string | null>(allowed(acting.self?.id));
  const [pin, setPin] = useState('');
  const sign = useMutation({
    mutationFn: () => call('reviews.sign', { id: review.id, role, identity: identity ?? '', pin }),
    onSuccess: (signed) => {
      client.setQueryData(reviewOptions(archive, review.id).queryKey, signed);
      onClose();
    },
    onError: () => setPin(''),
  });
  const missing =
    identity === null ? 'Say who signs.' : pin.length < SHORTEST_PIN ? 'Your PIN unlocks your signing key.' : null;
  return (
    <FormModal
      title={role === 'preparer' ? 'Sign as preparer' : 'Sign as reviewer'}
      submit={role === 'preparer' ? 'Sign as preparer' : 'Sign and freeze'}
      missing={missing}
      pending={sign.isPending}
      error={sign.error}
      size={460}
      onSubmit={() => sign.mutate()}
      onClose={onClose}
    >
      <p className={s.lead}>
        {role === 'preparer'
          ? 'You say that every item was decided as it stands. Nothing can be changed until the reviewer signs or gives it back.'
          : 'You say that you looked at it and agree. The review is then frozen for good; entries that arrive later open an addendum.'}
      </p>
      <ActingField
        label={role === 'preparer' ? 'Preparer' : 'Reviewer'}
        acting={acting}
        chosen={identity}
        barred={role === 'reviewer' && preparer !== undefined ? { [preparer]: 'prepared it' } : {}}
        onChoose={setIdentity}
      />
      <PasswordInput
        size="xs"
        label="PIN"
        data-autofocus
        autoComplete="off"
        maxLength={200}
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the PIN' }}
      />
    </FormModal>
  );
}
