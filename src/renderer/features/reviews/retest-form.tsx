import { SegmentedControl, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { LONGEST_RATIONALE, type RetestResult } from '../../../shared/review.ts';
import { call } from '../../lib/client.ts';
import type { Acting } from '../../lib/reviews.ts';
import { ActingField } from './acting-field.tsx';
import { FormModal } from './form-modal.tsx';

/** Records what a re-test of a remediated exception gave. */
export function RetestForm({ id, acting, onClose }: { id: string; acting: Acting; onClose: () => void }) {
  const [result, setResult] = useState<RetestResult>('passed');
  const [note, setNote] = useState('');
  const self = acting.self?.id ?? null;
  const say = useMutation({
    mutationFn: () => call('exceptions.retest', { id, by: self ?? '', result, note: note.trim() }),
    onSuccess: onClose,
  });
  return (
    <FormModal
      title={`Re-test of ${id}`}
      submit="Record"
      missing={self === null ? 'Say who you are.' : null}
      pending={say.isPending}
      error={say.error}
      onSubmit={() => say.mutate()}
      onClose={onClose}
    >
      <SegmentedControl
        size="xs"
        aria-label="What it gave"
        data={[
          { value: 'passed', label: 'Passed' },
          { value: 'failed', label: 'Failed' },
          { value: 'not_needed', label: 'Not needed' },
        ]}
        value={result}
        onChange={setResult}
      />
      <Textarea
        size="xs"
        label="What was tested, and what was seen"
        data-autofocus
        autosize
        minRows={2}
        maxLength={LONGEST_RATIONALE}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <ActingField label="Tested by" acting={acting} chosen={self} onChoose={acting.choose} />
    </FormModal>
  );
}
