import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useArchive } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { reviewHistoryOptions } from '../../lib/reviews.ts';
import { dateTime } from '../../lib/time.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './reviews.module.css';

/** Lines that are put on the page, the newest. */
const MOST = 500;

/** Every line of the archive's journal about a review, newest first. */
export function HistoryModal({ id, zone, onClose }: { id: string; zone: string; onClose: () => void }) {
  const { data, error } = useQuery(reviewHistoryOptions(useArchive(), id));
  const lines = [...(data ?? [])].reverse();
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
      <p className={s.note}>
        {counted(lines.length, 'line', 'lines')} of the archive’s own chained log
        {lines.length > MOST && `, the newest ${MOST}`}. Nothing in it can be changed unnoticed.
      </p>
      <ol className={s.history}>
        {lines.slice(0, MOST).map((line) => (
          <li key={line.line}>
            <span className={s.when}>{dateTime(line.at, zone)}</span>
            <span>
              <b>
                <SafeText text={line.by} max={80} />
              </b>{' '}
              <SafeText text={line.words} max={400} sentence /> <span className={s.note}>line {line.line}</span>
            </span>
          </li>
        ))}
      </ol>
    </Modal>
  );
}
