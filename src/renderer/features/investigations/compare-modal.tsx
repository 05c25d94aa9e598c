import { Modal } from '@mantine/core';
import type { CaseEvent } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { dateTime } from '../../lib/time.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { comparedFields } from './compare-fields.ts';
import s from './forms.module.css';
import { lengthWords } from './words.ts';

type Props = { readonly events: readonly CaseEvent[]; readonly onClose: () => void };

/** One event in full, or two side by side, field by field. */
export function CompareModal({ events, onClose }: Props) {
  const zone = useZone();
  const fields = comparedFields(events, zone);
  const [one, other] = events;
  const two = one !== undefined && other !== undefined;
  const differing = fields.filter(({ same }) => !same).length;
  return (
    <Modal
      opened
      onClose={onClose}
      title={two ? `${one.id} and ${other.id}` : `Event ${one?.id ?? ''}`}
      size={two ? 920 : 620}
      padding="lg"
      styles={{ title: { fontWeight: 600, fontSize: 16 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      {two && (
        <p className={s.lead}>
          {lengthWords(Math.abs(other.ts - one.ts))} apart; {differing} of {fields.length} fields differ.
        </p>
      )}
      <table className={s.compare}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            {events.map((event) => (
              <th key={event.id} scope="col">
                {event.id}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, values, same }) => (
            <tr key={name} data-differs={(two && !same) || undefined}>
              <th scope="row">
                <SafeText text={name} max={60} />
                {two && !same && <span className={s.differs}>differs</span>}
              </th>
              {values.map((value, i) => (
                <td key={events[i]?.id}>{value === null ? '–' : <SafeText text={value} max={1000} />}</td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">Notes</th>
            {events.map((event) => (
              <td key={event.id}>
                {event.notes.length === 0
                  ? '–'
                  : event.notes.map((note) => (
                      <p key={note.line}>
                        <SafeText text={note.text} max={2000} multiline /> (<SafeText text={note.by} max={60} />,{' '}
                        {dateTime(note.at, zone)})
                      </p>
                    ))}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">Brought in</th>
            {events.map((event) => (
              <td key={event.id}>
                <SafeText text={event.by} max={80} />, {dateTime(event.at, zone)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </Modal>
  );
}
