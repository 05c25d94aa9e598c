import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeProblemsInBoth } from './axe.ts';
import { announce, callsOf, hold, type OpenOptions } from './harness.ts';
import { openedWindows } from './opened-windows.ts';

const open = openedWindows({ address: '/archive' });

const days = (page: Page) => page.getByRole('listbox', { name: /^Days/ });
const theDay = (page: Page) => page.getByRole('region', { name: 'The day' });
const callsNamed = async (page: Page, name: string) => (await callsOf(page)).filter((one) => one.name === name);

test('the calendar says how whole every day is, in pattern, legend and words', async () => {
  const page = await open();
  await page.getByText('311 days').waitFor();
  await page.getByText('Fri 17 Jul 2026').first().waitFor();
  const legend = page.getByRole('list', { name: 'Days by state' });
  expect(await legend.getByRole('listitem').allTextContents()).toEqual([
    '338 complete',
    '57 imported from a file',
    '7 partial, with today',
    '2 lost, 16–17 Feb 2026',
  ]);
  await page.getByText('retention edge, paler days are still in Jetty').waitFor();
  await theDay(page).getByText('partial, today').waitFor();
  await days(page).locator('[data-day="2026-02-17"]').click();
  await theDay(page).getByRole('heading', { name: 'Tue 17 Feb 2026' }).waitFor();
  await theDay(page).getByText('Out of retention before it was fetched.').waitFor();
  await days(page).locator('[data-day="2026-09-02"]').click();
  await theDay(page).getByText('Jetty has it until').waitFor();
  await theDay(page).getByRole('link', { name: 'Show the 288 entries of that day' }).click();
  await expect.poll(() => page.getByLabel('Search entries').inputValue()).toBe('from:2026-09-02 to:2026-09-02');
  expect(page.url()).toContain('tz=UTC');
});

test('the calendar is one stop of the Tab key; arrows, Home, End and Enter do the rest', async () => {
  const page = await open();
  await days(page).waitFor();
  expect(await days(page).locator('[tabindex="0"]').count()).toBe(1);
  await days(page).locator('[tabindex="0"]').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowUp');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-day'));
  expect(await focused()).toBe('2026-10-07');
  await page.keyboard.press('Home');
  expect(await focused()).toBe('2025-09-07');
  await page.keyboard.press('End');
  expect(await focused()).toBe('2026-10-15');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Enter');
  await theDay(page).getByRole('heading', { name: 'Thu 17 Sep 2026' }).waitFor();
  expect(await days(page).locator('[aria-selected="true"]').count()).toBe(1);
  expect(await days(page).locator('[tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('Tab');
  expect(await focused()).toBeNull();
});

test('years: fourteen months first, then any year, then all of them', async () => {
  const page = await open({ ledger: 1500 });
  await days(page).waitFor();
  expect(await days(page).getByRole('option').count()).toBeLessThanOrEqual(61 * 7);
  await page.getByText('2024', { exact: true }).click();
  await expect.poll(() => days(page).getByRole('option').count()).toBe(366);
  await page.getByText('All years').click();
  await expect.poll(() => days(page).getByRole('option').count()).toBe(365 * 4 + 366);
  await page.getByText('1 Jan 2022 – 31 Dec 2026').waitFor();
});

test('as a table, days in a row are one line; without eyes it is always there', async () => {
  const page = await open();
  const table = page.getByRole('table', { name: 'Days by state, newest first' });
  await table.waitFor({ state: 'attached' });
  expect(await table.getByRole('row', { name: /16–17 Feb 2026 lost 2/ }).count()).toBe(1);
  await page.getByRole('button', { name: 'As a table' }).click();
  await days(page).waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Coverage as a table' }).waitFor();
  await page.getByRole('button', { name: 'As a calendar' }).click();
  await days(page).waitFor();
});

test('sync: progress, pause, go on, and what came of it', async () => {
  const page = await open({ hold: true });
  await page.getByRole('button', { name: 'Sync now' }).click();
  await page.getByText('9 of 90 days · about 9 min left').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused.').waitFor();
  await hold(page, false);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText(/4.000 new entries/).waitFor();
  expect(await callsNamed(page, 'syncCancel')).toHaveLength(1);
  await hold(page, true);
  await page.getByRole('button', { name: 'Sync now' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Cancelled.').waitFor();
});

test('settled days are compared with Jetty on request', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Compare with Jetty' }).click();
  await page.getByText(/4.000 new entries/).waitFor();
  expect((await callsNamed(page, 'syncStart')).map((one) => one.input)).toEqual([{ reconcile: true }]);
});

test('a sync that began by itself shows like any other, and its failure says what to do', async () => {
  const page = await open();
  await days(page).waitFor();
  await announce(page, 'SyncChanged', { running: true, by: 'schedule', result: null, error: null });
  await page.getByText('Syncing by schedule').waitFor();
  await announce(page, 'SyncProgress', { done: 3, total: 9, note: '3 of 9 days' });
  await page.getByText('Fetching, 33 %').waitFor();
  const error = { code: 'network', message: 'Jetty did not answer.', hint: 'Try again later.', retryable: true };
  await announce(page, 'SyncChanged', { running: false, by: 'schedule', result: null, error });
  await page.getByRole('alert').getByText('Try again later.').waitFor();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
});

test('a day at risk counts down, and can be fetched at once', async () => {
  const page = await open({ risk: true, hold: true });
  await page.getByText('The next unfetched day, Sun 19 Jul 2026, falls out of Jetty in 39 h.').waitFor();
  await page.getByRole('button', { name: 'Sync now' }).first().click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
});

test('the plan can be changed in place; without one the clock says what it does not know', async () => {
  const page = await open();
  await page.getByLabel('Plan').selectOption({ label: 'not known' });
  await page.getByText('How long Jetty keeps this log is not known').waitFor();
  await page.getByLabel('Plan').selectOption({ label: 'Fleet, keeps 365 days' });
  await page.getByText('Jetty keeps 365 days').waitFor();
});

test('import: what it would add is shown first; then it goes in, or not', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await page.getByText(/It would add 1.250 entries/).waitFor();
  await page.getByText('9 days with entries, 1–9 Jul 2026').waitFor();
  await page.getByText('Too Many Attempts').waitFor();
  expect(await callsNamed(page, 'importRun')).toHaveLength(0);
  await page.getByRole('button', { name: 'Do not import' }).click();
  expect(await callsNamed(page, 'importDiscard')).toHaveLength(1);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText(/1.250 entries were added/).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  await hold(page, true);
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Choose files…' }).waitFor();
});

test('dropping files sends their names and bytes, and shows what they would add', async () => {
  const page = await open();
  await days(page).waitFor();
  await page.getByTestId('drop-area').evaluate((area) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(2_500_000)], 'big.json'));
    transfer.items.add(new File(['[]'], 'small.json'));
    for (const type of ['dragenter', 'dragover', 'drop']) {
      area.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }
  });
  await page.getByText(/It would add 1.250 entries/).waitFor();
  const [begun] = await callsNamed(page, 'importBegin');
  expect(begun?.input).toEqual({
    files: [
      { name: 'big.json', size: 2_500_000 },
      { name: 'small.json', size: 2 },
    ],
  });
  expect(await callsNamed(page, 'importPiece')).toHaveLength(4);
});

test('the schedule is kept as chosen, and says when it is next', async () => {
  const page = await open();
  await page.getByLabel('Sync when the archive is opened').check();
  await page.getByLabel('While it is open, sync').selectOption('6');
  await page.getByText('Next: 15 Oct 2026, 15:45 WEST').waitFor();
  expect((await callsNamed(page, 'scheduleSet')).map((one) => one.input)).toEqual([
    { onOpen: true, everyHours: 0, onWake: false, notify: true },
    { onOpen: true, everyHours: 6, onWake: false, notify: true },
  ]);
  expect(await page.getByLabel('Sync when the archive is opened').isChecked()).toBe(true);
});

test('past runs, with those that failed and those that were broken off', async () => {
  const page = await open();
  const runs = page.getByRole('region', { name: 'Past runs' }).getByRole('row');
  await expect.poll(() => runs.count()).toBe(6);
  expect(await runs.nth(2).textContent()).toContain('did not answer within 30 s');
  expect(await runs.nth(4).textContent()).toContain('broken off');
  expect(await runs.nth(5).textContent()).toContain('audit-logs-2026-07-01.json');
});

test('the name in the top bar leads to the other archives, without a restart', async () => {
  const page = await open();
  await page.getByRole('button', { name: /^Archive Alfama Systems/ }).click();
  await page.getByRole('menuitem', { name: /staging/ }).click();
  await page.getByLabel(/^Passphrase for Alfama Systems . staging/).waitFor();
  expect((await callsNamed(page, 'archiveLock'))[0]?.input).toEqual({ next: 'archive-2' });
});

test('the made-up organisation is connected to nothing else; a read-only archive takes nothing in', async () => {
  const demo = await open({ demo: true });
  await demo.getByRole('button', { name: 'Sync now' }).waitFor();
  expect(await demo.getByRole('button', { name: 'Change', exact: true }).count()).toBe(0);
  expect(await demo.getByText('By itself').count()).toBe(0);
  const still = await open({ readOnly: true });
  await days(still).waitFor();
  expect(await still.getByRole('button', { name: /Sync now|Choose files|^Change/ }).count()).toBe(0);
  await still.getByText('Coastal, keeps 90 days').waitFor();
});

const STATES: readonly (readonly [string, OpenOptions, (page: Page) => Promise<void>])[] = [
  ['all is well', {}, (page) => days(page).waitFor()],
  ['a day at risk', { risk: true }, (page) => page.getByText('The next unfetched day').waitFor()],
  ['as a table', {}, (page) => page.getByRole('button', { name: 'As a table' }).click()],
  ['all years', { ledger: 900 }, (page) => page.getByText('All years').click()],
  ['read-only', { readOnly: true }, (page) => days(page).waitFor()],
  ['empty', { start: 'empty' }, (page) => page.getByText('Drop earlier exports').waitFor()],
  [
    'syncing',
    {},
    async (page) => {
      await days(page).waitFor();
      await announce(page, 'SyncChanged', { running: true, by: 'person', result: null, error: null });
      await announce(page, 'SyncProgress', { done: 3, total: 9, note: '3 of 9 days' });
      await page.getByText('3 of 9 days').waitFor();
    },
  ],
  [
    'failed',
    {},
    async (page) => {
      await days(page).waitFor();
      const error = { code: 'network', message: 'Jetty did not answer.', hint: 'Try again later.', retryable: true };
      await announce(page, 'SyncChanged', { running: false, by: 'person', result: null, error });
      await page.getByRole('alert').waitFor();
    },
  ],
  [
    'a preview',
    {},
    async (page) => {
      await page.getByRole('button', { name: 'Choose files…' }).click();
      await page.getByText('It would add').waitFor();
    },
  ],
  [
    'the menu of archives',
    {},
    async (page) => {
      await page.getByRole('button', { name: /^Archive Alfama/ }).click();
      await page.getByRole('menuitem', { name: /staging/ }).waitFor();
    },
  ],
];

test.each(STATES)(`axe finds nothing: %s`, async (_name, options, reach) => {
  const page = await open({ ...options, width: 1280, height: 800 });
  await reach(page);
  expect(await axeProblemsInBoth(page)).toEqual([]);
});
