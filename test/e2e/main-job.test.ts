import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../src/main/core/simulator/server.ts';
import { systemClock } from '../../src/main/system-ports.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { rows, search } from '../support/in-the-window.ts';
import { openWindow } from '../support/open-window.ts';
import { logbook } from '../support/terminal.ts';

const PASSPHRASE = 'correct horse battery staple';
const DAY_MS = 86_400_000;

async function jetty(entries = 2_000, days = 30) {
  const server = unwrap(await startSimulator({ port: 0, entries, days, seed: 7, now: systemClock.now() }));
  onTestFinished(() => server.close());
  return server;
}

async function createAndFill(page: Page, server: Awaited<ReturnType<typeof jetty>>): Promise<string> {
  await page.getByRole('button', { name: 'New archive' }).click();
  await page.getByLabel('Name of the archive').fill('Alfama Systems');
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('The same again').fill(PASSPHRASE);
  await page.getByRole('button', { name: /^Create/ }).click();
  const code = await page.getByLabel('Recovery code', { exact: true }).textContent();
  await page.getByLabel('I have kept the recovery code').check();
  await page.getByRole('button', { name: /Go to the archive/ }).click();
  await page.getByLabel('Address').fill(server.url);
  await page.getByLabel('API token').fill(server.token);
  await page.getByRole('button', { name: /Connect|Fetch/ }).click();
  await rows(page).nth(3).waitFor();
  return code ?? '';
}

const total = async (page: Page): Promise<number> =>
  Number(
    (
      (await page
        .getByText(/entr(y|ies) match/)
        .first()
        .textContent()) ?? ''
    ).replace(/\D/g, ''),
  );

describe('the main job, in the window', () => {
  it('creates an archive, fetches the log, answers, exports and reports the same numbers as the command', async () => {
    const server = await jetty();
    const { app, page, home } = await openWindow({ demo: false });
    await createAndFill(page, server);
    await expect.poll(() => total(page), { timeout: 20_000 }).toBe(server.truth().served);

    // Up to a day that is surely complete: in the first hour after midnight the day before is still open, and the window says so.
    const complete = new Date(systemClock.now() - 3 * DAY_MS).toISOString().slice(0, 10);
    const query = `category:authentication -action:user.logout to:${complete}`;
    await search(page, query);
    await page.getByText('exact, of', { exact: false }).waitFor();
    const asked = await logbook(
      home,
      ['count', query, '--archive', 'Documents/Logbook/Alfama Systems.logbook', '--json'],
      { LOGBOOK_PASSPHRASE: PASSPHRASE },
    );
    expect(asked.err).toBe('');
    await expect.poll(() => total(page)).toBe(asked.json().total);

    const csv = join(home, 'entries.csv');
    await app.answerNextDialog(csv);
    await page.getByRole('button', { name: /^Export/ }).click();
    await page.getByRole('menuitem', { name: /CSV/ }).click();
    await page.getByText('entries.csv').first().waitFor();
    expect(parse(readFileSync(csv))).toHaveLength(asked.json().total + 1);

    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    const pdf = join(home, 'soc2.pdf');
    await app.answerNextDialog(pdf);
    await page.getByRole('button', { name: /running/ }).click();
    await page.getByLabel('Your name').fill('Marta Quintela');
    await page.getByRole('button', { name: /Save the report/ }).click();
    await page.getByText('soc2.pdf').first().waitFor();
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    expect(app.log()).not.toContain(server.token);
    expect(app.log()).not.toContain(PASSPHRASE);
  });

  it('locks, refuses a wrong passphrase, and opens again with the recovery code', async () => {
    const server = await jetty(500, 10);
    const { page } = await openWindow({ demo: false });
    const code = await createAndFill(page, server);
    await page.keyboard.press('Control+l');
    await page.getByLabel(/^Passphrase for/).fill('not this one');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('The passphrase does not open this archive.').waitFor();
    await page.getByRole('button', { name: /recovery/ }).click();
    await page.getByLabel(/^Recovery code/).fill(code.toLowerCase());
    await page.getByLabel('New passphrase', { exact: true }).fill('another good passphrase');
    await page.getByLabel('The same again').fill('another good passphrase');
    await page
      .getByRole('button', { name: /Open|Set|Recover/ })
      .last()
      .click();
    await rows(page).nth(3).waitFor();
    await page.keyboard.press('Control+l');
    await page.getByLabel(/^Passphrase for/).fill('another good passphrase');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await rows(page).nth(3).waitFor();
    await expect.poll(() => total(page), { timeout: 20_000 }).toBe(server.truth().served);
  });

  it('shows the demo organisation: from a finding to its entries, as received', async () => {
    const { page } = await openWindow({ demo: false });
    await page.getByRole('button', { name: /made-up organisation/ }).click();
    await rows(page).nth(3).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('f');
    await page
      .getByText(/38 failed sign-ins/)
      .first()
      .click();
    await page
      .getByRole('button', { name: /Open in Explorer/ })
      .or(page.getByRole('link', { name: /Open in Explorer/ }))
      .click();
    await rows(page).nth(1).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('complementary', { name: 'Entry' });
    await drawer.getByText('"timestamp"').first().waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  });

  it('says what is wrong with an address, a token and a server that is not there', async () => {
    const server = await jetty(100, 5);
    const { page } = await openWindow({ demo: false });
    await page.getByRole('button', { name: 'New archive' }).click();
    await page.getByLabel('Name of the archive').fill('Errors');
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByLabel('The same again').fill(PASSPHRASE);
    await page.getByRole('button', { name: /^Create/ }).click();
    await page.getByLabel('I have kept the recovery code').check();
    await page.getByRole('button', { name: /Go to the archive/ }).click();
    await page.getByLabel('Address').fill('http://jetty.example');
    await page.getByLabel('API token').fill('jetty_wrong');
    await page.getByRole('button', { name: /Connect|Fetch/ }).click();
    await page.getByText(/https/).first().waitFor();
    await page.getByLabel('Address').fill(server.url);
    await page.getByRole('button', { name: /Connect|Fetch/ }).click();
    await page
      .getByText(/does not accept the API token/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByLabel('Address').fill(server.url);
    await page.getByLabel('API token').fill(server.token);
    await page.getByRole('button', { name: /Connect|Fetch/ }).click();
    await rows(page).nth(3).waitFor();
  });
});
