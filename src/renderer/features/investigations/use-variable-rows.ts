import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';

/** Pixels painted beyond what is seen, on each side. */
const OVERSCAN = 400;

export type PaintedRow = { readonly index: number; readonly y: number };
export type VariableRows = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly height: number;
  readonly painted: readonly PaintedRow[];
  /** Put on each painted row: its height is what it turns out to be. */
  readonly measure: (id: string, element: HTMLElement | null) => void;
  readonly reveal: (index: number) => void;
};

/**
 * Which of many rows of unequal height have to be on the page. A row has its estimated height until it was painted once;
 * what then turns out taller moves those below, never those above what is seen.
 */
export function useVariableRows(ids: readonly string[], estimate: (index: number) => number): VariableRows {
  const scroller = useRef<HTMLDivElement>(null);
  const heights = useRef(new Map<string, number>());
  const [version, setVersion] = useState(0);
  const [view, setView] = useState({ top: 0, height: 800 });

  // biome-ignore lint/correctness/useExhaustiveDependencies: heights are kept in a reference, `version` tells of them
  const offsets = useMemo(() => {
    const all = new Float64Array(ids.length + 1);
    for (const [i, id] of ids.entries()) all[i + 1] = (all[i] ?? 0) + (heights.current.get(id) ?? estimate(i));
    return all;
  }, [ids, estimate, version]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(() => {
      // Another width breaks lines elsewhere.
      heights.current.clear();
      setVersion((before) => before + 1);
      look();
    });
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, []);

  const seen = useRef(new Map<string, HTMLElement>());
  const measure = useCallback((id: string, element: HTMLElement | null) => {
    if (element) seen.current.set(id, element);
    else seen.current.delete(id);
  }, []);
  useLayoutEffect(() => {
    let changed = false;
    for (const [id, element] of seen.current) {
      const height = element.offsetHeight;
      if (height > 0 && heights.current.get(id) !== height) {
        heights.current.set(id, height);
        changed = true;
      }
    }
    if (changed) setVersion((before) => before + 1);
  });

  const first = Math.max(0, indexAt(offsets, view.top - OVERSCAN));
  const last = Math.min(ids.length - 1, indexAt(offsets, view.top + view.height + OVERSCAN));
  const painted = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ({
    index: first + i,
    y: offsets[first + i] ?? 0,
  }));

  const latest = useRef(offsets);
  latest.current = offsets;
  const reveal = useCallback((index: number) => {
    const element = scroller.current;
    if (!element) return;
    const top = latest.current[index] ?? 0;
    const end = latest.current[index + 1] ?? top;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (end > element.scrollTop + element.clientHeight) element.scrollTop = end - element.clientHeight;
  }, []);
  return { scroller, height: offsets[ids.length] ?? 0, painted, measure, reveal };
}

/** The row at a distance from the top: the last whose offset is not beyond it. */
function indexAt(offsets: Float64Array, y: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
