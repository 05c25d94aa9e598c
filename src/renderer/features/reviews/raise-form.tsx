import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import type { Acting } from '../../lib/reviews.ts';
import { ActingField } from './acting-field.tsx';
import { BLANK, ExceptionFieldset } from './exception-fields.tsx';
import { FormModal } from './form-modal.tsx';
import s from './reviews.module.css';

type Props = {
  readonly review: string;
  readonly items: readonly number[];
  readonly acting: Acting;
  readonly onClose: () => void;
};

/** Raises an exception that no single decision raised. */
export function RaiseForm({ review, items, acting, onClose }: Props) {
  const [fields, setFields] = useState(BLANK);
  const self = acting.self?.id ?? null;
  const raise = useMutation({
    mutationFn: () => call('exceptions.raise', { review, by: self ?? '', items: [...items], fields }),
    onSuccess: onClose,
  });
  const missing =
    fields.nature.trim() === '' ? 'Say what was not as it should be.' : self === null ? 'Say who you are.' : null;
  return (
    <FormModal
      title="Raise an exception"
      submit="Raise"
      missing={missing}
      pending={raise.isPending}
      error={raise.error}
      size={600}
      onSubmit={() => raise.mutate()}
      onClose={onClose}
    >
      <p className={s.lead}>
        {items.length === 0 ? 'About the review as a whole.' : `About ${counted(items.length, 'item', 'items')}.`}
      </p>
      <ExceptionFieldset value={fields} onChange={setFields} />
      <ActingField label="Raised by" acting={acting} chosen={self} onChoose={acting.choose} />
    </FormModal>
  );
}
