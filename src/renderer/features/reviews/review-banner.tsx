import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReviewDetail } from '../../../shared/review-schema.ts';
import { call } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import type { Acting } from '../../lib/reviews.ts';
import { Banner, FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './worksheet.module.css';

type Props = {
  readonly review: ReviewDetail;
  readonly writable: boolean;
  readonly acting: Acting;
  readonly onWho: () => void;
};

/** Why nothing can be decided here any more, and what came after. */
export function ReviewBanner({ review, writable, acting, onWho }: Props) {
  const navigate = useNavigate();
  const self = acting.self?.id;
  const add = useMutation({
    mutationFn: (by: string) => call('reviews.startAddendum', { id: review.id, by }),
    onSuccess: ({ id }) => void navigate({ to: '/reviews', search: { r: id } }),
  });
  const { status, remark, late, addenda } = review;
  if (status === 'open' && late === 0) return null;
  return (
    <div className={s.banners}>
      {status === 'prepared' && (
        <Banner severity="low">
          <b>Prepared and frozen.</b> It waits for the reviewer, who signs it or gives it back.
        </Banner>
      )}
      {status === 'signed' && late === 0 && addenda.length === 0 && (
        <Banner severity="low">
          <b>Signed by preparer and reviewer, frozen for good.</b> Exceptions are followed to their closure.
        </Banner>
      )}
      {status === 'abandoned' && remark && (
        <Banner severity="medium">
          <b>Given up</b> by <SafeText text={remark.by} max={80} />: <SafeText text={remark.reason} max={400} />
        </Banner>
      )}
      {late > 0 && status !== 'abandoned' && (
        <Banner
          severity="medium"
          action={
            writable &&
            status === 'signed' && (
              <Button
                size="xs"
                variant="default"
                loading={add.isPending}
                onClick={() => (self === undefined ? onWho() : add.mutate(self))}
              >
                Open an addendum
              </Button>
            )
          }
        >
          <b>
            {counted(late, 'entry of this period', 'entries of this period')} arrived after the population was frozen.
          </b>{' '}
          {status === 'signed' ? 'An addendum reviews them.' : 'Once this review is signed, an addendum reviews them.'}
        </Banner>
      )}
      {addenda.length > 0 && (
        <p className={s.quiet}>
          Addenda:{' '}
          {addenda.map((id) => (
            <Link key={id} to="/reviews" search={{ r: id }}>
              {id}{' '}
            </Link>
          ))}
        </p>
      )}
      {add.error && <FailureNote error={add.error} />}
    </div>
  );
}
