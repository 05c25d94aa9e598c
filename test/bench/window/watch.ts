import type { Page } from 'playwright-core';

// What is measured is seen from inside the page: what stands there in each frame, and when a person did what.

/** One frame: when it began (milliseconds of the page), how long the page worked for it, and what stood in it. */
export type Frame = {
  readonly at: number;
  readonly work: number;
  /** What the list says it holds, and its first row. */
  readonly rows: string;
  readonly first: string;
  /** The answer shown is not yet that of the question. */
  readonly stale: boolean;
  /** Rows in sight that are not there yet, or a list that does not reach to the end of the view. */
  readonly blank: boolean;
};

export type Watched = { readonly frames: readonly Frame[]; readonly lastKey: number; readonly lastClick: number };

type Watch = { frames: Frame[]; lastKey: number; lastClick: number; on: boolean };
type Watching = Window & { watch?: Watch };

/** Begins to note frames, keys and clicks. */
export async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const holder = window as Watching;
    const own: Watch = { frames: [], lastKey: 0, lastClick: 0, on: true };
    const before = holder.watch;
    holder.watch = own;
    if (before) before.on = false;
    let begun = 0;
    // What the scroll itself sets off runs before the frame's own callbacks, and belongs to the frame.
    addEventListener('scroll', () => (begun ||= performance.now()), { capture: true });
    addEventListener('keydown', (event) => (own.lastKey = event.timeStamp), { capture: true });
    addEventListener('click', (event) => (own.lastClick = event.timeStamp), { capture: true });
    // Measured once, and places read from the rows' styles and numbers: a look at the layout in every frame, where the list is scrolled to
    // among it, would be work of its own, and would do the next frame's before it begins.
    let sizes: { readonly view: number; readonly row: number } | null = null;
    const sizesOf = (grid: Element): typeof sizes => {
      const row = grid.querySelector<HTMLElement>('[data-key], [data-skeleton]');
      const view = row?.closest<HTMLElement>('[role=rowgroup]');
      return row && view ? { view: view.clientHeight, row: row.offsetHeight } : null;
    };
    const topOf = (row: Element): number => Number.parseFloat((row as HTMLElement).style.top);
    const shiftOf = (holder: Element | null | undefined): number =>
      Number(/translateY\((-?[\d.]+)px\)/.exec((holder as HTMLElement | null)?.style.transform ?? '')?.[1] ?? 0);
    const channel = new MessageChannel();
    const pending: { at: number; from: number }[] = [];
    channel.port1.onmessage = () => {
      const one = pending.shift();
      if (!one || !own.on) return;
      const work = performance.now() - one.from;
      const grid = document.querySelector('[role=grid]');
      if (grid) sizes ??= sizesOf(grid);
      const rows = [...(grid?.querySelectorAll('[aria-rowindex]') ?? [])];
      const bottom = rows.reduce((most, row) => Math.max(most, topOf(row)), 0) + shiftOf(rows[0]?.parentElement);
      // A short list ends where it ends.
      const whole = Number(grid?.getAttribute('aria-rowcount') ?? 0) * (sizes?.row ?? 0);
      const open = sizes !== null && whole > sizes.view + sizes.row && bottom + sizes.row < sizes.view - 1;
      const skeleton = document.querySelector('[data-skeleton]') !== null;
      own.frames.push({
        at: one.at,
        work,
        rows: grid?.getAttribute('aria-rowcount') ?? '',
        stale: document.querySelector('[data-stale]') !== null,
        first: document.querySelector('[data-key]')?.getAttribute('data-key') ?? '',
        blank: skeleton || open,
      });
    };
    const frame = (): void => {
      if (!own.on) return;
      const now = performance.now();
      pending.push({ at: now, from: begun === 0 ? now : Math.min(begun, now) });
      begun = 0;
      channel.port2.postMessage(null);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** What was noted, and the end of noting. */
export function watched(page: Page): Promise<Watched> {
  return page.evaluate(() => {
    const own = (window as Watching).watch;
    if (!own) throw new Error('nothing was watched');
    own.on = false;
    return { frames: own.frames, lastKey: own.lastKey, lastClick: own.lastClick };
  });
}
