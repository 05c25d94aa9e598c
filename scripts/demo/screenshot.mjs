// A picture of the window on the demo's archive, taken without a display.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp } from '../../test/support/launch.ts';
import { knowArchive } from './window.mjs';

/** Unlocks the archive in the real window and saves what it shows; answers the file, or null where it could not be. */
export async function takeScreenshot({ archive, passphraseFile, out }) {
  const home = mkdtempSync(join(tmpdir(), 'logbook-demo-'));
  const userData = join(home, 'data');
  knowArchive(userData, archive);
  let app;
  try {
    app = await launchApp({ userData, home });
    const { page } = app;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByLabel(/^Passphrase/).fill(readFileSync(passphraseFile, 'utf8').trim());
    await page.getByRole('button', { name: 'Unlock' }).click();
    // Rows, not what stands in for them, and the findings above the chart.
    await page.locator('[data-key]').nth(5).waitFor();
    await page
      .getByRole('link', { name: /Findings/ })
      .getByText(/\d/)
      .waitFor();
    await page.waitForTimeout(500);
    await page.screenshot({ path: out });
    return out;
  } catch (error) {
    console.error(`No screenshot: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    return null;
  } finally {
    await app?.close();
    rmSync(home, { recursive: true, force: true });
  }
}
