import { Button, Modal } from '@mantine/core';
import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useState } from 'react';
import { FailureNote } from '../../ui/notes.tsx';
import s from './reviews.module.css';

type Props = {
  readonly title: string;
  readonly submit: string;
  /** Why it cannot be said yet; null where it can. */
  readonly missing: string | null;
  readonly pending: boolean;
  readonly error?: unknown;
  readonly size?: number;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
};

// How a dialog tells the one it was opened from that it lies above it, and again that it is gone.
const Above = createContext<(by: 1 | -1) => void>(() => {});

/** A form in a dialog: Enter in a line says it, Esc takes it away. */
export function FormModal(props: Props) {
  const tell = useContext(Above);
  const [above, setAbove] = useState(0);
  const [told] = useState(() => (by: 1 | -1) => setAbove((before) => before + by));
  useEffect(() => {
    tell(1);
    return () => tell(-1);
  }, [tell]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    // React hands it on to the form that this dialog was opened from.
    event.stopPropagation();
    if (props.missing === null && !props.pending) props.onSubmit();
  }
  return (
    <Modal
      opened
      closeOnEscape={above === 0}
      trapFocus={above === 0}
      onClose={props.onClose}
      title={props.title}
      size={props.size ?? 520}
      padding="lg"
      styles={{ title: { fontWeight: 600, fontSize: 16 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <form className={s.stack} onSubmit={submit}>
        <Above value={told}>{props.children}</Above>
        {props.error != null && <FailureNote error={props.error} />}
        <div className={s.formFoot}>
          <Button size="xs" type="submit" disabled={props.missing !== null} loading={props.pending}>
            {props.submit}
          </Button>
          <Button size="xs" variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          {props.missing && <span className={s.missing}>{props.missing}</span>}
          <span className={s.grow} />
          {props.actions}
        </div>
      </form>
    </Modal>
  );
}
