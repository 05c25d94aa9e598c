import type { Locator, Page } from 'playwright-core';

// What people do in every walk through the window, whatever it is about.

/** Opens the made-up organisation, and waits until its log is there and the rules have run. */
export async function enterDemo(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /made-up organisation/ })
    .first()
    .click();
  await page.getByRole('link', { name: /^Findings, \d+ open/ }).waitFor();
}

/** How many findings are open, as the rail says. */
export async function openCount(page: Page): Promise<number> {
  const label = await page.getByRole('link', { name: /^Findings, \d+ open/ }).getAttribute('aria-label');
  return Number(/\d+/.exec(label ?? '')?.[0]);
}

/** The rows of the Explorer's list that are painted. */
export function rows(page: Page): Locator {
  return page.getByRole('grid', { name: /Entries/ }).getByRole('row');
}

export async function search(page: Page, query: string): Promise<void> {
  await page.keyboard.press('/');
  await page.getByLabel('Search entries').fill(query);
  await page.keyboard.press('Enter');
}
