// Takes the pictures: an archive filled by the public command, opened in the built window without a display.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp } from '../../test/support/launch.ts';
import { logbookJson, startServer } from '../demo/command.mjs';
import { knowArchive } from '../demo/window.mjs';
import { root } from '../runtime.mjs';
import { indexedPng } from './indexed-png.mjs';
import { screens } from './screens.mjs';

const NOW = '2026-10-15T08:45:00Z';
const BEGUN = '2026-09-14T08:45:00Z';
const PASSPHRASE = 'screenshots of a made-up organisation';
const SIZE = { width: 1440, height: 900 };
const PATIENCE_MS = 60_000;
const MOST_BYTES = 300_000;

const only = process.argv.slice(2);
const home = mkdtempSync(join(tmpdir(), 'logbook-screenshots-'));
const out = join(root, 'docs/screenshots');
mkdirSync(out, { recursive: true });
try {
  const archive = await filledArchive();
  knowArchive(join(home, 'data'), archive);
  const app = await launchApp({ userData: join(home, 'data'), home });
  try {
    await stopClocks(app);
    const { page } = app;
    page.setDefaultTimeout(PATIENCE_MS);
    await page.setViewportSize(SIZE);
    for (const { name, show } of await screens(page, { passphrase: PASSPHRASE, only })) {
      await show();
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.mouse.move(0, SIZE.height - 1);
        await atRest(page);
        const png = indexedPng(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
        const file = join(out, `${name}.${colorScheme}.png`);
        if (png.length > MOST_BYTES) throw new Error(`${file} would be ${png.length} bytes.`);
        writeFileSync(file, png);
        console.log(`${name}.${colorScheme}.png  ${Math.round(png.length / 1000)} kB`);
      }
    }
  } finally {
    await app.close();
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}

async function filledArchive() {
  const folder = join(home, 'Documents/Logbook');
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, 'Alder Quay.logbook');
  const secret = join(home, 'passphrase.txt');
  const token = join(home, 'token.txt');
  writeFileSync(secret, PASSPHRASE);
  const common = ['--archive', archive, '--passphrase-file', secret, '--now', NOW];
  await logbookJson(['init', ...common, '--name', 'Alder Quay', '--tz', 'Europe/Lisbon']);
  // The port is the one thing of the server that is seen.
  const server = await startServer([
    '--entries',
    '25000',
    '--days',
    '120',
    '--seed',
    '7',
    '--port',
    '48123',
    '--now',
    NOW,
  ]);
  try {
    writeFileSync(token, server.token);
    const sync = ['sync', ...common, '--url', server.url, '--token-file', token, '--plan', 'coastal'];
    // Begun a month ago, when the plan still kept the first of these days.
    await logbookJson([...sync, '--to', BEGUN.slice(0, 10), '--now', BEGUN]);
    await logbookJson(sync);
  } finally {
    await server.stop();
  }
  return archive;
}

// Of both processes: what the window says of today is what it said on that day.
async function stopClocks(app) {
  const now = Date.parse(NOW);
  await app.evaluate((_electron, at) => {
    Date.now = () => at;
  }, now);
  await app.page.clock.setFixedTime(now);
}

// Two pictures in a row alike: nothing is being fetched, drawn or moved any more.
async function atRest(page) {
  await page.evaluate(() => document.fonts.ready);
  let before = null;
  for (let tries = 0; tries < 40; tries++) {
    await page.waitForTimeout(250);
    const now = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    const waiting = await page.locator('[data-skeleton], [data-stale]').count();
    if (waiting === 0 && before?.equals(now)) return;
    before = now;
  }
  throw new Error('The window does not come to rest.');
}
