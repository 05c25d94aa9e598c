import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { TriagedFinding } from '../../../shared/triage.ts';
import { useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './triage.module.css';
import { dayAfter, UntilField, untilOf } from './until-field.tsx';

type Props = {
  readonly finding: TriagedFinding;
  readonly ruleTitle: string;
  readonly reviewer: string | null;
  readonly now: number;
  readonly onClose: () => void;
};

/** Begins a suppression of a rule, for whom or where the finding was about unless that is widened. */
export function SuppressForm({ finding, ruleTitle, reviewer, now, onClose }: Props) {
  const zone = useZone();
  const [ofActor, setOfActor] = useState(finding.actor !== null);
  const [address, setAddress] = useState(finding.actor === null ? (finding.address ?? '') : '');
  const [target, setTarget] = useState('');
  const [reason, setReason] = useState('');
  const [by, setBy] = useState(reviewer ?? '');
  const [day, setDay] = useState(dayAfter(now, 90, zone));
  const until = untilOf(day, zone, now);
  const ready = reason.trim() !== '' && by.trim() !== '' && until !== null;
  const scope = {
    rule: finding.rule,
    actor: ofActor ? finding.actor : null,
    address: address.trim() || null,
    target: target.trim() || null,
  };
  const wide = scope.actor === null && scope.address === null && scope.target === null;
  const begin = useMutation({
    mutationFn: () =>
      call('suppressions.add', { ...scope, owner: by.trim(), reason: reason.trim(), until: until ?? 0 }),
    onSuccess: () => {
      notifications.show({
        title: 'Suppressed',
        message: 'It stays in every count. Suppressions lists it, and ends it.',
        closeButtonProps: { 'aria-label': 'Close' },
      });
      onClose();
    },
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (ready) begin.mutate();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title="Suppress what this rule finds"
      size={520}
      padding="lg"
      styles={{ title: { fontWeight: 600, fontSize: 16 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <form className={s.stack} onSubmit={submit}>
        <p>
          Rule “<SafeText text={ruleTitle} max={120} />
          ”. What it notices until then is hidden from the open findings, and still counted.
        </p>
        {finding.actor !== null && (
          <Checkbox
            size="xs"
            label={
              <>
                only of <SafeText text={finding.actor} max={80} />
              </>
            }
            checked={ofActor}
            onChange={(event) => setOfActor(event.currentTarget.checked)}
          />
        )}
        <TextInput
          size="xs"
          label="Only from this address or network"
          placeholder="any, or 203.0.113.0/24"
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label="Only about this target"
          placeholder="any"
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
        />
        {wide && <p className={s.missing}>This hides everything the rule finds, whoever it is.</p>}
        <TextInput
          size="xs"
          label="Reason"
          value={reason}
          maxLength={2000}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <UntilField label="Until" day={day} days={[30, 90, 365]} now={now} onChange={setDay} />
        <TextInput
          size="xs"
          label="Your name"
          value={by}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        {begin.error && <FailureNote error={begin.error} />}
        <div className={s.formFoot}>
          <Button size="xs" type="submit" disabled={!ready} loading={begin.isPending}>
            Suppress
          </Button>
          <Button size="xs" variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}
