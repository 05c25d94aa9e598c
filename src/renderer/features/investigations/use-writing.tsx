import { notifications } from '@mantine/notifications';
import { useRef, useState } from 'react';
import { call } from '../../lib/client.ts';
import { complain, offerUndo } from '../../ui/toasts.tsx';

type Made = { readonly line: number; readonly by: string };

export type Writing = {
  /** Writes into the case and offers to take it back; resolves to whether it was written. */
  readonly write: (by: string, done: string, say: () => Promise<{ readonly line: number | null }>) => Promise<boolean>;
  /** Takes back what was written last on this screen; does nothing where there is nothing left. */
  readonly undo: () => void;
  readonly pending: boolean;
};

const TOAST = 'case written';

/** Whatever is done in a case, with the way back: each line of the case is taken back by a further one, the last first. */
export function useWriting(id: string): Writing {
  const made = useRef<Made[]>([]);
  const [pending, setPending] = useState(0);

  const takeBack = (one: Made): Promise<unknown> => {
    made.current = made.current.filter(({ line }) => line !== one.line);
    return call('cases.undo', { id, ...one });
  };
  return {
    pending: pending > 0,
    undo() {
      const last = made.current.at(-1);
      if (!last) return;
      takeBack(last).then(() => {
        notifications.hide(TOAST);
        notifications.show({
          message: 'Taken back; the history keeps both lines.',
          closeButtonProps: { 'aria-label': 'Close' },
        });
      }, complain);
    },
    async write(by, done, say) {
      setPending((before) => before + 1);
      try {
        const { line } = await say();
        if (line === null) {
          notifications.show({ message: 'It was so already.', closeButtonProps: { 'aria-label': 'Close' } });
          return true;
        }
        const one = { line, by };
        made.current.push(one);
        offerUndo(TOAST, done, () => takeBack(one));
        return true;
      } catch (error) {
        complain(error);
        return false;
      } finally {
        setPending((before) => before - 1);
      }
    },
  };
}
