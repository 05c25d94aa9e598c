import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { builtWindow, launch, type OpenOptions, openWindow, violationsOf } from './harness.ts';

/**
 * Opens windows for the tests of one file, each with these options and those of the call. Whatever a test did, the strict
 * policy must have refused nothing and no text from outside may have run as code.
 */
export function openedWindows(usual: OpenOptions = {}): (options?: OpenOptions) => Promise<Page> {
  let browser: Browser;
  let folder: string;
  const opened: Page[] = [];

  beforeAll(async () => {
    [browser, folder] = await Promise.all([launch(), builtWindow()]);
  }, 120_000);

  afterAll(() => browser?.close());

  afterEach(async () => {
    for (const page of opened.splice(0)) {
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.evaluate(() => (window as unknown as { pwned?: number }).pwned)).toBeUndefined();
      await page.context().close();
    }
  });

  return async (options = {}) => {
    const page = await openWindow(browser, folder, { ...usual, ...options });
    page.setDefaultTimeout(30_000);
    opened.push(page);
    return page;
  };
}

/** Waits for what will come; how long that takes is the machine's affair. */
export function soon<T>(look: () => T) {
  return expect.poll(look, { timeout: 30_000, interval: 50 });
}

/** Where a click on a row of the Explorer means the row: over a cell with a value, what it offers may be there first. */
export const ON_ROW = { position: { x: 90, y: 12 } } as const;
