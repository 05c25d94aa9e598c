import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReviewException } from '../../../shared/review-schema.ts';
import { useArchive } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { useActing } from '../../lib/reviews.ts';
import { EmptyState, Panel } from '../../ui/notes.tsx';
import pill from '../../ui/pill.module.css';
import { SafeText } from '../../ui/safe-text.tsx';
import tag from '../../ui/state-tag.module.css';
import { ExceptionModal } from './exception-modal.tsx';
import { dayText } from './periods.ts';
import s from './reviews.module.css';

const SHOWN = ['open', 'closed', 'all'] as const;

/** The register: every exception of every review, the open ones first by their date. */
export function ExceptionsTab(props: { exceptions: readonly ReviewException[]; chosen: string | null }) {
  const archive = useArchive();
  const navigate = useNavigate();
  const acting = useActing();
  const [shown, setShown] = useState<(typeof SHOWN)[number]>('open');
  const of = (one: (typeof SHOWN)[number]) => props.exceptions.filter(({ status }) => one === 'all' || status === one);
  const listed = of(shown);
  const look = (x?: string) =>
    void navigate({ to: '/reviews', search: { tab: 'exceptions', ...(x === undefined ? {} : { x }) } });
  const chosen = props.exceptions.find((one) => one.id === props.chosen);
  return (
    <Panel
      title="Exceptions"
      className={s.wide}
      action={
        <span className={s.pills}>
          {SHOWN.map((one) => (
            <button
              key={one}
              type="button"
              className={pill.pill}
              aria-pressed={one === shown}
              onClick={() => setShown(one)}
            >
              {one === 'open' ? 'Open' : one === 'closed' ? 'Closed' : 'All'} {of(one).length}
            </button>
          ))}
        </span>
      }
    >
      {listed.length === 0 ? (
        <EmptyState title={props.exceptions.length === 0 ? 'No exception was raised' : 'None of these'}>
          A deviation, or an exception from what access should be, is followed here to its closure.
        </EmptyState>
      ) : (
        <table className={s.table}>
          <thead>
            <tr>
              <th scope="col">Exception</th>
              <th scope="col">Control</th>
              <th scope="col">Review</th>
              <th scope="col">Extent</th>
              <th scope="col">Owner</th>
              <th scope="col">Due</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {listed.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <button type="button" className={s.open} data-row onClick={() => look(one.id)}>
                    <span className={s.code}>{one.id}</span>{' '}
                    {one.nature === '' ? 'not described yet' : <SafeText text={one.nature} max={160} />}
                  </button>
                  <span className={s.note}>{counted(one.items, 'item', 'items')}</span>
                </th>
                <td>{one.control === null ? '' : <SafeText text={one.control} max={30} />}</td>
                <td>
                  <SafeText text={one.reviewTitle} max={80} />
                </td>
                <td>{one.extent === 'unknown' ? 'not said yet' : one.extent}</td>
                <td>{one.owner === null ? 'nobody yet' : <SafeText text={one.owner} max={60} />}</td>
                <td>{one.due === null ? 'not agreed' : dayText(one.due)}</td>
                <td>
                  <span
                    className={tag.tag}
                    data-tone={one.overdue ? 'critical' : one.status === 'closed' ? 'ok' : undefined}
                  >
                    {one.overdue ? 'overdue' : one.status}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {chosen && (
        <ExceptionModal
          key={`${chosen.id} ${chosen.history.length}`}
          exception={chosen}
          acting={acting}
          readOnly={archive.readOnly}
          onClose={() => look()}
        />
      )}
    </Panel>
  );
}
