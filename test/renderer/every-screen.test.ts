import { expect, test } from 'vitest';
import { axeProblems } from './axe.ts';
import type { OpenOptions } from './harness.ts';
import { openedWindows } from './opened-windows.ts';

// What holds of every screen: nothing runs out of the window, whatever its size, and axe finds nothing, with hostile
// names, in high contrast.

const SCREENS: Readonly<Record<string, OpenOptions>> = {
  welcome: { start: 'locked' },
  overview: { address: '/overview' },
  explorer: { address: '/?q=category%3Asecurity' },
  findings: { address: '/findings' },
  suppressions: { address: '/suppressions' },
  rules: { address: '/rules' },
  reviews: { address: '/reviews' },
  worksheet: { address: '/reviews?r=R-8' },
  exceptions: { address: '/reviews?tab=exceptions' },
  plans: { address: '/reviews?tab=plans' },
  people: { address: '/reviews?tab=people' },
  investigations: { address: '/investigations' },
  case: { address: '/investigations?c=C-31' },
  'case story': { address: '/investigations?c=C-31&part=story' },
  reports: { address: '/reports' },
  archive: { address: '/archive' },
  settings: { address: '/settings' },
  person: { address: '/person?id=ines.duarte@alfama.example' },
};

/** The smallest window there is, a very large one, and a usual one at twice its size. */
const SIZES = [
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
  { width: 720, height: 450 },
] as const;

const open = openedWindows({ rows: 2_000, hostile: true });

test.each(Object.entries(SCREENS))(
  '%s holds at every size, with hostile names, in high contrast',
  async (_name, options) => {
    const page = await open(options);
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      // Charts take the new width a frame later.
      const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await expect.poll(beyond, { message: `${size.width} × ${size.height}` }).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize(SIZES[0]);
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    expect(await axeProblems(page)).toEqual([]);
  },
);
