import { NativeSelect, PasswordInput, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { CASE_STATUSES, type CaseStatus, LONGEST_CASE_TEXT } from '../../../shared/case.ts';
import type { CaseDetail } from '../../../shared/case-schema.ts';
import { call } from '../../lib/client.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { FormModal } from './form-modal.tsx';
import s from './forms.module.css';
import { STATUS_WORDS } from './words.ts';

type Props = { readonly detail: CaseDetail; readonly to: CaseStatus | null; readonly onClose: () => void };

/** Moves a case on, or back; closing it asks for the passphrase of the archive. */
export function StatusForm({ detail, to, onClose }: Props) {
  const others = CASE_STATUSES.filter((one) => one !== detail.status && (one !== 'closed' || to === 'closed'));
  const [status, setStatus] = useState<CaseStatus>(to ?? others[0] ?? 'open');
  const [reason, setReason] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const closing = status === 'closed';
  const reopening = detail.status === 'closed';
  const change = useMutation({
    mutationFn: (by: string) =>
      call('cases.setStatus', {
        id: detail.id,
        by,
        status,
        reason: reason.trim(),
        passphrase: closing ? passphrase : null,
      }),
    onSuccess: onClose,
    onError: () => setPassphrase(''),
  });
  const missing =
    closing && passphrase === ''
      ? 'Closing asks for the passphrase of the archive.'
      : reopening && reason.trim() === ''
        ? 'Say why it is opened again.'
        : null;
  return (
    <FormModal
      title={closing ? `Close ${detail.id}` : reopening ? `Open ${detail.id} again` : 'Status of the case'}
      submit={closing ? 'Close the case' : reopening ? 'Open it again' : 'Save'}
      missing={missing}
      pending={change.isPending}
      error={change.error}
      onSubmit={(by) => change.mutate(by)}
      onClose={onClose}
    >
      {closing ? (
        <p className={s.lead}>
          <SafeText text={detail.title} max={120} />. Its entries are no longer held from deletion; what is watched
          stays watched, and opens the case again when it shows up.
        </p>
      ) : (
        <NativeSelect
          size="xs"
          label="Status"
          data-autofocus
          value={status}
          data={others.map((value) => ({ value, label: STATUS_WORDS[value] }))}
          onChange={(event) => setStatus(event.currentTarget.value as CaseStatus)}
        />
      )}
      <Textarea
        size="xs"
        label={reopening ? 'Reason' : 'Remark'}
        autosize
        minRows={2}
        maxLength={LONGEST_CASE_TEXT}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {closing && (
        <PasswordInput
          size="xs"
          label="Passphrase of the archive"
          data-autofocus
          autoComplete="off"
          maxLength={1024}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the passphrase' }}
        />
      )}
    </FormModal>
  );
}
