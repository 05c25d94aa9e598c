import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useArchive } from '../../lib/app-state.ts';
import { reviewHistoryOptions } from '../../lib/reviews.ts';
import { JournalLines } from '../../ui/journal-lines.tsx';
import { FailureNote } from '../../ui/notes.tsx';

/** Every line of the archive's journal about a review, newest first. */
export function HistoryModal({ id, zone, onClose }: { id: string; zone: string; onClose: () => void }) {
  const { data, error } = useQuery(reviewHistoryOptions(useArchive(), id));
  return (
    <Modal
      opened
      onClose={onClose}
      title="What was done in this review"
      size={680}
      padding="lg"
      styles={{ title: { fontWeight: 600, fontSize: 16 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      {error && <FailureNote error={error} />}
      <JournalLines lines={data ?? []} zone={zone} />
    </Modal>
  );
}
