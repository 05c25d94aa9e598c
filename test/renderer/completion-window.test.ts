import { expect, test } from 'vitest';
import { axeProblems } from './axe.ts';
import { callsOf } from './harness.ts';
import { ON_ROW, openedWindows } from './opened-windows.ts';

const open = openedWindows();

test('the search bar completes fields and values by keyboard and by mouse', async () => {
  const page = await open();
  await page.locator('[data-key]').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('act');
  const options = page.getByRole('option');
  await expect.poll(() => options.allTextContents(), { timeout: 30_000 }).toHaveLength(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const field = page.getByLabel('Search entries');
  await expect.poll(() => field.inputValue(), { timeout: 30_000 }).toBe('actor:');
  // The archive knows its people, and how often each occurs.
  await options.first().waitFor();
  const first = await options.first().textContent();
  expect(first).toMatch(/@.+\d$/);
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await expect.poll(() => field.inputValue(), { timeout: 30_000 }).toMatch(/^actor:\S+@\S+ $/);
  await page.keyboard.press('Escape');
  expect((await callsOf(page)).some((call) => call.name === 'entriesDistinct')).toBe(true);
});

test('the drawer lists what the same person did around an entry, and goes there', async () => {
  const page = await open();
  await page.locator('[data-key]').nth(3).click(ON_ROW);
  const around = page.getByRole('region', { name: 'Around this' });
  await around.getByRole('listitem').first().waitFor();
  const before = page.url();
  await around.locator('ol a').first().click();
  await expect.poll(() => page.url(), { timeout: 30_000 }).not.toBe(before);
  expect(await axeProblems(page)).toEqual([]);
});
