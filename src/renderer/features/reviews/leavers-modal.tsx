import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Leaver, LeaverComparison } from '../../../shared/review-schema.ts';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import { type Acting, leaversOptions } from '../../lib/reviews.ts';
import { dateTime } from '../../lib/time.ts';
import { EmptyState, FailureNote } from '../../ui/notes.tsx';
import { SafeText } from '../../ui/safe-text.tsx';
import tag from '../../ui/state-tag.module.css';
import { ActingField } from './acting-field.tsx';
import { dayText } from './periods.ts';
import s from './reviews.module.css';

type Props = {
  readonly review: string;
  readonly zone: string;
  readonly acting: Acting;
  readonly writable: boolean;
  readonly onClose: () => void;
};

const STATE_WORDS: Readonly<Record<Leaver['state'], string>> = {
  removed: 'removed in time',
  late: 'removed late',
  present: 'still there',
  never: 'never in a team',
  unknown: 'not in the log',
};
const TONES = { removed: 'ok', late: 'medium', present: 'critical', never: undefined, unknown: undefined } as const;

/** Compares the list of those who left with who still belongs to a team, and shows what was compared before. */
export function LeaversModal({ review, zone, acting, writable, onClose }: Props) {
  const kept = useQuery(leaversOptions(useArchive(), review));
  const self = acting.self?.id ?? null;
  const compare = useMutation({
    mutationFn: () => call('leavers.compare', { text: null, fileName: null, zone, review, by: self }),
  });
  const all = [...(kept.data ?? [])].reverse();
  return (
    <Modal
      opened
      onClose={onClose}
      title="Leavers"
      size={760}
      padding="lg"
      styles={{ title: { fontWeight: 600, fontSize: 16 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <div className={s.stack}>
        <p className={s.lead}>
          A list of those who left (CSV with e-mail or name, and the day) is compared with the log: who was removed, and
          how many days late.
        </p>
        {writable && (
          <>
            <ActingField label="Compared by" acting={acting} chosen={self} onChoose={acting.choose} />
            <div>
              <Button size="xs" disabled={self === null} loading={compare.isPending} onClick={() => compare.mutate()}>
                Choose the list…
              </Button>
            </div>
          </>
        )}
        {(compare.error ?? kept.error) && <FailureNote error={compare.error ?? kept.error} />}
        {kept.data && all.length === 0 && <EmptyState title="No list was compared yet" />}
        {all.map((one) => (
          <Comparison key={`${one.sha256} ${one.at}`} comparison={one} />
        ))}
      </div>
    </Modal>
  );
}

function Comparison({ comparison }: { comparison: LeaverComparison }) {
  const { leavers, unread, zone } = comparison;
  return (
    <section className={s.preview} aria-label={`List compared ${dateTime(comparison.at, zone)}`}>
      <p>
        <b>
          <SafeText text={comparison.fileName} max={120} />
        </b>
        , {counted(leavers.length, 'leaver', 'leavers')}, compared {dateTime(comparison.at, zone)}
      </p>
      <table className={s.table}>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Left</th>
            <th scope="col">Access</th>
            <th scope="col">Teams</th>
          </tr>
        </thead>
        <tbody>
          {leavers.map((one) => (
            <tr key={one.line}>
              <th scope="row">
                <SafeText text={one.name ?? one.email ?? ''} max={80} />
              </th>
              <td>{dayText(one.leftOn)}</td>
              <td>
                <span className={tag.tag} data-tone={TONES[one.state]}>
                  {STATE_WORDS[one.state]}
                  {one.daysLate > 0 && `, ${one.daysLate} d`}
                </span>
              </td>
              <td>
                {one.memberships.map((place, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: places of one line of a list that never changes
                  <div key={i}>
                    <SafeText text={place.team?.name ?? place.team?.id ?? 'team not known'} max={80} />
                    {place.actedAt !== null && <span className={s.note}> acted {dateTime(place.actedAt, zone)}</span>}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {unread.length > 0 && (
        <p className={s.note}>
          Not read:{' '}
          {unread
            .slice(0, 10)
            .map((one) => `line ${one.line}, ${one.reason}`)
            .join(' ')}
        </p>
      )}
    </section>
  );
}
