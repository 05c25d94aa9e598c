import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewDetail, ReviewException } from '../../../shared/review-schema.ts';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { type Acting, exceptionsOptions } from '../../lib/reviews.ts';
import { ActingField } from './acting-field.tsx';
import { ExceptionModal } from './exception-modal.tsx';
import { FormModal } from './form-modal.tsx';
import { HistoryModal } from './history-modal.tsx';
import { LeaversModal } from './leavers-modal.tsx';
import { RaiseForm } from './raise-form.tsx';
import { ReasonForm } from './reason-form.tsx';
import { SampleForm } from './sample-form.tsx';
import { roleNow, type Wish } from './side-panel.tsx';
import { SignForm } from './sign-form.tsx';
import type { HeadWish } from './worksheet-head.tsx';

export type WorksheetWish = Wish | Exclude<HeadWish, 'export'> | 'who';

type Props = {
  readonly review: ReviewDetail;
  readonly acting: Acting;
  readonly wish: WorksheetWish | null;
  /** Numbers of the items that an exception would be raised about. */
  readonly items: readonly number[];
  /** The exception that is looked at, of this review or of an earlier one. */
  readonly exception: string | null;
  readonly own: readonly ReviewException[];
  readonly onEnd: () => void;
  readonly onExceptionEnd: () => void;
};

/** The dialogs of a worksheet, one at a time. */
export function WorksheetForms({ review, acting, wish, items, exception, own, onEnd, onExceptionEnd }: Props) {
  const archive = useArchive();
  const { id, zone } = review;
  const mine = own.find((one) => one.id === exception);
  const others = useQuery({
    ...exceptionsOptions(archive, null),
    enabled: exception !== null && mine === undefined,
  }).data;
  const looked = mine ?? others?.find((one) => one.id === exception);
  const role = roleNow(review);
  const common = { acting, onClose: onEnd };
  if (looked && wish === null) {
    return (
      <ExceptionModal
        key={`${looked.id} ${looked.history.length}`}
        exception={looked}
        acting={acting}
        readOnly={archive.readOnly}
        onClose={onExceptionEnd}
      />
    );
  }
  switch (wish) {
    case 'who':
      return <WhoForm {...common} />;
    case 'sign':
      return role && <SignForm review={review} role={role} {...common} />;
    case 'raise':
      return <RaiseForm review={id} items={items} {...common} />;
    case 'sample':
      return <SampleForm review={review} {...common} />;
    case 'history':
      return <HistoryModal id={id} zone={zone} onClose={onEnd} />;
    case 'leavers':
      return <LeaversModal review={id} zone={zone} writable={!archive.readOnly} {...common} />;
    case 'gaps':
      return (
        <ReasonForm
          title="Acknowledge the days that are not provably whole"
          lead="Entries of those days may be missing. Say what is known of it; the reviewer and the report will read it."
          submit="Acknowledge"
          onSay={(reason, by) => call('reviews.acknowledgeGaps', { id, by, reason })}
          {...common}
        />
      );
    case 'giveBack':
      return (
        <ReasonForm
          title="Give the review back"
          lead="The preparer’s signature no longer stands, and decisions are open again."
          submit="Give it back"
          onSay={(reason, by) => call('reviews.giveBack', { id, by, reason })}
          {...common}
        />
      );
    case 'abandon':
      return (
        <ReasonForm
          title="Give the review up"
          lead="It stays in the history with its decisions, unsigned. Its plan asks for the period again."
          submit="Give it up"
          onSay={(reason, by) => call('reviews.abandon', { id, by, reason })}
          {...common}
        />
      );
    default:
      return null;
  }
}

function WhoForm({ acting, onClose }: { acting: Acting; onClose: () => void }) {
  const [self, setSelf] = useState(acting.self?.id ?? null);
  return (
    <FormModal
      title="Who decides here?"
      submit="Go on"
      missing={self === null ? 'Choose, or add yourself.' : null}
      pending={false}
      size={440}
      onSubmit={() => {
        if (self !== null) acting.choose(self);
        onClose();
      }}
      onClose={onClose}
    >
      <ActingField
        label="Every decision is kept with this name"
        begins
        acting={acting}
        chosen={self}
        onChoose={setSelf}
      />
    </FormModal>
  );
}
