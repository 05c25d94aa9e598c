import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { FailureNote } from '../../ui/notes.tsx';
import s from './settings.module.css';

type Props = {
  /** What the form is for, to those who do not see where it stands. */
  readonly name: string;
  readonly action: string;
  readonly explanation?: string;
  /** Whether what else is asked for is complete. */
  readonly ready?: boolean;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onSubmit: (passphrase: string) => void;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
};

/** Asks for the present passphrase before a change of keys. It is held while the form is open, and nowhere else. */
export function PassphraseForm(props: Props) {
  const [passphrase, setPassphrase] = useState('');
  const ready = passphrase !== '' && (props.ready ?? true);
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (ready && !props.pending) props.onSubmit(passphrase);
  }
  return (
    <form
      className={s.inset}
      aria-label={props.name}
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && !props.pending && props.onCancel()}
    >
      {props.explanation && <p>{props.explanation}</p>}
      <PasswordInput
        size="xs"
        label="Present passphrase"
        value={passphrase}
        autoComplete="off"
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the present passphrase' }}
        // The form opens because somebody asked for it.
        autoFocus
      />
      {props.children}
      {props.error ? <FailureNote error={props.error} /> : null}
      <div className={s.buttons}>
        <Button size="xs" type="submit" disabled={!ready} loading={props.pending}>
          {props.action}
        </Button>
        <Button size="xs" variant="default" onClick={props.onCancel} disabled={props.pending}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
