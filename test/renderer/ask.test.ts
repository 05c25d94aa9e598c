import { expect, test } from 'vitest';
import { axeProblems } from './axe.ts';
import { openedWindows } from './opened-windows.ts';

const open = openedWindows();

test('a plain question in the search bar is answered by Enter, and becomes conditions to correct', async () => {
  const page = await open();
  await page.locator('[data-key]').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('who deleted grafana last week carelessly?');
  const offer = page.getByRole('option').first();
  await expect
    .poll(() => offer.innerText(), { timeout: 30_000 })
    .toMatch(/^Ask[\s\S]*action is like \*deleted[\s\S]*target is grafana[\s\S]*5 Oct 2026 – 11 Oct 2026/);
  await expect.poll(() => offer.innerText(), { timeout: 30_000 }).toContain('not understood: “carelessly”');
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  const field = page.getByLabel('Search entries');
  await expect
    .poll(() => field.inputValue(), { timeout: 30_000 })
    .toBe('from:2026-10-05 to:2026-10-11 action:*deleted action:*removed action:*released target:grafana');
  const chips = page.getByRole('list', { name: 'Conditions' });
  await chips.getByRole('button', { name: 'Remove: action is like *released' }).click();
  await expect.poll(() => field.inputValue(), { timeout: 30_000 }).not.toContain('released');
});

test('words that may be meant as they are stay a search, and the offer is taken by Tab', async () => {
  const page = await open();
  await page.locator('[data-key]').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('failed logins');
  const field = page.getByLabel('Search entries');
  await page.getByRole('option', { name: /^Ask/ }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), { timeout: 30_000 }).toBe('BODY');
  expect(await field.inputValue()).toBe('failed logins');
  await page.keyboard.press('/');
  await page.keyboard.press('End');
  await page.keyboard.type(' ');
  await page.getByRole('option', { name: /^Ask/ }).waitFor();
  await page.keyboard.press('Tab');
  await expect.poll(() => field.inputValue(), { timeout: 30_000 }).toBe('action:user.login_failed');
});

test('the palette answers the same questions', async () => {
  const page = await open();
  await page.locator('[data-key]').first().waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Go to or do' }).fill('failed logins yesterday');
  await page.getByText('Ask: failed logins yesterday').waitFor();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.getByLabel('Search entries').inputValue(), { timeout: 30_000 })
    .toBe('from:2026-10-14 to:2026-10-14 action:user.login_failed');
});
