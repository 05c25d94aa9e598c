// biome-ignore-all lint/a11y/useSemanticElements: the head of a grid whose rows cannot be a table's
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus; the edges of columns have their own
import { IconArrowNarrowDown } from '@tabler/icons-react';
import { type PointerEvent, useRef, useState } from 'react';
import { type Chosen, COLUMNS, type ColumnId, WIDEST } from './columns.ts';
import s from './table.module.css';

/** Pixels an arrow key widens a column by; with Shift five times as many. */
const STEP = 8;

type Props = {
  readonly columns: Chosen;
  readonly any: boolean;
  readonly all: boolean;
  readonly onAll: () => void;
  readonly onSize: (id: ColumnId, width: number) => void;
  /** Makes a column as wide as what is shown in it. */
  readonly onFit: (id: ColumnId) => void;
  readonly onMove: (id: ColumnId, before: ColumnId | null) => void;
  readonly onStep: (id: ColumnId, by: 1 | -1) => void;
};

/** Names of the columns. Dragging a name moves its column, dragging its edge sizes it. */
export function TableHead({ columns, any, all, onAll, onSize, onFit, onMove, onStep }: Props) {
  const [drag, setDrag] = useState<{ readonly id: ColumnId; readonly before: ColumnId | null } | null>(null);
  const box = useRef<HTMLInputElement>(null);
  if (box.current) box.current.indeterminate = any && !all;

  function overWhich(event: PointerEvent<HTMLElement>): ColumnId | null {
    const heads = [...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[data-head]') ?? [])];
    const right = heads.find((head) => {
      const { left, width } = head.getBoundingClientRect();
      return event.clientX < left + width / 2;
    });
    return (right?.dataset.head as ColumnId | undefined) ?? null;
  }

  return (
    <div role="row" className={s.head} aria-rowindex={1}>
      <span role="columnheader" className={s.box}>
        <input ref={box} type="checkbox" checked={all} readOnly aria-label="Select all that match" onClick={onAll} />
      </span>
      {columns.map(({ id }) => (
        <span
          key={id}
          role="columnheader"
          aria-sort={id === 'time' ? 'descending' : undefined}
          className={s.headCell}
          data-head={id}
          data-dragged={drag?.id === id || undefined}
          data-before={(drag !== null && drag.before === id && drag.id !== id) || undefined}
          onPointerDown={(event) => {
            if (event.button !== 0 || (event.target as HTMLElement).closest('[role="separator"]')) return;
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={(event) => {
            if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
            setDrag({ id, before: overWhich(event) });
          }}
          onPointerUp={() => {
            if (drag) onMove(drag.id, drag.before);
            setDrag(null);
          }}
          onPointerCancel={() => setDrag(null)}
        >
          {id === 'severity' ? (
            <span className={s.hidden}>Severity</span>
          ) : (
            <span className={s.headName}>{COLUMNS[id].title}</span>
          )}
          {id === 'time' && <IconArrowNarrowDown size={11} stroke={1.8} aria-hidden />}
          {id !== 'severity' && <Edge id={id} onSize={onSize} onFit={onFit} onStep={onStep} />}
        </span>
      ))}
    </div>
  );
}

type EdgeProps = Pick<Props, 'onSize' | 'onFit' | 'onStep'> & { readonly id: ColumnId };

/** The right edge of a column: arrow keys size it, with Alt they move the column, Enter fits it. */
function Edge({ id, onSize, onFit, onStep }: EdgeProps) {
  const from = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const [now, setNow] = useState(COLUMNS[id].width);
  const widthOf = (edge: HTMLElement): number => Math.round(edge.parentElement?.getBoundingClientRect().width ?? 0);
  const { title, least } = COLUMNS[id];
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${title}`}
      aria-valuenow={now}
      aria-valuemin={least}
      aria-valuemax={WIDEST}
      tabIndex={0}
      className={s.edge}
      onFocus={(event) => setNow(widthOf(event.currentTarget))}
      onDoubleClick={() => onFit(id)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width: widthOf(event.currentTarget) };
      }}
      onPointerMove={(event) => {
        if (from.current && event.clientX !== from.current.x)
          onSize(id, from.current.width + event.clientX - from.current.x);
      }}
      onPointerUp={() => {
        from.current = null;
      }}
      onPointerCancel={() => {
        from.current = null;
      }}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
        if (by === 0 && event.key !== 'Enter') return;
        event.preventDefault();
        event.stopPropagation();
        if (by === 0) onFit(id);
        else if (event.altKey) onStep(id, by);
        else {
          const next = widthOf(event.currentTarget) + by * STEP * (event.shiftKey ? 5 : 1);
          setNow(next);
          onSize(id, next);
        }
      }}
    />
  );
}
