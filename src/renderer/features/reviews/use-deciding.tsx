import { notifications } from '@mantine/notifications';
import { useRef, useState } from 'react';
import type { Output } from '../../../shared/contract.ts';
import { type ReviewVerdict, VERDICT_WORDS } from '../../../shared/review.ts';
import type { Chosen } from '../../../shared/review-contract.ts';
import { call } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import { complain } from '../../ui/toasts.tsx';
import type { Saying } from './decide-form.tsx';
import s from './worksheet.module.css';

export type Deciding = {
  readonly decide: (by: string, chosen: Chosen, verdict: ReviewVerdict, saying: Saying) => Promise<boolean>;
  /** Takes back the last decision made on this worksheet; does nothing where there is none. */
  readonly undo: () => void;
  /** Numbers of the items whose decision is on its way. */
  readonly sent: ReadonlySet<number>;
};

type Made = { readonly line: number; readonly by: string };
const TOAST = 'review decided';
const NONE: ReadonlySet<number> = new Set();

/** Decides items of a review, and takes decisions back in the order they were made. */
export function useDeciding(id: string): Deciding {
  const made = useRef<Made[]>([]);
  const [sent, setSent] = useState(NONE);

  function undo(): void {
    const last = made.current.pop();
    if (!last) return;
    call('reviews.undo', { id, ...last }).then(({ changed }) => {
      notifications.hide(TOAST);
      notifications.show({
        message: `Taken back on ${counted(changed, 'item', 'items')}; the history keeps both lines.`,
        closeButtonProps: { 'aria-label': 'Close' },
      });
    }, complain);
  }

  function tell(verdict: ReviewVerdict, { changed, exception }: Output<'reviews.decide'>): void {
    notifications.hide(TOAST);
    notifications.show({
      id: TOAST,
      title: VERDICT_WORDS[verdict],
      message: (
        <>
          {counted(changed, 'item', 'items')}
          {exception !== null && `, exception ${exception} raised`}{' '}
          <button type="button" className={s.inlineLink} onClick={undo}>
            Undo (U)
          </button>
        </>
      ),
      autoClose: 8_000,
      closeButtonProps: { 'aria-label': 'Close' },
    });
  }

  async function decide(by: string, chosen: Chosen, verdict: ReviewVerdict, saying: Saying): Promise<boolean> {
    const items = chosen.kind === 'items' ? chosen.items : [];
    setSent((before) => new Set([...before, ...items]));
    try {
      const done = await call('reviews.decide', { id, by, chosen, verdict, ...saying });
      made.current.push({ line: done.line, by });
      // One after the other needs no word; many at once, and what raised something, do.
      if (done.changed > 1 || done.exception !== null) tell(verdict, done);
      return true;
    } catch (error) {
      complain(error);
      return false;
    } finally {
      setSent((before) => new Set([...before].filter((n) => !items.includes(n))));
    }
  }
  return { decide, undo, sent };
}
