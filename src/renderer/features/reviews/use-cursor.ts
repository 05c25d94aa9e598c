import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReviewItem } from '../../../shared/review-schema.ts';
import type { ItemsView } from '../../lib/reviews.ts';
import { complain } from '../../ui/toasts.tsx';
import type { Range } from './item-table.tsx';
import { nextOpen } from './next-open.ts';
import { type Items, useItems } from './use-items.ts';

export type Cursor = {
  readonly items: Items;
  readonly position: number;
  readonly item: ReviewItem | null;
  readonly onRange: (range: Range) => void;
  readonly moveTo: (position: number) => void;
  /** Goes to the next (or last) item to decide, passing those in `but` over; asks for it where it is not loaded. */
  readonly toOpen: (by: 1 | -1, but?: ReadonlySet<number>) => boolean;
  readonly seekOpen: (from: number, by: 1 | -1) => Promise<void>;
};

/** Where somebody is in a worksheet: at an item, wherever decisions and filters move it. */
export function useCursor(id: string, view: ItemsView): Cursor {
  const [range, setRange] = useState<Range>({ first: 0, last: 0 });
  const [at, setAt] = useState<{ readonly position: number; readonly n: number | null }>({ position: 0, n: 0 });
  const items = useItems(id, view, range.first, range.last, at.position);
  const last = Math.max(0, (items.total ?? 1) - 1);
  const position = placeOf(items, at, view, last);
  const moves = useRef(0);
  const onRange = useCallback(
    (next: Range) => setRange((before) => (before.first === next.first && before.last === next.last ? before : next)),
    [],
  );

  const moveTo = (to: number): void => {
    moves.current++;
    const place = Math.min(last, Math.max(0, to));
    setAt({ position: place, n: items.at(place)?.n ?? null });
  };
  const toOpen = (by: 1 | -1, but: ReadonlySet<number> = new Set()): boolean => {
    const open = items.loaded.filter(
      ([place, item]) =>
        (by === 1 ? place > position : place < position) && item.inSample && item.decision === null && !but.has(item.n),
    );
    const found = by === 1 ? open[0] : open.at(-1);
    // What lies between has to be known, else one would be passed over.
    if (!found || !between(items, position, found[0])) return false;
    moves.current++;
    setAt({ position: found[0], n: found[1].n });
    return true;
  };
  const seekOpen = useCallback(
    async (from: number, by: 1 | -1): Promise<void> => {
      const before = moves.current;
      const n = await nextOpen(id, from, by).catch((error: unknown) => {
        complain(error);
        return null;
      });
      // Whoever moved on meanwhile stays where they went.
      if (n === null || moves.current !== before) return;
      setAt(({ position: place }) => (view === 'all' ? { position: n, n } : { position: place, n }));
    },
    [id, view],
  );
  // A worksheet opens where there is something to do.
  useEffect(() => {
    if (view === 'all') void seekOpen(-1, 1);
  }, [view, seekOpen]);

  return { items, position, item: items.at(position), onRange, moveTo, toOpen, seekOpen };
}

function placeOf(
  items: Items,
  at: { readonly position: number; readonly n: number | null },
  view: ItemsView,
  last: number,
): number {
  const { n } = at;
  if (view === 'all' || n === null || items.at(at.position)?.n === n) return Math.min(at.position, last);
  // Items left the view or came into it: the same item, else the one that took its place.
  const found = items.loaded.find(([, item]) => item.n >= n);
  return Math.min(found?.[0] ?? at.position, last);
}

function between(items: Items, from: number, to: number): boolean {
  for (let place = Math.min(from, to); place <= Math.max(from, to); place++) if (!items.at(place)) return false;
  return true;
}
