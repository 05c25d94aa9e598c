import type { Page } from 'playwright-core';
import { settled } from './page.ts';
import { queries } from './typing.ts';

type Bridge = { readonly logbook: { findingsList(input: object): Promise<unknown> } };

/** Bytes of the page's heap after its garbage was collected: before, and after so long of use. */
export type Held = { readonly before: number; readonly after: number; readonly rounds: number };

/** Uses the window as a reviewer does, over and over: searches, scrolls, opens entries, narrows, goes back. */
export async function heldWhile(page: Page, ms: number): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  const typed = queries(60);
  let rounds = 0;
  const round = async (): Promise<void> => {
    await page.getByLabel('Search entries').fill(typed[rounds++ % typed.length] ?? '');
    await settled(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    for (const key of ['PageDown', 'PageDown', 'Enter', 'j', 'j', 'End', 'Home', 'Escape'])
      await page.keyboard.press(key);
    await page.getByLabel('Search entries').fill('');
    await settled(page);
    await page.keyboard.press('Escape');
    const grid = page.getByRole('grid', { name: /Entries/ });
    // Not over a cell: what it offers under the pointer would stand in the way.
    await grid.hover({ position: { x: 12, y: 80 } });
    for (let i = 0; i < 20; i++) await page.mouse.wheel(0, 1_500);
    await settled(page);
  };
  // The rules run over everything once the archive is open, and what they find stays in the window: tens of megabytes here, which
  // come when they come and would be taken for growth.
  await page.evaluate(() => (window as unknown as Bridge).logbook.findingsList({}).then(() => {}));
  // Answers are kept for two minutes on purpose: they must be there before the first look as they are before the second.
  const until = Date.now() + Math.min(150_000, ms / 3);
  while (Date.now() < until) await round();
  const before = await heap();
  const end = Date.now() + ms;
  while (Date.now() < end) await round();
  return { before, after: await heap(), rounds };
}
