import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeProblemsInBoth } from './axe.ts';
import { callsOf } from './harness.ts';
import { openedWindows, soon } from './opened-windows.ts';

// Of 400 entries, those at 10 to 51 are one line; there is a finding at 30 to 36.
const open = openedWindows({ rows: 400, repeats: true });

const rows = (page: Page) => page.locator('[data-key]');
const caret = (page: Page) => page.locator('[data-fold]').first();
const folded = (page: Page) => page.getByTestId('folded').textContent();
const space = '\u202f';

async function foldedWindow(options: Parameters<typeof open>[0] = {}): Promise<Page> {
  const page = await open(options);
  await rows(page).first().waitFor();
  await page.getByTestId('entries').focus();
  await page.keyboard.press('r');
  await caret(page).waitFor();
  return page;
}

test('repeats fold by key and by mouse, which is in the address; all counts go on counting entries', async () => {
  const page = await open();
  await rows(page).first().waitFor();
  expect(await caret(page).count()).toBe(0);
  expect((await callsOf(page)).filter(({ name }) => /Folded|Lines/.test(name))).toEqual([]);
  await page.getByRole('button', { name: 'Fold repeats' }).click();
  await caret(page).waitFor();
  expect(await caret(page).textContent()).toBe('× 42');
  expect(await caret(page).getAttribute('aria-label')).toMatch(/^42 entries since 05:\d\d$/);
  expect(await folded(page)).toBe('400 entries in 359 rows, 41 folded');
  expect(await page.getByTestId('total').getAttribute('data-total')).toBe('400');
  await page.getByRole('button', { name: 'Export 400' }).waitFor();
  const row = page.locator('[role="row"]', { has: caret(page) });
  expect(await row.textContent()).toContain('8 accounts');
  await row.locator('[data-severity]').waitFor();

  await page.reload();
  await caret(page).waitFor();
  await page.goBack();
  await caret(page).waitFor({ state: 'detached' });
  await page.goForward();
  await caret(page).waitFor();
  await page.getByTestId('entries').focus();
  await page.keyboard.press('r');
  await caret(page).waitFor({ state: 'detached' });
  expect(page.url()).not.toContain('fold');
});

test('a line opens in place and folds again; its entries open like any others, once each and in order', async () => {
  const page = await foldedWindow();
  const keys = () => rows(page).evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset.key)));
  const before = await keys();
  for (let i = 0; i < 11; i++) await page.keyboard.press('j');
  await page.getByText('Row 11 of 359').waitFor();
  await page.keyboard.press('Enter');
  await soon(() => folded(page)).toBe('400 entries in 400 rows, 0 folded');
  await page.getByText('Row 11 of 400').waitFor();
  const opened = await keys();
  expect(opened.slice(0, 11)).toEqual(before.slice(0, 11));
  expect(opened).toEqual(opened.map((_, i) => (opened[0] ?? 0) - i * 2048));

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page
    .getByTestId('drawer')
    .getByText(`log_${(12).toString(16).padStart(12, '0')}`)
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('drawer').waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowLeft');
  await page.getByText('Row 11 of 359').waitFor();
  await soon(() => keys()).toEqual(before);
  await caret(page).click();
  await soon(() => folded(page)).toBe('400 entries in 400 rows, 0 folded');
  await caret(page).click();
  await soon(() => folded(page)).toBe('400 entries in 359 rows, 41 folded');

  // Nothing is offered over the caret; beside it, values that the entries have in common are, and no others.
  const row = page.locator('[role="row"]', { has: caret(page) });
  const offers = page.locator('[data-offers]');
  await row.locator('[data-col="address"]').hover();
  await offers.waitFor();
  await row.locator('[data-col="action"]').hover({ position: { x: 10, y: 10 } });
  await offers.waitFor({ state: 'detached' });
  await row.locator('[data-col="address"]').hover();
  await offers.waitFor();
  await row.locator('[data-col="actor"]').hover();
  await offers.waitFor({ state: 'detached' });
});

test('the current entry stays the current one when the list folds, and its line is current where it is behind one', async () => {
  const page = await open();
  await rows(page).first().waitFor();
  await page.getByTestId('entries').focus();
  for (let i = 0; i < 61; i++) await page.keyboard.press('j');
  await page.getByText('Row 61 of 400').waitFor();
  await page.keyboard.press('r');
  await page.getByText('Row 20 of 359').waitFor();
  await page.keyboard.press('r');
  await page.getByText('Row 61 of 400').waitFor();
  for (let i = 0; i < 20; i++) await page.keyboard.press('k');
  await page.keyboard.press('r');
  await page.getByText('Row 11 of 359').waitFor();
});

test('selecting a folded line selects all its entries, and nothing twice', async () => {
  const page = await foldedWindow();
  const row = page.locator('[role="row"]', { has: caret(page) });
  const box = row.getByRole('checkbox');
  expect(await box.getAttribute('aria-label')).toBe('Select these 42 entries');
  for (let i = 0; i < 11; i++) await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('42 selected').waitFor();
  expect(await box.isChecked()).toBe(true);
  await page.keyboard.press('Shift+J');
  await page.getByText('43 selected').waitFor();
  await page.keyboard.press('Shift+K');
  await page.keyboard.press('Shift+K');
  await page.getByText('44 selected').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(/selected/).waitFor({ state: 'detached' });

  // Some of what is behind it: the box says neither.
  await caret(page).click();
  await page.getByText('Row 11 of 400').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('1 selected').waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.getByText('Row 11 of 359').waitFor();
  expect(await box.evaluate((one: HTMLInputElement) => one.indeterminate)).toBe(true);
  await page.keyboard.press('x');
  await page.getByText('42 selected').waitFor();
  await page.keyboard.press('Shift+X');
  await page.getByText('400 selected').waitFor();
  await page.keyboard.press('x');
  await page.getByText('358 selected').waitFor();
});

test('a saved view folds again', async () => {
  const page = await foldedWindow();
  await page.getByRole('button', { name: /^Views/ }).click();
  const form = page.getByRole('form', { name: 'Keep this view' });
  await form.getByLabel('Name of the view').fill('Bursts');
  await form.getByLabel('Your name').fill('Marta Quintela');
  await form.getByRole('button', { name: 'Keep' }).click();
  await form.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Views. Now: Bursts' }).waitFor();
  await page.getByTestId('entries').focus();
  await page.keyboard.press('r');
  await caret(page).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByRole('button', { name: /^Bursts/ }).click();
  await caret(page).waitFor();
});

test('what is open stays open while the archive grows', async () => {
  const page = await foldedWindow();
  await caret(page).click();
  await soon(() => folded(page)).toBe('400 entries in 400 rows, 0 folded');
  await page.evaluate(() => {
    const { fake } = window as unknown as {
      fake: { state: { version: number }; emit(name: string, what: object): void };
    };
    fake.state.version++;
    fake.emit('ArchiveChanged', { version: fake.state.version });
  });
  await soon(async () => (await callsOf(page)).filter(({ name }) => name === 'entriesFoldedListing').length).toBe(2);
  await soon(async () => (await callsOf(page)).filter(({ name }) => name === 'entriesLinesOf').length).toBe(1);
  expect(await folded(page)).toBe('400 entries in 400 rows, 0 folded');
  await page.waitForTimeout(500);
  expect(await folded(page)).toBe('400 entries in 400 rows, 0 folded');
});

test('the palette folds, too, from wherever one is', async () => {
  const page = await open({ address: '/overview' });
  await page.getByRole('heading', { name: 'Overview', exact: true }).waitFor({ state: 'attached' });
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Go to or do' }).fill('fold repeats');
  await page.getByRole('button', { name: /^Fold repeats/ }).click();
  await caret(page).waitFor();
});

test('a long list is folded, too, down to its end', async () => {
  const page = await foldedWindow({ rows: 20_000 });
  expect(await folded(page)).toBe(`20${space}000 entries in 19${space}959 rows, 41 folded`);
  await page.keyboard.press('End');
  await page.getByText(`Row 19${space}959 of 19${space}959`).waitFor();
});

test('axe finds nothing, folded and open', async () => {
  const page = await foldedWindow({ width: 1280, height: 800 });
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await caret(page).click();
  await soon(() => folded(page)).toContain('0 folded');
  expect(await axeProblemsInBoth(page)).toEqual([]);
});
