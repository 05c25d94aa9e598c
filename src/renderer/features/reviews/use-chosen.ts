import { useRef, useState } from 'react';
import { MOST_DECIDED } from '../../../shared/review.ts';
import type { Items } from './use-items.ts';

export type ChosenItems = {
  /** Numbers of the items that one decision is to be about. */
  readonly ids: ReadonlySet<number>;
  /** Instead of them, all that is to decide, however many. */
  readonly allOpen: boolean;
  readonly toggle: () => void;
  readonly toggleAll: () => void;
  readonly check: (position: number, extend: boolean) => void;
  readonly clear: () => void;
};

const NONE: ReadonlySet<number> = new Set();

/** Which items one decision is to be about. Never in the address: it is over when the worksheet is left. */
export function useChosen(items: Items, position: number): ChosenItems {
  const [ids, setIds] = useState(NONE);
  const [allOpen, setAllOpen] = useState(false);
  const anchor = useRef<number | null>(null);

  function check(place: number, extend: boolean): void {
    setAllOpen(false);
    const from = extend ? (anchor.current ?? position) : place;
    anchor.current = extend ? from : place;
    const numbers = items.loaded
      .filter(([at, item]) => at >= Math.min(from, place) && at <= Math.max(from, place) && item.inSample)
      .map(([, item]) => item.n);
    setIds((before) => {
      const next = new Set(before);
      const [only] = numbers;
      if (!extend && only !== undefined && next.delete(only)) return next;
      for (const n of numbers) if (next.size < MOST_DECIDED) next.add(n);
      return next;
    });
  }
  function clear(): void {
    anchor.current = null;
    setIds(NONE);
    setAllOpen(false);
  }
  return {
    ids,
    allOpen,
    check,
    clear,
    toggle: () => check(position, false),
    toggleAll: () => {
      const was = allOpen;
      clear();
      setAllOpen(!was);
    },
  };
}
