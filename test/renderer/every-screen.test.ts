import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { axeProblems } from './axe.ts';
import { builtWindow, launch, type OpenOptions, openWindow, violationsOf } from './harness.ts';

// What holds of every screen: nothing runs out of the window, whatever its size, and axe finds nothing, with hostile
// names, in high contrast, in either theme.

const SCREENS: Readonly<Record<string, OpenOptions>> = {
  welcome: { start: 'locked' },
  overview: { address: '/overview' },
  explorer: { address: '/?q=category%3Asecurity' },
  findings: { address: '/findings' },
  suppressions: { address: '/suppressions' },
  rules: { address: '/rules' },
  reports: { address: '/reports' },
  archive: { address: '/archive' },
  settings: { address: '/settings' },
  person: { address: '/person?id=usr_alice' },
};

/** The smallest window there is, a very large one, and a usual one at twice its size. */
const SIZES = [
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
  { width: 720, height: 450 },
] as const;

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
    await page.context().close();
  }
});

/** For whoever wants to look: LOGBOOK_LOOK names a folder for the pictures. */
async function keep(page: Page, name: string): Promise<void> {
  const folderOfPictures = process.env.LOGBOOK_LOOK;
  if (folderOfPictures === undefined) return;
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(folderOfPictures, `${name}.png`) });
}

test.each(Object.entries(SCREENS))(
  '%s holds at every size, with hostile names, in high contrast',
  async (name, options) => {
    const page = await openWindow(browser, folder, { rows: 2_000, hostile: true, ...options });
    page.setDefaultTimeout(30_000);
    opened.push(page);
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await keep(page, `${name}-${size.width}`);
      // Charts take the new width a frame later.
      const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await expect.poll(beyond, { message: `${size.width} × ${size.height}` }).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize(SIZES[0]);
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await keep(page, `${name}-contrast`);
    expect(await axeProblems(page)).toEqual([]);
  },
);
