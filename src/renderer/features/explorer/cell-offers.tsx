import { IconFilter, IconFilterOff } from '@tabler/icons-react';
import { type RefObject, useEffect, useState } from 'react';
import type { Term } from '../../../shared/filter/filter.ts';
import { useKeys } from '../../lib/keys.ts';
import { visible } from '../../lib/visible-text.ts';
import { COLUMNS, type ColumnId } from './columns.ts';
import { termOf } from './entry-cells.tsx';
import type { ShownRow } from './row-source.ts';
import s from './table.module.css';

type Place = { readonly top: number; readonly right: number; readonly term: Term; readonly name: string };

type Props = {
  /** The rows, each with its key and its cells with their columns in the page. */
  readonly body: RefObject<HTMLDivElement | null>;
  readonly rowOf: (key: number) => ShownRow | null;
  /** Changes with what is painted: what was under the pointer may have moved away. */
  readonly painted: unknown;
  readonly onOnly: (term: Term) => void;
  readonly onNot: (term: Term) => void;
};

/** At the right edge of the cell under the pointer: only this, and not this. One pair for the whole table. */
export function CellOffers({ body, rowOf, painted, onOnly, onNot }: Props) {
  const [place, setPlace] = useState<Place | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are under the pointer now
  useEffect(() => setPlace(null), [painted]);
  useEffect(() => {
    const element = body.current;
    if (!element) return;
    const over = (event: globalThis.PointerEvent): void => {
      const target = event.target as HTMLElement;
      const cell = target.closest<HTMLElement>('[data-col]');
      const key = target.closest<HTMLElement>('[data-key]')?.dataset.key;
      const row = key === undefined ? null : rowOf(Number(key));
      const column = cell?.dataset.col as ColumnId | undefined;
      const term = row && column ? termOf(column, row) : null;
      // What opens and folds repeats lies where they would.
      if (!cell || !column || !term || cell.querySelector('[data-fold]')) {
        setPlace(null);
        return;
      }
      // What the offers are placed in is as large as the table.
      const outer = (element.closest('[role="grid"]') ?? element).getBoundingClientRect();
      const inner = cell.getBoundingClientRect();
      const line = (cell.closest('[role="row"]') ?? cell).getBoundingClientRect();
      const name = `${COLUMNS[column].title.toLowerCase()} ${visible(term.value).slice(0, 60) || 'none'}`;
      setPlace({ top: line.top - outer.top, right: outer.right - inner.right, term, name });
    };
    const leave = (event: globalThis.PointerEvent): void => {
      if (!(event.relatedTarget as HTMLElement | null)?.closest('[data-offers]')) setPlace(null);
    };
    element.addEventListener('pointerover', over);
    element.addEventListener('pointerleave', leave);
    return () => {
      element.removeEventListener('pointerover', over);
      element.removeEventListener('pointerleave', leave);
    };
  }, [body, rowOf]);

  useKeys({
    f: () => place && onOnly(place.term),
    F: () => place && onNot(place.term),
  });

  if (!place) return null;
  return (
    <span
      className={s.offers}
      data-offers
      style={{ top: place.top, right: place.right }}
      onPointerLeave={() => setPlace(null)}
      onWheel={({ nativeEvent }) => {
        setPlace(null);
        // They lie over the list, not in it: the wheel turns the list all the same.
        body.current?.closest('[role="grid"]')?.dispatchEvent(new WheelEvent('wheel', nativeEvent));
      }}
    >
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Only ${place.name}`}
        title="Only this (F)"
        onClick={() => onOnly(place.term)}
      >
        <IconFilter size={13} stroke={1.7} aria-hidden />
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Not ${place.name}`}
        title="Not this (Shift F)"
        onClick={() => onNot(place.term)}
      >
        <IconFilterOff size={13} stroke={1.7} aria-hidden />
      </button>
    </span>
  );
}
