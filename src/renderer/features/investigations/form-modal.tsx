import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useReviewer } from '../../lib/reviewer.ts';
import { FailureNote } from '../../ui/notes.tsx';
import s from './forms.module.css';

type Props = {
  readonly title: string;
  readonly submit: string;
  /** Why it cannot be said yet; null where it can. */
  readonly missing: string | null;
  readonly pending: boolean;
  readonly error?: unknown;
  readonly size?: number;
  /** Said by whom. */
  readonly onSubmit: (by: string) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A form about a case in a dialog, signed with a name: Enter in a line says it, Esc takes it away. */
export function FormModal(props: Props) {
  const [reviewer, remember] = useReviewer();
  const [by, setBy] = useState(reviewer ?? '');
  const missing = props.missing ?? (by.trim() === '' ? 'Say who you are: the history names you.' : null);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (missing !== null || props.pending) return;
    remember(by.trim());
    props.onSubmit(by.trim());
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      size={props.size ?? 520}
      padding="lg"
      styles={{ title: { fontWeight: 600, fontSize: 16 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <form className={s.stack} onSubmit={submit}>
        {props.children}
        <TextInput
          size="xs"
          label="Your name"
          value={by}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        {props.error != null && <FailureNote error={props.error} />}
        <div className={s.foot}>
          <Button size="xs" type="submit" disabled={missing !== null} loading={props.pending}>
            {props.submit}
          </Button>
          <Button size="xs" variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          {missing && <span className={s.missing}>{missing}</span>}
        </div>
      </form>
    </Modal>
  );
}
