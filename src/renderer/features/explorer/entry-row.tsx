// biome-ignore-all lint/a11y/useSemanticElements: a list of millions of positioned rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
import { type MouseEvent, memo } from 'react';
import type { EntryRow } from '../../../shared/entry.ts';
import type { Chosen } from './columns.ts';
import { Cell, type CellContext, titleOf } from './entry-cells.tsx';
import s from './table.module.css';

type Props = CellContext & {
  readonly row: EntryRow;
  readonly y: number;
  readonly index: number;
  readonly columns: Chosen;
  readonly selected: boolean;
  readonly picked: boolean;
  readonly onOpen: (event: MouseEvent) => void;
  readonly onPick: (event: MouseEvent) => void;
};

export const Row = memo(
  function Row({ row, y, index, columns, selected, picked, onOpen, onPick, ...context }: Props) {
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on the grid opens the current row
      <div
        role="row"
        id={`row-${row.key}`}
        className={s.row}
        aria-rowindex={index}
        aria-selected={selected}
        data-key={row.key}
        data-picked={picked || undefined}
        style={{ transform: `translateY(${y}px)` }}
        onClick={onOpen}
      >
        <span role="gridcell" className={s.box}>
          <input
            type="checkbox"
            tabIndex={-1}
            checked={picked}
            readOnly
            aria-label="Select this entry"
            onClick={(event) => {
              event.stopPropagation();
              onPick(event);
            }}
          />
        </span>
        {columns.map(({ id }) => (
          <span key={id} role="gridcell" data-col={id} className={s[id]} title={titleOf(id, row)}>
            <Cell column={id} row={row} context={context} />
          </span>
        ))}
      </div>
    );
  },
  // The handlers close over the row and its place alone, so new ones of an unchanged row are no change.
  (a, b) =>
    a.row === b.row &&
    a.y === b.y &&
    a.index === b.index &&
    a.columns === b.columns &&
    a.zone === b.zone &&
    a.nowMs === b.nowMs &&
    a.selected === b.selected &&
    a.picked === b.picked &&
    a.words === b.words &&
    a.finding === b.finding &&
    a.marks === b.marks &&
    a.place === b.place,
);

export function SkeletonRow({ y, index, columns }: { y: number; index: number; columns: Chosen }) {
  return (
    <div
      role="row"
      className={s.row}
      aria-rowindex={index}
      style={{ transform: `translateY(${y}px)` }}
      data-skeleton
      tabIndex={-1}
    >
      <span role="gridcell" />
      {columns.map(({ id }) => (
        <span role="gridcell" key={id}>
          {id !== 'severity' && <i className={s.skeleton} />}
        </span>
      ))}
    </div>
  );
}
