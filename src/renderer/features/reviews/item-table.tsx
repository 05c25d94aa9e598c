// biome-ignore-all lint/a11y/useSemanticElements: a list of hundreds of thousands of positioned rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
import { useEffect, useLayoutEffect, useState } from 'react';
import type { ReviewKind, ReviewVerdict } from '../../../shared/review.ts';
import type { Identity, ReviewItem } from '../../../shared/review-schema.ts';
import { grouped } from '../../lib/number.ts';
import { useSize } from '../../lib/use-size.ts';
import { HEADS } from './item-cells.tsx';
import { ItemRow } from './item-row.tsx';
import type { Items } from './use-items.ts';
import s from './worksheet.module.css';

/** Height of a row, pixels. Browsers end an element at some 33 million of them, here at 930,000 items. */
const ROW = 36;
/** Rows painted beyond what is seen, on each side. */
const OVERSCAN = 8;

export type Range = { readonly first: number; readonly last: number };

type Props = {
  readonly kind: ReviewKind;
  readonly zone: string;
  readonly items: Items;
  /** Place of the current row in the view. */
  readonly position: number;
  readonly selected: ReadonlySet<number>;
  readonly allOpen: boolean;
  /** Who decides: their own access is marked. */
  readonly self: Identity | null;
  readonly writable: boolean;
  readonly onRange: (range: Range) => void;
  readonly onMove: (position: number) => void;
  readonly onOpen: (position: number) => void;
  readonly onCheck: (position: number, extend: boolean) => void;
  readonly onVerdict: (verdict: ReviewVerdict) => void;
};

/** The items of a worksheet as rows; the current one offers its decisions. */
export function ItemTable(props: Props) {
  const { kind, items, position, onRange } = props;
  const { ref: scroller, height } = useSize<HTMLDivElement>();
  const [top, setTop] = useState(0);
  const total = items.total ?? 0;
  const first = Math.max(0, Math.floor(top / ROW) - OVERSCAN);
  const last = Math.min(total, Math.ceil((top + height) / ROW) + OVERSCAN) - 1;
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  useEffect(() => onRange({ first, last: Math.max(first, last) }), [first, last, onRange]);
  // As little as is needed to show the current row.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || height === 0) return;
    const y = position * ROW;
    if (y < element.scrollTop) element.scrollTop = y;
    else if (y + ROW > element.scrollTop + height) element.scrollTop = y + ROW - height;
  }, [position, height, scroller]);
  const current = items.at(position);

  return (
    <div
      role="grid"
      className={s.grid}
      data-kind={kind}
      tabIndex={0}
      aria-label="Items of the review"
      aria-rowcount={total + 1}
      aria-multiselectable
      aria-activedescendant={current ? `item-${current.n}` : undefined}
      data-testid="items"
    >
      <div role="rowgroup">
        <div role="row" className={s.head} aria-rowindex={1}>
          <span role="columnheader">
            <span className={s.unseen}>Selected</span>
          </span>
          {[...HEADS[kind], 'Decision', 'Reason'].map((head) => (
            <span key={head} role="columnheader">
              {head}
            </span>
          ))}
        </div>
      </div>
      <div
        ref={scroller}
        role="rowgroup"
        className={s.scroll}
        tabIndex={-1}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        <div role="presentation" className={s.spacer} style={{ height: total * ROW }}>
          {shown.map((index) => {
            const item = items.at(index);
            return item ? (
              <ItemRow
                key={item.n}
                item={item}
                kind={kind}
                zone={props.zone}
                index={index}
                y={index * ROW}
                current={index === position}
                checked={props.selected.has(item.n) || (props.allOpen && item.inSample && item.decision === null)}
                own={props.self !== null && isOwn(item, props.self)}
                writable={props.writable}
                onMove={props.onMove}
                onOpen={props.onOpen}
                onCheck={props.onCheck}
                onVerdict={props.onVerdict}
              />
            ) : (
              <div
                key={`empty ${index}`}
                role="row"
                aria-rowindex={index + 2}
                className={s.row}
                style={{ transform: `translateY(${index * ROW}px)` }}
              >
                <span role="gridcell" className={s.skeleton} aria-label={`Item ${grouped(index + 1)} is on its way`} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

// By address, and by name where the log knows no address: as the main process refuses it.
function isOwn({ access }: ReviewItem, self: Identity): boolean {
  if (!access) return false;
  const { email, name } = access.person;
  return email === null ? name === self.name : email.toLowerCase() === self.email.toLowerCase();
}
