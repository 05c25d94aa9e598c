import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeProblemsInBoth } from './axe.ts';
import { callsOf } from './harness.ts';
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

test('only the screen of findings asks for all of them: elsewhere they are counted and named, and the numbers are the same', async () => {
  const page = await open({ address: '/' });
  const counted = await page.getByRole('link', { name: /^Findings, \d+ open$/ }).getAttribute('aria-label');
  await page.locator('[data-key]').first().waitFor();
  await page.getByTestId('entries').focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('PageDown');
  await page.locator('[data-key] [data-severity]').first().waitFor();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('textbox', { name: 'Go to or do' });
  await field.fill('many failures');
  await page.getByRole('button', { name: /^Sign-in after many failures/ }).waitFor();
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  await page.getByTestId('entries').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  const [said] = await panel(page, 'Open findings').getByRole('link', { name: /open$/ }).allTextContents();
  expect(counted).toBe(`Findings, ${said}`);
  expect((await callsOf(page)).filter(({ name }) => name === 'findingsList')).toEqual([]);
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await page.locator('[id^="finding-F-"]').first().waitFor();
  expect(await page.locator('[id^="finding-F-"]').count()).toBe(numberIn(said ?? ''));
  expect((await callsOf(page)).filter(({ name }) => name === 'findingsList')).toHaveLength(1);
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
