import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { LONGEST_RATIONALE } from '../../../shared/review.ts';
import type { Acting } from '../../lib/reviews.ts';
import { visible } from '../../lib/visible-text.ts';
import { ActingField } from './acting-field.tsx';
import { FormModal } from './form-modal.tsx';
import s from './reviews.module.css';

type Props = {
  readonly title: string;
  readonly lead: string;
  readonly submit: string;
  readonly acting: Acting;
  readonly onSay: (reason: string, by: string) => Promise<unknown>;
  readonly onClose: () => void;
};

/** Asks why, and who says so. */
export function ReasonForm({ title, lead, submit, acting, onSay, onClose }: Props) {
  const [reason, setReason] = useState('');
  const self = acting.self?.id ?? null;
  const say = useMutation({
    mutationFn: () => onSay(reason.trim(), self ?? ''),
    onSuccess: onClose,
  });
  const missing = reason.trim() === '' ? 'Say why: the history keeps it.' : self === null ? 'Say who you are.' : null;
  return (
    <FormModal
      title={visible(title).slice(0, 120)}
      submit={submit}
      missing={missing}
      pending={say.isPending}
      error={say.error}
      onSubmit={() => say.mutate()}
      onClose={onClose}
    >
      <p className={s.lead}>{lead}</p>
      <Textarea
        size="xs"
        label="Reason"
        data-autofocus
        autosize
        minRows={2}
        maxLength={LONGEST_RATIONALE}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ActingField label="Said by" acting={acting} chosen={self} onChoose={acting.choose} />
    </FormModal>
  );
}
