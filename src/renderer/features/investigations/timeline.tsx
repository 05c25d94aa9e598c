// biome-ignore-all lint/a11y/useSemanticElements: thousands of positioned rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
import { useCallback, useEffect, useMemo } from 'react';
import { useZone } from '../../lib/app-state.ts';
import { counted } from '../../lib/number.ts';
import { EventRow } from './event-row.tsx';
import t from './timeline.module.css';
import type { TimelineRow } from './timeline-rows.ts';
import { useVariableRows } from './use-variable-rows.ts';

/** Heights a row is thought to have until it was painted, pixels. */
const LINE = 30;
const NOTE = 38;
const HEAD = 14;

type Props = {
  readonly rows: readonly TimelineRow[];
  /** The second zone that times are shown in; null where it is the same. */
  readonly second: string | null;
  readonly position: number;
  readonly picked: ReadonlySet<string>;
  readonly onMove: (index: number, extend: boolean) => void;
  readonly onPick: (id: string) => void;
  readonly onFold: (id: string) => void;
  readonly onOpen: (index: number) => void;
};

const GAP_WORDS = {
  complete: 'are complete',
  partial: 'may lack entries: they were not wholly fetched',
  lost: 'are lost: nothing of them can be known here',
  pending: 'were not fetched yet',
  imported: 'come from a file and were never compared with the server',
  unknown: 'are not known to the archive',
} as const;

/** The events of a case as rows, with their notes and with the days that are not wholly held where they fall. */
export function Timeline({ rows, second, position, picked, onMove, onPick, onFold, onOpen }: Props) {
  const zone = useZone();
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const estimate = useCallback(
    (index: number): number => {
      const row = rows[index];
      return row?.kind === 'event' ? LINE + NOTE * row.event.notes.length + (row.last ? HEAD : 0) : LINE;
    },
    [rows],
  );
  const { scroller, height, painted, measure, reveal } = useVariableRows(ids, estimate);
  useEffect(() => reveal(position), [position, reveal]);
  const current = rows[position];
  return (
    <div
      role="grid"
      className={t.grid}
      tabIndex={0}
      aria-label="Timeline"
      aria-rowcount={rows.length}
      aria-multiselectable
      aria-activedescendant={current?.kind === 'event' ? `event-${current.id}` : undefined}
      data-testid="timeline"
    >
      <div ref={scroller} role="rowgroup" className={t.scroll} tabIndex={-1}>
        <div role="presentation" className={t.spacer} style={{ height }}>
          {painted.map(({ index, y }) => {
            const row = rows[index];
            if (!row) return null;
            if (row.kind === 'event') {
              return (
                <EventRow
                  key={row.id}
                  row={row}
                  index={index}
                  y={y}
                  zone={zone}
                  second={second}
                  current={index === position}
                  picked={picked.has(row.id)}
                  measure={measure}
                  onMove={onMove}
                  onPick={onPick}
                  onFold={onFold}
                  onOpen={onOpen}
                />
              );
            }
            const { gap } = row;
            return (
              <div
                key={row.id}
                role="row"
                ref={(element) => measure(row.id, element)}
                className={t.row}
                aria-rowindex={index + 1}
                data-gap={gap.state}
                style={{ transform: `translateY(${y}px)` }}
              >
                <div role="gridcell" className={t.gap} aria-colspan={2}>
                  <span className={t.pattern} data-state={gap.state} aria-hidden />
                  {gap.from === gap.to ? gap.from : `${gap.from} to ${gap.to}`} (UTC, {counted(gap.days, 'day', 'days')}
                  ) {GAP_WORDS[gap.state]}
                </div>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
