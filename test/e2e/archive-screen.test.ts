import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../src/main/core/simulator/server.ts';
import { systemClock } from '../../src/main/system-ports.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { openWindow } from '../support/open-window.ts';

const PASSPHRASE = 'correct horse battery staple';
const DAY = 86_400_000;

async function create(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New archive' }).click();
  await page.getByLabel('Name of the archive').fill(name);
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('The same again').fill(PASSPHRASE);
  await page.getByRole('button', { name: /^Create/ }).click();
  await page.getByLabel('I have kept the recovery code').check();
  await page.getByRole('button', { name: /Go to the archive/ }).click();
  await page.getByText('nothing has been fetched into it yet').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
}

// Made once: an entry that came twice must say the same both times.
const begun = systemClock.now();
const entry = (n: number) => ({
  id: `old_${n}`,
  timestamp: new Date(begun - 200 * DAY + n * DAY).toISOString(),
  actor: { id: 'user_1', name: 'Ines Duarte', email: 'ines@example.com' },
  action: 'user.login',
});

/** Lets a file fall on the page, as the desktop does: the page gets the file, never where it lies. */
async function dropFile(page: Page, path: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data });
  }
  await cdp.detach();
}

it('sync with a pause, a day in words and its entries, imports by dialog and by drop, and turning to another archive', async () => {
  const options = { port: 0, entries: 900, days: 40, seed: 7, now: systemClock.now(), faults: ['slow:150'] };
  const server = unwrap(await startSimulator(options));
  onTestFinished(() => server.close());
  const { app, page, home } = await openWindow({ demo: false });
  await create(page, 'Alfama Systems');

  // A slow server leaves time to pause; what arrived stays, and the rest follows.
  await page.getByLabel('Address').fill(server.url);
  await page.getByLabel('API token').fill(server.token);
  await page.getByRole('button', { name: 'Connect and fetch' }).click();
  await page.getByText(/[1-9]\d* of \d+ days/).waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused.').waitFor();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText(/new entr(y|ies) in \d+ request/).waitFor({ timeout: 60_000 });
  const runs = page.getByRole('region', { name: 'Past runs' }).getByRole('row');
  await expect
    .poll(async () => (await runs.allTextContents()).slice(1).map((text) => /stopped|complete/.exec(text)?.[0]))
    .toEqual(['complete', 'stopped']);

  // Any day explains itself and leads to its entries. Yesterday is complete only from an hour after midnight on.
  const complete = new Date(systemClock.now() - 2 * DAY).toISOString().slice(0, 10);
  await page.getByRole('listbox', { name: /^Days/ }).locator(`[data-day="${complete}"]`).click();
  const theDay = page.getByRole('region', { name: 'The day' });
  await theDay.getByText('Every entry Jetty served for this day is here').waitFor();
  const shown = Number(
    (
      (await theDay
        .getByText(/^Stored here/)
        .locator('..')
        .locator('dd')
        .textContent()) ?? ''
    ).replace(/\D/g, ''),
  );
  await theDay.getByRole('link', { name: /^Show the/ }).click();
  await page.locator(`[data-testid="total"][data-total="${shown}"]`).waitFor();

  // A file by the system's dialog: looked through first, then imported.
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Archive', exact: true }).click();
  const file = join(home, 'audit-export.ndjson');
  writeFileSync(file, [1, 2, 3, 3].map((n) => JSON.stringify(entry(n))).join('\n'));
  await app.answerNextDialog(file);
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await page.getByText('It would add 3 entries.').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('3 entries were added.').waitFor();
  await page.getByText('3 imported from a file').waitFor();
  await page.getByRole('button', { name: 'Done' }).click();

  // A file that is dropped: the same, and nothing of it is left lying about.
  const dropped = join(home, 'dropped.json');
  writeFileSync(dropped, JSON.stringify([entry(3), entry(4)]));
  await dropFile(page, dropped);
  await page.getByText('It would add 1 entry.').waitFor();
  await page.getByText('dropped.json').first().waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('1 entry was added.').waitFor();
  expect(readdirSync(join(home, 'data/incoming'))).toEqual([]);
  expect(await page.content()).not.toContain(home);

  // A second organisation, and back to the first without starting again.
  await page.getByRole('button', { name: /^Archive Alfama Systems/ }).click();
  await page.getByRole('menuitem', { name: /Lock, then open or create another/ }).click();
  await create(page, 'Tejo Data');
  await page.getByRole('button', { name: /^Archive Tejo Data/ }).click();
  await page.getByRole('menuitem', { name: /Alfama Systems/ }).click();
  await page.getByLabel('Passphrase for Alfama Systems').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Archive Alfama Systems/ }).waitFor();
  expect(app.log()).not.toContain(server.token);
});
