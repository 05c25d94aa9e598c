// biome-ignore-all lint/a11y/useSemanticElements: a list of millions of positioned rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
import {
  type CSSProperties,
  type MouseEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { EntryLine } from '../../../shared/entry.ts';
import type { Term } from '../../../shared/filter/filter.ts';
import type { EntryMarks } from '../../../shared/marks-contract.ts';
import { recall, remember } from '../../lib/memory.ts';
import { grouped } from '../../lib/number.ts';
import { useDensity } from '../../lib/preferences.tsx';
import { longDate } from '../../lib/time.ts';
import { useSize } from '../../lib/use-size.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { marksOf, pickedPart, repeatedOf, worstOf } from './behind-row.ts';
import { CellOffers } from './cell-offers.tsx';
import { type Chosen, type ColumnId, fitting, gridOf, movedBefore, sized, stepped } from './columns.ts';
import type { Coverage } from './coverage-of.ts';
import type { DayGroup } from './day-layout.ts';
import { DayState } from './day-state.tsx';
import { Row, SkeletonRow } from './entry-row.tsx';
import { fitted } from './fit-column.ts';
import { keysOf, type RowSource, type ShownRow } from './row-source.ts';
import s from './table.module.css';
import { TableHead } from './table-head.tsx';
import { useFindingsOf } from './use-findings-of.ts';
import type { Picked } from './use-picked.ts';
import { usePlaces } from './use-places.ts';
import { slotsAtOnce, useVirtualRows } from './virtual-rows.ts';

/** Height of the head, pixels. */
const HEAD = 28;

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
  readonly marks: ReadonlyMap<number, EntryMarks>;
  readonly coverage: Coverage;
  readonly picked: Picked;
  readonly columns: Chosen;
  /** Position of the newest row that was seen before: above it a line is drawn. Null where none is to be. */
  readonly seenFrom: number | null;
  readonly onColumns: (columns: Chosen) => void;
  readonly onOpen: (position: number, shown: ShownRow, event: MouseEvent) => void;
  readonly onPick: (position: number, shown: ShownRow, event: MouseEvent) => void;
  /** The caret of a line of repeats was clicked. */
  readonly onFold: (position: number, line: EntryLine) => void;
  readonly onAll: () => void;
  readonly onTerm: (term: Term, not: boolean) => void;
};

/** Every matching entry, newest first, however many there are. */
export function EntryTable(props: Props) {
  const { source, zone, nowMs, cursor, openKey, words, marks, coverage, picked, seenFrom } = props;
  const { rowHeight } = useDensity();
  const { ref: root, height: outer, width } = useSize<HTMLDivElement>();
  const body = useRef<HTMLDivElement>(null);
  const height = Math.max(0, outer - HEAD);
  // Going back to a question shows what was left.
  const initialTop = useCallback((one: RowSource) => (recall(`top ${one.questionKey}`) ?? 0) * rowHeight, [rowHeight]);
  const { painted, spacer, reveal } = useVirtualRows(root, source, height, rowHeight, initialTop);
  const columns = useMemo(() => fitting(props.columns, width), [props.columns, width]);
  const handlers = useRef(props);
  handlers.current = props;

  const revealRow = useCallback(
    (position: number, centre = false) => source && reveal(source.layout.slotOf(position), centre),
    [source, reveal],
  );
  useImperativeHandle(
    props.ref,
    () => ({ reveal: revealRow, pageRows: Math.max(1, Math.floor(height / rowHeight) - 2) }),
    [revealRow, height, rowHeight],
  );

  useEffect(() => {
    if (painted) remember(`top ${painted.source.questionKey}`, painted.top / rowHeight);
  }, [painted, rowHeight]);

  const shownRows = new Map<number, ShownRow>();
  const positions = new Map<number, number>();
  const items = [];
  let active: string | undefined;
  let sticky: DayGroup | null = null;
  let line: number | null = null;
  let newer: number | null = null;
  let shift = 0;
  if (painted && painted.source.slots > 0) {
    const { source: shown, top, first, last, turn } = painted;
    const pool = slotsAtOnce(height, rowHeight);
    // Scrolling moves what holds the rows; a row has its place as long as its element holds it.
    shift = (first - turn) * rowHeight - top;
    sticky = shown.slotAt(Math.min(shown.slots - 1, Math.floor(top / rowHeight))).day;
    for (let slot = first; slot <= last; slot++) {
      const what = shown.slotAt(slot);
      const y = (slot - first + turn) * rowHeight;
      // Elements are used again for what comes into view: making new ones for every row of a drag takes twice as long.
      const key = (slot - first + turn) % pool;
      if (what.kind === 'day') {
        items.push({ key, y, slot, day: what.day } as const);
        continue;
      }
      const { position } = what;
      const one = shown.shown(position);
      if (one) {
        shownRows.set(one.row.key, one);
        positions.set(one.row.key, position);
        // A row that holds what is new with what was seen stands above the line.
        if (seenFrom !== null && newer !== null && newer < seenFrom && one.first >= seenFrom) line = y;
        newer = one.first;
      }
      if (position === cursor && one) active = `row-${one.row.key}`;
      items.push({ key, y, slot, one, position } as const);
    }
  }
  const latest = useRef({ rows: shownRows, positions });
  latest.current = { rows: shownRows, positions };
  const rowOf = useCallback((key: number) => latest.current.rows.get(key) ?? null, []);
  // One for all rows: handlers of their own would change with every row that comes into view.
  const onClick = useCallback((event: MouseEvent) => {
    const target = event.target as HTMLElement;
    const key = Number(target.closest<HTMLElement>('[data-key]')?.dataset.key);
    const [shown, position] = [latest.current.rows.get(key), latest.current.positions.get(key)];
    if (shown === undefined || position === undefined) return;
    const { onPick, onOpen, onFold } = handlers.current;
    if (shown.line && target.closest('[data-fold]')) onFold(position, shown.line);
    else (target.closest('input') ? onPick : onOpen)(position, shown, event);
  }, []);
  const findings = useFindingsOf(shownRows);
  const places = usePlaces(columns.some(({ id }) => id === 'network') ? shownRows : null);

  const sizing = {
    onSize: (id: ColumnId, to: number) => props.onColumns(sized(props.columns, id, to)),
    onFit: (id: ColumnId) => props.onColumns(sized(props.columns, id, fitted(root.current, id))),
    onMove: (id: ColumnId, before: ColumnId | null) => props.onColumns(movedBefore(props.columns, id, before)),
    onStep: (id: ColumnId, by: 1 | -1) => props.onColumns(stepped(props.columns, id, by)),
  };

  return (
    <>
      <div
        ref={root}
        role="grid"
        className={s.grid}
        tabIndex={0}
        aria-label="Entries, newest first"
        aria-rowcount={(source?.slots ?? 0) + 1}
        aria-activedescendant={active}
        data-testid="entries"
        data-picking={picked.any || undefined}
        style={{ '--columns': gridOf(columns) } as CSSProperties}
      >
        <div role="presentation" style={{ height: spacer + HEAD }}>
          <div role="presentation" className={s.view} style={{ height: outer }}>
            <div role="rowgroup">
              <TableHead
                columns={columns}
                any={picked.any}
                all={picked.all && picked.question?.listed === undefined}
                onAll={props.onAll}
                {...sizing}
              />
            </div>
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on the grid opens the current row */}
            <div role="rowgroup" ref={body} className={s.body} style={{ height }} onClick={onClick}>
              {sticky && (
                <div className={s.sticky} aria-hidden role="presentation">
                  <DayHead day={sticky} zone={zone} coverage={coverage} />
                </div>
              )}
              <div role="presentation" className={s.rows} style={{ transform: `translateY(${shift}px)` }}>
                {items.map((item) => {
                  const { key, y, slot } = item;
                  const index = slot + 2;
                  if ('day' in item)
                    return (
                      <DayRow
                        key={key}
                        day={item.day}
                        y={y}
                        index={index}
                        zone={zone}
                        coverage={coverage}
                        span={columns.length + 1}
                      />
                    );
                  const { one, position } = item;
                  if (!one) return <SkeletonRow key={key} y={y} index={index} columns={columns} />;
                  const { row, run, line: ofLine } = one;
                  const isHead = ofLine?.row.key === row.key;
                  const behind = keysOf(one);
                  return (
                    <Row
                      key={key}
                      row={row}
                      run={run}
                      repeats={isHead ? repeatedOf(ofLine, run === null) : null}
                      within={ofLine !== null && run === null}
                      y={y}
                      index={index}
                      columns={columns}
                      zone={zone}
                      nowMs={nowMs}
                      selected={position === cursor || row.key === openKey}
                      picked={pickedPart(behind, picked)}
                      words={words}
                      finding={worstOf(behind, findings)}
                      marks={marksOf(behind, marks)}
                      place={(row.address !== null && places.get(row.address)) || null}
                    />
                  );
                })}
                {line !== null && line + shift >= rowHeight && (
                  <div className={s.seenLine} role="presentation" aria-hidden style={{ top: line }}>
                    <span>new above</span>
                  </div>
                )}
              </div>
            </div>
          </div>
        </div>
      </div>
      <CellOffers
        body={body}
        rowOf={rowOf}
        painted={painted}
        onOnly={(term) => props.onTerm(term, false)}
        onNot={(term) => props.onTerm(term, true)}
      />
    </>
  );
}

type DayProps = { readonly day: DayGroup; readonly zone: string; readonly coverage: Coverage };

function DayRow(props: DayProps & { readonly y: number; readonly index: number; readonly span: number }) {
  return (
    <div role="row" className={s.day} aria-rowindex={props.index} style={{ top: props.y }} tabIndex={-1}>
      <span role="gridcell" aria-colspan={props.span} className={s.dayCell}>
        <DayHead day={props.day} zone={props.zone} coverage={props.coverage} />
      </span>
    </div>
  );
}

const ALMOST_A_DAY = 23 * 3_600_000 - 1;

function DayHead({ day, zone, coverage }: DayProps) {
  return (
    <span className={s.dayHead}>
      <b>{longDate(day.start, zone)}</b>
      <span>{grouped(day.count)} matching</span>
      <span className={s.grow} />
      <DayState {...coverage.of(day.start, day.start + ALMOST_A_DAY)} />
    </span>
  );
}

/** A page that could not be fetched: shown over the rows, never instead of them. */
export function RowsFailure({ source }: { source: RowSource | null }) {
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    setError(null);
    return source?.subscribe(() => setError(source.failure));
  }, [source]);
  return error == null ? null : (
    <div className={s.failure}>
      <FailureNote error={error} />
    </div>
  );
}
