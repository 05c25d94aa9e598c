import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewDetail } from '../../../shared/review-schema.ts';
import { call } from '../../lib/client.ts';
import { grouped } from '../../lib/number.ts';
import type { Acting } from '../../lib/reviews.ts';
import { ActingField } from './acting-field.tsx';
import { FormModal } from './form-modal.tsx';
import s from './reviews.module.css';

/** Draws a sample, or goes back to the whole population. */
export function SampleForm(props: { review: ReviewDetail; acting: Acting; onClose: () => void }) {
  const { review, acting, onClose } = props;
  const [size, setSize] = useState(review.sample === null ? '25' : '');
  const [seed, setSeed] = useState('');
  const [reason, setReason] = useState('');
  const self = acting.self?.id ?? null;
  const wanted = Number(size || '0');
  const draw = useMutation({
    mutationFn: () =>
      call('reviews.sample', {
        id: review.id,
        by: self ?? '',
        size: wanted,
        seed: seed.trim() || '-',
        reason: reason.trim(),
      }),
    onSuccess: onClose,
  });
  const again = review.sample !== null;
  const missing = !Number.isInteger(wanted)
    ? 'The sample is a number of items.'
    : wanted > review.population
      ? `The population has ${grouped(review.population)} items.`
      : wanted > 0 && seed.trim() === ''
        ? 'Write a seed: with it anybody draws the same sample again.'
        : again && reason.trim() === ''
          ? 'Say why it is drawn again.'
          : self === null
            ? 'Say who you are.'
            : null;
  return (
    <FormModal
      title={again ? 'Draw the sample again' : 'Draw a sample'}
      submit={wanted === 0 ? 'Review the whole population' : 'Draw'}
      missing={missing}
      pending={draw.isPending}
      error={draw.error}
      onSubmit={() => draw.mutate()}
      onClose={onClose}
    >
      <p className={s.lead}>
        From seed, method and the hash of the population the same sample is drawn again anywhere. Decisions stay.
      </p>
      <div className={s.two}>
        <TextInput
          size="xs"
          label="Number of items"
          placeholder="empty: the whole population"
          inputMode="numeric"
          data-autofocus
          value={size}
          onChange={(event) => setSize(event.currentTarget.value.trim())}
        />
        <TextInput
          size="xs"
          label="Seed"
          maxLength={200}
          value={seed}
          onChange={(event) => setSeed(event.currentTarget.value)}
        />
      </div>
      {again && (
        <TextInput
          size="xs"
          label="Why it is drawn again"
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <ActingField label="Drawn by" acting={acting} chosen={self} onChoose={acting.choose} />
    </FormModal>
  );
}
