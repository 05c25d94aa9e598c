import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RowSource } from './row-source.ts';

/** Browsers clamp the height of an element (Chromium at 33,554,428 px); beyond this only the scrollbar is scaled. */
const MOST_PIXELS = 4_000_000;
/** How long the last complete rows stay painted while wanted ones are fetched, milliseconds. */
const HOLD = 120;
const MOST_ASKED = 12;
/**
 * Between two looks at what a drag of the scrollbar passes, milliseconds: of rows that are others in every frame nobody reads any, and
 * with two of three frames free the bar stays in step with the hand.
 */
const PASSING = 45;

export type Painted = {
  readonly source: RowSource;
  /** Distance of the top of the view from the top of the list, in pixels of the whole list. */
  readonly top: number;
  readonly first: number;
  readonly last: number;
  /** Which of the elements, of which there are `slotsAtOnce`, holds the first slot; the others follow in turn. */
  readonly turn: number;
};

export type VirtualRows = {
  readonly painted: Painted | null;
  /** Height of the element that makes the scrollbar, pixels. */
  readonly spacer: number;
  readonly scrollTo: (top: number) => void;
  /** Scrolls as little as needed to show the slot below the sticky heading. */
  readonly reveal: (slot: number, centre?: boolean) => void;
};

/** At most so many slots are painted at once. */
export function slotsAtOnce(height: number, rowHeight: number): number {
  return Math.ceil(height / rowHeight) + 2;
}

type Shown = { readonly source: RowSource | null; readonly height: number; readonly row: number };

function slotsIn({ slots }: RowSource, top: number, height: number, row: number): readonly [number, number] {
  // Only what is in sight: rows are painted with the scroll they belong to, never after it.
  const first = Math.max(0, Math.floor(top / row));
  return [first, Math.max(first, Math.min(slots - 1, Math.ceil((top + height) / row)))];
}

// Elements hold the slots they held as long as these are in sight. Where none is any more, what comes takes their places one
// by one: neither does an element move, nor its place in the page.
function turned(before: Painted | null, first: number, elements: number): number {
  if (before === null) return 0;
  const moved = first - before.first;
  return Math.abs(moved) >= elements ? before.turn : (((before.turn + moved) % elements) + elements) % elements;
}

/**
 * A list of any length in a scroll container. The position is kept in pixels of the whole list; wheel and keys move it
 * exactly, the scrollbar proportionally. Rows are painted only when all of them are there, or after `HOLD`.
 */
export function useVirtualRows(
  scroller: RefObject<HTMLDivElement | null>,
  source: RowSource | null,
  height: number,
  rowHeight: number,
  initialTop: (source: RowSource) => number,
): VirtualRows {
  const [painted, setPainted] = useState<Painted | null>(null);
  const wanted = useRef(0);
  const ownScroll = useRef(-1);
  const asked = useRef<number[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const passing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const looked = useRef({ at: 0, top: 0 });
  const current = useRef<Shown>({ source: null, height: 0, row: rowHeight });

  const whole = (source?.slots ?? 0) * rowHeight;
  const spacer = Math.min(whole, MOST_PIXELS);

  const paint = useCallback((top: number) => {
    const { source: now, height: tall, row } = current.current;
    if (!now) return;
    const [first, last] = slotsIn(now, top, tall, row);
    const elements = slotsAtOnce(tall, row);
    setPainted((before) => ({ source: now, top, first, last, turn: turned(before, first, elements) }));
  }, []);

  const holdOn = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      asked.current = [];
      paint(wanted.current);
    }, HOLD);
  }, [paint]);

  const settle = useCallback(
    (top: number) => {
      clearTimeout(timer.current);
      timer.current = undefined;
      asked.current = [];
      paint(top);
    },
    [paint],
  );

  const look = useCallback(
    (target: number) => {
      const { source: now, height: tall, row } = current.current;
      if (!now || tall === 0) return;
      looked.current = { at: performance.now(), top: target };
      const [first, last] = slotsIn(now, target, tall, row);
      now.ensure(first, last);
      if (now.has(first, last)) {
        settle(target);
        return;
      }
      asked.current = [...asked.current, target].slice(-MOST_ASKED);
      if (timer.current === undefined) holdOn();
    },
    [settle, holdOn],
  );

  const scrollTo = useCallback(
    (top: number, byScrollbar = false) => {
      const { source: now, height: tall, row } = current.current;
      if (!now || tall === 0) return;
      const most = Math.max(0, now.slots * row - tall);
      const target = Math.min(most, Math.max(0, top));
      wanted.current = target;
      const element = scroller.current;
      if (element && !byScrollbar) {
        const physical = Math.max(1, element.scrollHeight - element.clientHeight);
        element.scrollTop = most === 0 ? 0 : (target / most) * physical;
        ownScroll.current = element.scrollTop;
      }
      clearTimeout(passing.current);
      const { at, top: before } = looked.current;
      const passes = byScrollbar && Math.abs(target - before) > tall && performance.now() - at < PASSING;
      if (passes) passing.current = setTimeout(() => look(wanted.current), PASSING);
      else look(target);
    },
    [look, scroller],
  );

  // A page came: paint the newest asked position that is complete, so that the view follows a drag instead of freezing.
  useEffect(() => {
    if (!source) return;
    return source.subscribe(() => {
      const { height: tall, row } = current.current;
      for (let i = asked.current.length - 1; i >= 0; i--) {
        const top = asked.current[i] ?? 0;
        if (!source.has(...slotsIn(source, top, tall, row))) continue;
        if (i === asked.current.length - 1) return settle(top);
        asked.current = asked.current.slice(i + 1);
        paint(top);
        holdOn();
        return;
      }
      // Nothing is awaited any more, but skeletons may be on screen: look again at what is painted.
      if (asked.current.length === 0) paint(wanted.current);
    });
  }, [source, settle, paint, holdOn]);

  useLayoutEffect(() => {
    const before = current.current;
    current.current = { source, height, row: rowHeight };
    // Rows of another height: what stood at the top stays there.
    wanted.current = (wanted.current / before.row) * rowHeight;
    if (!source || height === 0) return;
    if (before.source === source) {
      scrollTo(wanted.current);
      return;
    }
    asked.current = [];
    // What is opened or folded is in sight: nothing above it moves.
    if (before.source?.answer === source.answer) {
      scrollTo(wanted.current);
      return;
    }
    const same = before.source?.questionKey === source.questionKey;
    // New entries came in above: what is being read stays where it is, unless it is the very top.
    const grown = same && wanted.current > 0 ? (source.slots - (before.source?.slots ?? 0)) * rowHeight : 0;
    scrollTo(same ? wanted.current + grown : initialTop(source));
  }, [source, height, rowHeight, scrollTo, initialTop]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = (): void => {
      if (Math.abs(element.scrollTop - ownScroll.current) < 1) return;
      ownScroll.current = -1;
      const { source: now, height: tall, row } = current.current;
      const most = Math.max(0, (now?.slots ?? 0) * row - tall);
      const physical = Math.max(1, element.scrollHeight - element.clientHeight);
      scrollTo((element.scrollTop / physical) * most, true);
    };
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey) return;
      event.preventDefault();
      const pixels = event.deltaMode === 1 ? current.current.row : event.deltaMode === 2 ? current.current.height : 1;
      scrollTo(wanted.current + event.deltaY * pixels);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [scrollTo, scroller]);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      clearTimeout(passing.current);
    },
    [],
  );

  const reveal = useCallback(
    (slot: number, centre = false) => {
      const { height: tall, row } = current.current;
      const top = slot * row;
      if (centre) scrollTo(top - tall / 2);
      else if (top < wanted.current + row) scrollTo(top - row);
      else if (top + row > wanted.current + tall) scrollTo(top + row - tall);
    },
    [scrollTo],
  );

  return { painted, spacer, scrollTo, reveal };
}
