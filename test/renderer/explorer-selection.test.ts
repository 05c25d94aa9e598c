import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeProblemsInBoth } from './axe.ts';
import { callsOf, type OpenOptions } from './harness.ts';
import { ON_ROW, openedWindows, soon } from './opened-windows.ts';

const opened = openedWindows();

async function open(options: OpenOptions = {}): Promise<Page> {
  const page = await opened(options);
  await page.locator('[data-key]').first().waitFor();
  return page;
}

const bar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Selected entries' });
const selected = (page: Page) => page.getByTestId('selected').getAttribute('data-count');
const row = (page: Page, n: number): Locator => page.locator('[data-key]').nth(n);
const total = (page: Page, n: number) => page.locator(`[data-testid="total"][data-total="${n}"]`).waitFor();
const inputs = async (page: Page, name: string) =>
  (await callsOf(page)).filter((one) => one.name === name).map((one) => one.input);

async function sayTag(page: Page, tag: string, by: string | null): Promise<void> {
  await page.keyboard.press('t');
  const form = page.getByRole('form', { name: 'Tag' });
  await form.waitFor();
  await page.keyboard.type(tag);
  if (by !== null) await form.getByLabel('Your name').fill(by);
  await form.getByLabel('Your name').press('Enter');
  await form.waitFor({ state: 'detached' });
}

test('x selects, Shift extends, Esc clears one layer at a time; the count is exact', async () => {
  const page = await open();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await bar(page).waitFor();
  await soon(() => selected(page)).toBe('1');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('Shift+J');
  await soon(() => selected(page)).toBe('3');
  await row(page, 6).click({ ...ON_ROW, modifiers: ['Shift'] });
  await soon(() => selected(page)).toBe('7');
  await row(page, 9).hover();
  await row(page, 9).getByRole('checkbox').click();
  await soon(() => selected(page)).toBe('8');
  expect(await page.getByTestId('drawer').count()).toBe(0);
  await page.keyboard.press('Escape');
  await bar(page).waitFor({ state: 'detached' });
});

test('all that match are selected by the query, not by the rows that are there', async () => {
  const page = await open({ address: '/?q=category:security' });
  await row(page, 0).waitFor();
  const matching = Number(await page.getByTestId('total').getAttribute('data-total'));
  await page.keyboard.press('j');
  await page.keyboard.press('X');
  await soon(() => selected(page)).toBe(String(matching));
  // One fewer, still counted by the archive.
  await page.keyboard.press('x');
  await soon(() => selected(page)).toBe(String(matching - 1));
  await bar(page)
    .getByRole('button', { name: /^Export/ })
    .click();
  await page.getByRole('menuitem', { name: /^NDJSON/ }).click();
  await page.getByText(`entries.ndjson: ${matching - 1} entries`).waitFor();
  const [request] = (await inputs(page, 'exportCreate')) as { listed: { keys: number[]; negated: boolean } }[];
  expect(request?.listed).toMatchObject({ negated: true });
  expect(request?.listed.keys).toHaveLength(1);
  // All that match are those of one question: another one ends it.
  await page.getByRole('combobox', { name: 'Search entries' }).fill('category:team');
  await bar(page).waitFor({ state: 'detached' });
});

test('a tag is put on what is selected, stands in row and drawer, is a filter, and can be taken back', async () => {
  const page = await open();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await soon(() => selected(page)).toBe('2');
  await sayTag(page, 'case 7', 'Marta Quintela');
  await row(page, 0).getByText('case 7').waitFor();
  await row(page, 1).getByText('case 7').waitFor();
  await page.keyboard.press('u');
  await row(page, 0).getByText('case 7').waitFor({ state: 'detached' });
  // The name that was given stands in the next form.
  await sayTag(page, 'case 8', null);
  await row(page, 1).getByText('case 8').waitFor();
  await page.keyboard.press('p');
  await row(page, 0).getByRole('img', { name: 'pinned' }).waitFor();
  await page.keyboard.press('Escape');
  await row(page, 1).click(ON_ROW);
  const panel = page.getByTestId('drawer').getByRole('region', { name: 'Tags, pin and notes' });
  await panel
    .getByText(/Marta Quintela, 15 Oct 2026, \d\d:\d\d WEST/)
    .first()
    .waitFor();
  await panel.getByRole('button', { name: 'Note' }).click();
  await page.keyboard.type('Asked her');
  await page.keyboard.press('Enter');
  await panel.getByText('Asked her').waitFor();
  await page.getByRole('combobox', { name: 'Search entries' }).fill('tag:"case 8" has:note');
  await total(page, 1);
  await page.getByRole('combobox', { name: 'Search entries' }).fill('tag:"case 8"');
  await total(page, 2);
  await panel.getByRole('button', { name: 'Take away the tag case 8' }).click();
  await total(page, 1);
  await page.keyboard.press('Escape');
});

test('in an archive open for reading only nothing can be marked, and the bar says why', async () => {
  const page = await open({ readOnly: true });
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await bar(page).getByText('Open for reading only: nothing can be marked.').waitFor();
  expect(await bar(page).getByRole('button', { name: /^Tag/ }).isDisabled()).toBe(true);
  expect(
    await bar(page)
      .getByRole('button', { name: /^Export 1/ })
      .isEnabled(),
  ).toBe(true);
});

test(`axe finds nothing with bar, menus and drawer open`, async () => {
  const page = await open({ width: 1280, height: 800, seenHours: 3 });
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await sayTag(page, 'case 7', 'Marta Quintela');
  await page.keyboard.press('p');
  await row(page, 0).getByRole('img', { name: 'pinned' }).waitFor();
  await page.keyboard.press('n');
  await page.getByRole('form', { name: 'Note' }).waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByTestId('drawer').waitFor();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Restore the usual columns' }).waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('form', { name: 'Keep this view' }).waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByTestId('drawer').getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('menuitem', { name: /As a link/ }).waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  // Nothing is cut off or runs out of the window.
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
