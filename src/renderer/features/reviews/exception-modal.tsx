import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewException } from '../../../shared/review-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import type { Acting } from '../../lib/reviews.ts';
import { LineList } from '../../ui/journal-lines.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import { ActingField } from './acting-field.tsx';
import { changed, ExceptionFieldset, fieldsOf } from './exception-fields.tsx';
import { FormModal } from './form-modal.tsx';
import { ReasonForm } from './reason-form.tsx';
import { RetestForm } from './retest-form.tsx';
import s from './reviews.module.css';

type Props = {
  readonly exception: ReviewException;
  readonly acting: Acting;
  readonly readOnly: boolean;
  readonly onClose: () => void;
};

const RETEST_WORDS = { passed: 'passed', failed: 'failed', not_needed: 'not needed' } as const;

/** One exception, followed to its closure: what is said of it, the re-test, the end, and every line about it. */
export function ExceptionModal({ exception, acting, readOnly, onClose }: Props) {
  const zone = useZone();
  const before = fieldsOf(exception);
  const [fields, setFields] = useState(before);
  const [doing, setDoing] = useState<'retest' | 'close' | 'reopen' | null>(null);
  const { id, status } = exception;
  const self = acting.self?.id ?? null;
  const difference = changed(before, fields);
  const save = useMutation({
    mutationFn: () => call('exceptions.update', { id, by: self ?? '', fields: difference }),
  });
  const dirty = Object.keys(difference).length > 0;
  const missing = readOnly
    ? 'This archive is open for reading only.'
    : status !== 'open'
      ? status === 'closed'
        ? 'It is closed.'
        : 'The decision it came from was taken back.'
      : self === null
        ? 'Say who you are.'
        : dirty
          ? null
          : 'All is kept.';
  const end = () => setDoing(null);
  if (doing === 'retest') return <RetestForm id={id} acting={acting} onClose={end} />;
  if (doing !== null) {
    return (
      <ReasonForm
        title={doing === 'close' ? `Close ${id}` : `Open ${id} again`}
        lead={
          doing === 'close'
            ? 'An exception is closed when its cause and remediation are known and a re-test was passed or is not needed.'
            : 'It will be followed again until it is closed.'
        }
        submit={doing === 'close' ? 'Close it' : 'Open it again'}
        acting={acting}
        onSay={(reason, by) => call(doing === 'close' ? 'exceptions.close' : 'exceptions.reopen', { id, by, reason })}
        onClose={end}
      />
    );
  }
  return (
    <FormModal
      title={`Exception ${id}`}
      submit="Save"
      missing={missing}
      pending={save.isPending}
      error={save.error}
      size={620}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      actions={
        !readOnly &&
        status !== 'withdrawn' &&
        (status === 'open' ? (
          <>
            <Button size="xs" variant="default" disabled={dirty} onClick={() => setDoing('retest')}>
              Re-test…
            </Button>
            <Button size="xs" variant="default" disabled={dirty} onClick={() => setDoing('close')}>
              Close it…
            </Button>
          </>
        ) : (
          <Button size="xs" variant="default" onClick={() => setDoing('reopen')}>
            Open again…
          </Button>
        ))
      }
    >
      <p className={s.lead}>
        <SafeText text={exception.reviewTitle} max={120} />, {counted(exception.items, 'item', 'items')}
        {exception.retest && `, re-test ${RETEST_WORDS[exception.retest.result]}`}
      </p>
      <ExceptionFieldset value={fields} onChange={setFields} />
      {!readOnly && <ActingField label="Said by" acting={acting} chosen={self} onChoose={acting.choose} />}
      <LineList lines={exception.history} zone={zone} label="History of the exception" longest={300} />
    </FormModal>
  );
}
