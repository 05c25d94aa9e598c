import type { Locator, Page } from 'playwright-core';
import { type FrameWork, workWhile } from './main-thread.ts';
import { settled } from './page.ts';
import { type Frame, watch, watched } from './watch.ts';

const DRAG_MS = 6_000;

export type Dragged = {
  /** The longest time in which rows in sight were not there, milliseconds. */
  readonly blankMs: number;
  /**
   * Shares of the frames: that the page was done with 16 ms after it began them, by the clock; and that came in step with the
   * screen, for which those who draw what the page hands over (where there is no graphics card, the same processors) have to be done as well.
   */
  readonly soon: number;
  readonly inStep: number;
  /** The time between two frames of a page that does nothing, milliseconds. */
  readonly refreshMs: number;
  readonly frames: number;
  /**
   * Of a second drag, which is traced and so takes longer: what the page's main thread did from one frame to the next, milliseconds of a
   * processor, in the mean; what came in between, answers and what a window without Electron makes of them, is in it. And the share of frames
   * with less than 16 ms of it.
   */
  readonly work: FrameWork;
  readonly light: number;
};

/**
 * Moves the scroll bar from the top to the bottom at the speed of a person who looks while dragging. A window without a display
 * has no bar that could be taken by the mouse: the page sets its position frame by frame, as the bar does.
 */
export async function drag(page: Page): Promise<Dragged> {
  const grid = page.getByRole('grid', { name: /Entries/ });
  const toTheTop = async (): Promise<void> => {
    await grid.evaluate((element) => element.scrollTo(0, 0));
    await settled(page);
  };
  await toTheTop();
  await watch(page);
  await page.waitForTimeout(500);
  const refreshMs = median(gaps((await watched(page)).frames));

  await watch(page);
  await toTheBottom(grid);
  await settled(page);
  const { frames } = await watched(page);
  const end = await grid.evaluate((element) => element.scrollTop + element.clientHeight - element.scrollHeight);
  if (end < -2) throw new Error(`the scroll bar is at its end and the list ends ${-end} px further down`);
  const moved = frames.slice(
    frames.findIndex((frame) => frame.first !== frames[0]?.first),
    frames.findLastIndex((frame, i) => frame.first !== frames[i - 1]?.first) + 1,
  );

  await toTheTop();
  const traced = await workWhile(page, () => toTheBottom(grid));
  return {
    blankMs: longestBlank(frames),
    inStep: share(gaps(moved), (gap) => gap < 1.5 * refreshMs),
    soon: share(moved, (frame) => frame.work < 16),
    refreshMs,
    frames: moved.length,
    work: mean(traced.frames),
    light: share(traced.frames, (frame) => frame.total < 16),
  };
}

function toTheBottom(grid: Locator): Promise<void> {
  return grid.evaluate(async (element, ms) => {
    const whole = element.scrollHeight - element.clientHeight;
    const begun = performance.now();
    for (let part = 0; part < 1; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      part = Math.min(1, (performance.now() - begun) / ms);
      element.scrollTop = part * whole;
    }
  }, DRAG_MS);
}

function longestBlank(frames: readonly Frame[]): number {
  let longest = 0;
  let since: number | null = null;
  for (const frame of frames) {
    if (frame.blank) since ??= frame.at;
    if (since !== null) longest = Math.max(longest, frame.at - since);
    if (!frame.blank) since = null;
  }
  return longest;
}

function mean(frames: readonly FrameWork[]): FrameWork {
  const of = (part: keyof FrameWork): number => frames.reduce((sum, frame) => sum + frame[part], 0) / frames.length;
  const [total, script, style] = [of('total'), of('script'), of('style')];
  const [layout, paint, collect, carried] = [of('layout'), of('paint'), of('collect'), of('carried')];
  return { total, script, style, layout, paint, collect, carried };
}

function gaps(frames: readonly Frame[]): number[] {
  return frames.slice(1).map((frame, i) => frame.at - (frames[i]?.at ?? 0));
}

function share<T>(all: readonly T[], test: (one: T) => boolean): number {
  return all.filter(test).length / Math.max(1, all.length);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
