// biome-ignore-all lint/a11y/useSemanticElements: a list of millions of positioned rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
import { memo } from 'react';
import type { EntryRow } from '../../../shared/entry.ts';
import { grouped } from '../../lib/number.ts';
import type { Chosen } from './columns.ts';
import { type CellContext, cellOf, titleOf } from './entry-cells.tsx';
import s from './table.module.css';

/** Whether the entries of a row are selected: all of them, some, or none. */
export type PickedPart = 'all' | 'some' | 'none';

type Props = CellContext & {
  readonly row: EntryRow;
  /** Whether it is within a line of repeats that is open. */
  readonly within: boolean;
  readonly y: number;
  readonly index: number;
  readonly columns: Chosen;
  readonly selected: boolean;
  readonly picked: PickedPart;
};

/** A row; clicks are the list's, which knows by the key what they are about. */
export const Row = memo(function Row({ row, within, y, index, columns, selected, picked, ...context }: Props) {
  const { run } = context;
  return (
    <div
      role="row"
      id={`row-${row.key}`}
      className={s.row}
      aria-rowindex={index}
      aria-selected={selected}
      data-key={row.key}
      data-picked={picked === 'none' ? undefined : true}
      data-within={within || undefined}
      style={{ top: y }}
    >
      <span role="gridcell" className={s.box}>
        <input
          ref={(box) => {
            if (box) box.indeterminate = picked === 'some';
          }}
          type="checkbox"
          tabIndex={-1}
          checked={picked === 'all'}
          readOnly
          aria-label={run === null ? 'Select this entry' : `Select these ${grouped(run.keys.length)} entries`}
        />
      </span>
      {columns.map(({ id }) => (
        <span key={id} role="gridcell" data-col={id} className={s[id]} title={titleOf(id, { row, run })}>
          {cellOf(id, row, context)}
        </span>
      ))}
    </div>
  );
});

export function SkeletonRow({ y, index, columns }: { y: number; index: number; columns: Chosen }) {
  return (
    <div role="row" className={s.row} aria-rowindex={index} style={{ top: y }} data-skeleton tabIndex={-1}>
      <span role="gridcell" />
      {columns.map(({ id }) => (
        <span role="gridcell" key={id}>
          {id !== 'severity' && <i className={s.skeleton} />}
        </span>
      ))}
    </div>
  );
}
