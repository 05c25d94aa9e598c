import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { enterDemo } from '../support/in-the-window.ts';
import { openWindow } from '../support/open-window.ts';

/** Somebody at this address tries passwords until one fits: whenever the demo is made, its failures stand next to each other. */
const INTRUDER = '185.220.101.47';

const total = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('total').getAttribute('data-total', { timeout: 30_000 }));

it('explorer: three entries are tagged, still are after a reload and a lock, and exactly they are exported', async () => {
  const { app, page, home } = await openWindow();
  await enterDemo(page);
  await page.locator('[data-key]').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('Shift+J');
  await expect.poll(() => page.getByTestId('selected').getAttribute('data-count')).toBe('3');
  await page.keyboard.press('t');
  const form = page.getByRole('form', { name: 'Tag' });
  await form.waitFor();
  await page.keyboard.type('case 7');
  await form.getByLabel('Your name').fill('Marta Quintela');
  await form.getByLabel('Your name').press('Enter');
  await expect.poll(() => page.locator('[data-key]').getByText('case 7').count()).toBe(3);

  await page.reload();
  await expect.poll(() => page.locator('[data-key]').getByText('case 7').count()).toBe(3);
  await page.keyboard.press('Control+l');
  await enterDemo(page);
  await page.getByRole('link', { name: 'Explorer' }).click();
  const everything = await total(page);
  await page.getByRole('combobox', { name: 'Search entries' }).fill('tag:"case 7"');
  await expect.poll(() => total(page)).toBe(3);
  expect(everything).toBeGreaterThan(3);

  // A view of them, found again by its name; and what is selected, exported.
  await page.getByRole('button', { name: /^Views/ }).click();
  const keep = page.getByRole('form', { name: 'Keep this view' });
  await keep.getByLabel('Name of the view').fill('Case seven');
  await keep.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: 'Views. Now: Case seven' }).waitFor();
  await keep.waitFor({ state: 'detached' });
  await page.getByRole('grid', { name: 'Entries, newest first' }).focus();
  await page.keyboard.press('X');
  await expect.poll(() => page.getByTestId('selected').getAttribute('data-count')).toBe('3');
  await page
    .getByRole('toolbar', { name: 'Selected entries' })
    .getByRole('button', { name: 'Export 3 entries' })
    .click();
  const file = join(home, 'entries.ndjson');
  await app.answerNextDialog(file);
  await page.getByRole('menuitem', { name: /^NDJSON/ }).click();
  await page.getByText('entries.ndjson: 3 entries').waitFor();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id)).size).toBe(3);
});

it('explorer: repeats fold into rows that hold every entry once, and what is selected with one is exported whole', async () => {
  const { app, page, home } = await openWindow();
  await enterDemo(page);
  await page.locator('[data-key]').first().waitFor();
  await page.getByRole('combobox', { name: 'Search entries' }).fill(`action:*failed* ip:${INTRUDER}`);
  await page.getByRole('grid', { name: 'Entries, newest first' }).focus();
  await page.keyboard.press('r');
  const caret = page.locator('[data-fold]').first();
  await caret.waitFor();
  const counts = async (): Promise<number[]> =>
    ((await page.getByTestId('folded').textContent()) ?? '').replaceAll('\u202f', '').match(/\d+/g)?.map(Number) ?? [];
  const [entries = 0, rows = 0, behind = 0] = await counts();
  expect(entries).toBe(await total(page));
  expect(rows + behind).toBe(entries);
  expect(behind).toBeGreaterThan(0);

  const length = Number(/\d+/.exec((await caret.getAttribute('aria-label')) ?? '')?.[0]);
  const row = page.locator('[role="row"]', { has: caret }).first();
  await row.getByRole('checkbox').click();
  await expect.poll(() => page.getByTestId('selected').getAttribute('data-count')).toBe(String(length));
  await page
    .getByRole('toolbar', { name: 'Selected entries' })
    .getByRole('button', { name: `Export ${length} entries` })
    .click();
  const file = join(home, 'entries.ndjson');
  await app.answerNextDialog(file);
  await page.getByRole('menuitem', { name: /^NDJSON/ }).click();
  await page.getByText(`entries.ndjson: ${length} entries`).waitFor();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const told = lines.map((line) => JSON.parse(line) as { id: string; action: string });
  expect(new Set(told.map(({ id }) => id)).size).toBe(length);
  expect(new Set(told.map(({ action }) => action)).size).toBe(1);

  // Its box made it the current row, which the bar may lie over.
  await page.getByRole('grid', { name: 'Entries, newest first' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await counts())[1]).toBe(rows + length - 1);
  expect((await counts())[0]).toBe(entries);
});
