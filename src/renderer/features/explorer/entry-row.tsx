// biome-ignore-all lint/a11y/useSemanticElements: a list of millions of positioned rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
import { memo } from 'react';
import type { EntryRow } from '../../../shared/entry.ts';
import type { Chosen } from './columns.ts';
import { type CellContext, cellOf, titleOf } from './entry-cells.tsx';
import s from './table.module.css';

type Props = CellContext & {
  readonly row: EntryRow;
  readonly y: number;
  readonly index: number;
  readonly columns: Chosen;
  readonly selected: boolean;
  readonly picked: boolean;
};

/** A row; clicks are the list's, which knows by the key what they are about. */
export const Row = memo(function Row({ row, y, index, columns, selected, picked, ...context }: Props) {
  return (
    <div
      role="row"
      id={`row-${row.key}`}
      className={s.row}
      aria-rowindex={index}
      aria-selected={selected}
      data-key={row.key}
      data-picked={picked || undefined}
      style={{ top: y }}
    >
      <span role="gridcell" className={s.box}>
        <input type="checkbox" tabIndex={-1} checked={picked} readOnly aria-label="Select this entry" />
      </span>
      {columns.map(({ id }) => (
        <span key={id} role="gridcell" data-col={id} className={s[id]} title={titleOf(id, row)}>
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
