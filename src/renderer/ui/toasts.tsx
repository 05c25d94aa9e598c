import { notifications } from '@mantine/notifications';
import { failureOf } from '../lib/client.ts';
import s from './toasts.module.css';

const CLOSE = { 'aria-label': 'Close' };
/** Long enough to read a sentence and to change one's mind, milliseconds. */
const UNDO_FOR = 12_000;

/** Says a failure where the person looks anyway. */
export function complain(error: unknown): void {
  const { message, hint } = failureOf(error);
  notifications.show({ title: message, message: hint, color: 'red', autoClose: false, closeButtonProps: CLOSE });
}

/** Says what was done, in a sentence, and offers to take it back. Of one `id` only the last is shown. */
export function offerUndo(id: string, done: string, undo: () => Promise<unknown>): void {
  const takeBack = (): void => {
    notifications.hide(id);
    undo().then(() => notifications.show({ message: 'Taken back.', closeButtonProps: CLOSE }), complain);
  };
  notifications.hide(id);
  notifications.show({
    id,
    message: (
      <>
        {done}{' '}
        <button type="button" className={s.undo} onClick={takeBack}>
          Undo
        </button>
      </>
    ),
    autoClose: UNDO_FOR,
    closeButtonProps: CLOSE,
  });
}
