import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { enterDemo, openCount } from '../support/in-the-window.ts';
import { openWindow } from '../support/open-window.ts';

const RULE = `title: Every new token
name: every-new-token
level: high
logsource: {product: jetty, service: audit}
detection:
  selection: {meaning: token_created}
  condition: selection
why: '{actor} created “{target}” {time}.'
`;

const detail = (page: Page) => page.getByRole('region', { name: 'Finding', exact: true });

it('findings: from the list to a decision that outlives the lock, and a rule of one’s own that finds what it promised', async () => {
  const { page } = await openWindow();
  await enterDemo(page);
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await page
    .getByText(/38 failed sign-ins/)
    .first()
    .click();
  await detail(page).getByRole('table').filter({ hasText: 'Monday' }).waitFor({ state: 'attached' });
  await detail(page).getByRole('region', { name: 'Entries' }).getByText('Margaret Oyelaran').first().waitFor();
  const before = await openCount(page);
  const title = (await detail(page).getByRole('heading', { level: 2 }).first().textContent()) ?? '';

  // Decided by keys, with a reason; the next one comes up.
  await page.keyboard.press('c');
  await page.keyboard.type('Not her: account suspended');
  await page.getByRole('form').getByLabel('Your name').fill('Marta Quintela');
  await page.keyboard.press('Enter');
  await expect.poll(() => openCount(page)).toBe(before - 1);
  await page.keyboard.press('u');
  await expect.poll(() => openCount(page)).toBe(before);
  await detail(page).getByText('Took back the line before').waitFor();
  await page.keyboard.press('c');
  await page.keyboard.type('Not her: account suspended');
  await page.keyboard.press('Enter');
  await expect.poll(() => openCount(page)).toBe(before - 1);

  // It is still said after the archive was locked.
  await page.keyboard.press('Control+l');
  await page
    .getByRole('button', { name: /made-up organisation/ })
    .first()
    .waitFor();
  await enterDemo(page);
  await page.getByRole('link', { name: /^Findings/ }).click();
  await page.getByRole('button', { name: /^State/ }).click();
  await page.getByRole('menuitem', { name: /^Confirmed/ }).click();
  await detail(page).getByRole('heading', { name: title, exact: true }).waitFor();
  expect(await detail(page).getByText('Not her: account suspended').count()).toBe(2);

  // A rule says what it would have found, and that is what it finds once it is kept.
  await page.getByRole('link', { name: 'Rules' }).click();
  await page.getByRole('button', { name: 'New rule' }).click();
  const text = page.getByRole('textbox', { name: 'Text of the rule, as YAML' });
  await text.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(RULE.replace('token_created}', 'token_created, colour: red}'));
  await page.getByText(/Line 6, column \d+/).waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(RULE);
  await page.getByRole('button', { name: 'all', exact: true }).click();
  await page.getByText('in all of the archive, here.').waitFor();
  await expect.poll(async () => Number(await page.getByTestId('would-find').textContent())).toBeGreaterThan(3);
  const promised = Number(await page.getByTestId('would-find').textContent());
  await page.getByLabel('What it is for').fill('Every token is looked at this month');
  await page.getByRole('button', { name: 'Keep the rule' }).click();
  const row = page.getByRole('row').filter({ hasText: 'every-new-token' });
  await row.getByText('yours').waitFor();
  // Together with other rules one happening may hold several of its hits, never more.
  const found = Number(await row.getByRole('cell').nth(1).textContent());
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThanOrEqual(promised);
});
