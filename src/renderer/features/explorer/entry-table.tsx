// biome-ignore-all lint/a11y/useSemanticElements: a list of millions of positioned rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
import { IconArrowNarrowDown } from '@tabler/icons-react';
import { type Ref, useCallback, useEffect, useImperativeHandle, useState } from 'react';
import type { EntryRow } from '../../../shared/entry.ts';
import type { Finding } from '../../../shared/finding.ts';
import { recall, remember } from '../../lib/memory.ts';
import { grouped } from '../../lib/number.ts';
import { longDate } from '../../lib/time.ts';
import { useSize } from '../../lib/use-size.ts';
import { FailureNote } from '../../ui/notes.tsx';
import type { Coverage } from './coverage-of.ts';
import type { DayGroup } from './day-layout.ts';
import { DayState } from './day-state.tsx';
import { Row, SkeletonRow } from './entry-row.tsx';
import type { RowSource } from './row-source.ts';
import s from './table.module.css';
import { ROW_HEIGHT, useVirtualRows } from './virtual-rows.ts';

export type TableHandle = {
  readonly reveal: (position: number, centre?: boolean) => void;
  /** Rows a page key moves by. */
  readonly pageRows: number;
};

type Props = {
  readonly ref: Ref<TableHandle>;
  readonly source: RowSource | null;
  readonly zone: string;
  readonly nowMs: number;
  readonly cursor: number | null;
  readonly openKey: number | null;
  readonly words: readonly string[];
  readonly worst: ReadonlyMap<number, Finding>;
  readonly coverage: Coverage;
  readonly onOpen: (position: number, row: EntryRow) => void;
};

// Going back to a question shows what was left.
function initialTop(source: RowSource): number {
  return recall(`top ${source.questionKey}`) ?? 0;
}

const HEADS = ['', 'Time', 'Age', 'Actor', 'Action', 'Code', 'Target', 'Address'] as const;

/** Every matching entry, newest first, however many there are. */
export function EntryTable(props: Props) {
  const { source, zone, nowMs, cursor, openKey, words, worst, coverage, onOpen } = props;
  const { ref: root, height: outer } = useSize<HTMLDivElement>();
  const height = Math.max(0, outer - ROW_HEIGHT);
  const { painted, spacer, reveal } = useVirtualRows(root, source, height, initialTop);

  const revealRow = useCallback(
    (position: number, centre = false) => source && reveal(source.layout.slotOf(position), centre),
    [source, reveal],
  );
  useImperativeHandle(
    props.ref,
    () => ({ reveal: revealRow, pageRows: Math.max(1, Math.floor(height / ROW_HEIGHT) - 2) }),
    [revealRow, height],
  );

  useEffect(() => {
    if (painted) remember(`top ${painted.source.questionKey}`, painted.top);
  }, [painted]);

  const items = [];
  let active: string | undefined;
  let sticky: DayGroup | null = null;
  if (painted && painted.source.slots > 0) {
    const { source: shown, top, first, last } = painted;
    sticky = shown.slotAt(Math.min(shown.slots - 1, Math.floor(top / ROW_HEIGHT))).day;
    for (let slot = first; slot <= last; slot++) {
      const what = shown.slotAt(slot);
      const y = slot * ROW_HEIGHT - top;
      if (what.kind === 'day') {
        items.push(
          <DayRow
            key={`day ${what.day.start}`}
            day={what.day}
            y={y}
            index={slot + 2}
            zone={zone}
            coverage={coverage}
          />,
        );
        continue;
      }
      const row = shown.row(what.position);
      const isCursor = what.position === cursor;
      if (isCursor && row) active = `row-${row.key}`;
      items.push(
        row ? (
          <Row
            key={row.key}
            row={row}
            y={y}
            index={slot + 2}
            zone={zone}
            nowMs={nowMs}
            selected={isCursor || row.key === openKey}
            words={words}
            finding={worst.get(row.key) ?? null}
            onOpen={() => onOpen(what.position, row)}
          />
        ) : (
          <SkeletonRow key={`empty ${slot}`} y={y} index={slot + 2} />
        ),
      );
    }
  }

  return (
    <div
      ref={root}
      role="grid"
      className={s.grid}
      tabIndex={0}
      aria-label="Entries, newest first"
      aria-rowcount={(source?.slots ?? 0) + 1}
      aria-activedescendant={active}
      data-testid="entries"
    >
      <div role="presentation" style={{ height: spacer + ROW_HEIGHT }}>
        <div role="presentation" className={s.view} style={{ height: outer }}>
          <div role="rowgroup">
            <div role="row" className={s.head} aria-rowindex={1}>
              {HEADS.map((head) => (
                <span key={head} role="columnheader" aria-sort={head === 'Time' ? 'descending' : undefined}>
                  {head === '' ? <span className={s.hidden}>Severity</span> : head}
                  {head === 'Time' && <IconArrowNarrowDown size={11} stroke={1.8} aria-hidden />}
                </span>
              ))}
            </div>
          </div>
          <div role="rowgroup" className={s.body} style={{ height }}>
            {sticky && (
              <div className={s.sticky} aria-hidden role="presentation">
                <DayHead day={sticky} zone={zone} coverage={coverage} />
              </div>
            )}
            {items}
          </div>
        </div>
      </div>
    </div>
  );
}

function DayRow(props: { day: DayGroup; y: number; index: number; zone: string; coverage: Coverage }) {
  return (
    <div
      role="row"
      className={s.day}
      aria-rowindex={props.index}
      style={{ transform: `translateY(${props.y}px)` }}
      tabIndex={-1}
    >
      <span role="gridcell" aria-colspan={HEADS.length} className={s.dayCell}>
        <DayHead day={props.day} zone={props.zone} coverage={props.coverage} />
      </span>
    </div>
  );
}

const ALMOST_A_DAY = 23 * 3_600_000 - 1;

function DayHead({ day, zone, coverage }: { day: DayGroup; zone: string; coverage: Coverage }) {
  return (
    <span className={s.dayHead}>
      <b>{longDate(day.start, zone)}</b>
      <span>{grouped(day.count)} matching</span>
      <span className={s.grow} />
      <DayState state={coverage.stateOf(day.start, day.start + ALMOST_A_DAY)} />
    </span>
  );
}

/** A page that could not be fetched: shown over the rows, never instead of them. */
export function RowsFailure({ source }: { source: RowSource | null }) {
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    setError(null);
    return source?.pages.subscribe(() => setError(source.pages.failure));
  }, [source]);
  return error == null ? null : (
    <div className={s.failure}>
      <FailureNote error={error} />
    </div>
  );
}
