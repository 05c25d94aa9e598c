import { VisuallyHidden } from '@mantine/core';
import { grouped } from '../../lib/number.ts';
import s from './coverage.module.css';
import { type Run, STATE_WORDS, spanWords } from './day-words.ts';
import { StateMark } from './state-mark.tsx';

/** The calendar as a table: days in a row that are in one state are one line. Without eyes it is always there. */
export function DayTable({ runs, visible }: { runs: readonly Run[]; visible: boolean }) {
  const table = (
    <table className={s.table}>
      <caption>Days by state, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Days</th>
          <th scope="col">State</th>
          <th scope="col" data-number>
            Days in a row
          </th>
          <th scope="col" data-number>
            Entries
          </th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {runs.toReversed().map((run) => (
          <tr key={run.first}>
            <th scope="row">{spanWords(run.first, run.last)}</th>
            <td>
              <span className={s.state}>
                <StateMark state={run.state} /> {STATE_WORDS[run.state]}
              </span>
            </td>
            <td data-number>{grouped(run.days)}</td>
            <td data-number>{grouped(run.stored)}</td>
            <td>{run.note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (!visible) return <VisuallyHidden>{table}</VisuallyHidden>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className={s.tableFrame} tabIndex={0} aria-label="Coverage as a table">
      {table}
    </section>
  );
}
