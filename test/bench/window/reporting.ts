import type { Page } from 'playwright-core';
import { type FrameWork, workWhile } from './main-thread.ts';

export type Reported = {
  /** From the first that is said of its progress to its first page drawn, milliseconds. */
  readonly ms: number;
  readonly pages: string;
  /** Frames meanwhile, and the work of the heaviest, milliseconds of a processor. */
  readonly frames: number;
  readonly heaviest: FrameWork;
  /** Of them over 50 ms of work. */
  readonly over: number;
  /** The longest time between two frames by the clock, which others that have the processor are in, milliseconds. */
  readonly longestGapMs: number;
};

/**
 * Goes to the reports, where one is made at once, and looks at every frame from the first that is said of its progress until
 * its first page stands there. What the window does by itself after it was opened, the findings among it, is waited for before.
 */
export async function reported(page: Page): Promise<Reported> {
  await page.getByRole('link', { name: /^Findings, \d+ open$/ }).waitFor();
  await page.getByRole('link', { name: 'Reports' }).click();
  await page.getByText(/^(Reading entries|Laying out pages), /).waitFor();
  // A list of 10,000 findings leaves garbage behind, which is not the report's.
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  const { value, frames } = await workWhile(page, () =>
    page.evaluate(async () => {
      const begun = performance.now();
      let before = begun;
      let longest = 0;
      while (document.querySelector('canvas[data-page="1"]') === null) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        longest = Math.max(longest, performance.now() - before);
        before = performance.now();
      }
      return { ms: before - begun, longest };
    }),
  );
  const pages = (await page.getByText(/^Page 1 of /).textContent()) ?? '';
  const heaviest = frames.reduce((most, frame) => (frame.total > most.total ? frame : most));
  const over = frames.filter((frame) => frame.total > 50).length;
  return { ms: value.ms, pages, frames: frames.length, heaviest, over, longestGapMs: value.longest };
}
