import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeProblemsInBoth } from './axe.ts';
import { openedWindows } from './opened-windows.ts';

const open = openedWindows({ address: '/overview', rows: 20_000 });

const panel = (page: Page, name: string | RegExp) => page.getByRole('region', { name });
const numberIn = (text: string | null): number => Number(/[\d\u202f]+/.exec(text ?? '')?.[0].replaceAll('\u202f', ''));

// Each number of the screen, as the link that leads to what it counts.
const NUMBERS: readonly (readonly [what: string, region: RegExp, link: RegExp])[] = [
  ['privileged changes', /^Newest privileged/, /in 30 days$/],
  ['the last 30 days', /^Activity/, /entries$/],
  ['the 30 days before', /^Activity/, /the 30 days before$/],
  ['all entries', /^Held here/, /^[\d\s]+$/],
];

test('each number is what the Explorer then shows', async () => {
  const page = await open();
  for (const [what, region, name] of NUMBERS) {
    const link = panel(page, region).getByRole('link', { name }).first();
    const said = numberIn(await link.textContent());
    expect(said, what).toBeGreaterThan(0);
    await link.click();
    await page.locator(`[data-testid="total"][data-total="${said}"]`).waitFor();
    await page.goBack();
  }
});

test('open findings lead to those of their severity; a change to its entry and to its finding; a day to its entries', async () => {
  const page = await open();
  const high = panel(page, 'Open findings').getByRole('listitem').filter({ hasText: 'High' });
  expect(await high.getByRole('link').textContent()).toBe('1');
  await high.getByRole('link').click();
  await page.getByRole('heading', { name: 'Repeated failed sign-ins against one account' }).waitFor();
  expect(page.url()).toContain('sev=');
  await page.goBack();
  const change = panel(page, /^Newest privileged/)
    .getByRole('listitem')
    .first();
  await change.getByRole('link', { name: /^[A-Z]\w+ (a|the|an) / }).click();
  await page.getByTestId('drawer').waitFor();
  await page.goBack();
  await page.locator('[data-day="2026-09-02"]').click();
  await expect.poll(() => page.getByLabel('Search entries').inputValue()).toContain('2026-09-02');
});

test('activity is a table too, and g o leads here', async () => {
  const page = await open({ address: '/findings' });
  await page.getByRole('heading', { name: 'Findings', exact: true }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  const rows = panel(page, /^Activity/).getByRole('row');
  await expect.poll(() => rows.count()).toBe(31);
  expect(await rows.last().textContent()).toMatch(/^15 Oct 2026\d+/);
});

test(`axe finds nothing`, async () => {
  const page = await open({ width: 1280, height: 800 });
  await panel(page, /^Newest privileged/)
    .getByRole('listitem')
    .nth(3)
    .waitFor();
  await panel(page, /^Activity/)
    .getByRole('link')
    .first()
    .waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
});
