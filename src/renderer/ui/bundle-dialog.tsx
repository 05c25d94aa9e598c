import { Button, Checkbox, Modal, SegmentedControl, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Input } from '../../shared/contract.ts';
import { call, failureOf } from '../lib/client.ts';
import { counted } from '../lib/number.ts';
import type { Question } from '../lib/queries.ts';
import { visible } from '../lib/visible-text.ts';
import s from './bundle-dialog.module.css';
import { FailureNote } from './notes.tsx';
import { isGoodPair, PassphraseFields } from './passphrase-fields.tsx';

/** What is put into it: the answer to a question, or a case with the entries pinned to it, signed by whoever asks. */
export type BundleSubject =
  | { readonly question: Question }
  | { readonly case: { readonly id: string; readonly by: string; readonly zone: string } };

type Whom = Pick<Input<'cases.bundle'>, 'passphrase' | 'recipients'>;

type Props = {
  readonly subject: BundleSubject;
  /** How many entries it holds. */
  readonly total: number;
  readonly opened: boolean;
  readonly onClose: () => void;
};

const WAYS = [
  { value: 'passphrase', label: 'A passphrase' },
  { value: 'keys', label: 'Public keys of age' },
] as const;
const RECIPIENT = /^age1[a-z0-9]+$/;

/** Asks for whom an evidence bundle is to be, and writes it. */
export function BundleDialog({ subject, total, opened, onClose }: Props) {
  const [way, setWay] = useState<(typeof WAYS)[number]['value']>('passphrase');
  const [pair, setPair] = useState<readonly [string, string]>(['', '']);
  const [keys, setKeys] = useState('');
  const [pseudonymise, setPseudonymise] = useState(false);
  const ofCase = 'case' in subject;
  const recipients = keys.split(/\s+/).filter((one) => one !== '');
  const wrong = recipients.find((one) => !RECIPIENT.test(one));
  const ready = way === 'passphrase' ? isGoodPair(...pair) : recipients.length > 0 && wrong === undefined;
  const create = useMutation({
    mutationFn: () =>
      written(
        subject,
        {
          passphrase: way === 'passphrase' ? pair[0] : null,
          recipients: way === 'keys' ? recipients : [],
        },
        pseudonymise,
      ),
    onSuccess(file) {
      if (file === null) return;
      close();
      notifications.show({
        title: `${visible(file.fileName)}: ${counted(file.entries, 'entry', 'entries')}`,
        message: (
          <>
            {[
              file.what,
              ...(file.unproven > 0 ? [`${counted(file.unproven, 'entry', 'entries')} not sealed yet`] : []),
            ].join(', ')}
            .{' '}
            <button type="button" className={s.link} onClick={() => void call('report.reveal', {}).catch(() => {})}>
              Show in folder
            </button>
          </>
        ),
        autoClose: 12_000,
        closeButtonProps: { 'aria-label': 'Close' },
      });
    },
  });
  const close = (): void => {
    setPair(['', '']);
    create.reset();
    onClose();
  };
  const failed = create.isError && failureOf(create.error).code !== 'cancelled';
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Create an evidence bundle"
      size={520}
      padding="lg"
      styles={{ title: { fontWeight: 600, fontSize: 16 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !create.isPending) create.mutate();
        }}
      >
        <p className={s.lead}>
          One encrypted file for somebody outside: {counted(total, 'entry', 'entries')} exactly as received, what proves
          each of them,{' '}
          {ofCase ? 'and the case itself with notes and decisions' : 'the coverage, findings and decisions'}. Logbook
          opens it, and so does the age tool.
        </p>
        <SegmentedControl
          aria-label="Encrypted to"
          size="xs"
          data={[...WAYS]}
          value={way}
          onChange={(value) => setWay(value as typeof way)}
        />
        {way === 'passphrase' ? (
          <PassphraseFields
            size="xs"
            label="Passphrase of the bundle"
            value={pair[0]}
            repeated={pair[1]}
            onChange={(value, repeated) => setPair([value, repeated])}
          />
        ) : (
          <Textarea
            size="xs"
            label="Public keys"
            description="One a line; each begins with age1."
            minRows={3}
            autosize
            spellCheck={false}
            value={keys}
            onChange={(event) => setKeys(event.currentTarget.value)}
            error={wrong === undefined ? null : `“${visible(wrong.slice(0, 24))}” is no public key of age.`}
          />
        )}
        {!ofCase && (
          <Checkbox
            size="xs"
            label="Pseudonymise: names, e-mail and IP addresses become tokens"
            description="The same person keeps the same token. Times, actions and things stay as they are."
            checked={pseudonymise}
            onChange={(event) => setPseudonymise(event.currentTarget.checked)}
          />
        )}
        {failed && <FailureNote error={create.error} />}
        <div className={s.buttons}>
          <Button size="xs" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button size="xs" type="submit" disabled={!ready || total === 0} loading={create.isPending}>
            Choose where and create
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Writes it; null where no place was chosen. */
async function written(subject: BundleSubject, whom: Whom, pseudonymise: boolean) {
  if ('case' in subject) {
    const file = await call('cases.bundle', { ...subject.case, ...whom });
    return file && { ...file, what: `case ${subject.case.id}` };
  }
  const file = await call('bundle.create', { ...subject.question, ...whom, pseudonymise });
  return file && { ...file, what: counted(file.findings, 'finding', 'findings') };
}
