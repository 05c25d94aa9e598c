import { expect, it } from 'vitest';
import { enterDemo, openCount } from '../support/in-the-window.ts';
import { openWindow } from '../support/open-window.ts';

it('settings: offices move the findings, and what was chosen outlives the lock', async () => {
  const { page } = await openWindow();
  await enterDemo(page);
  const before = await openCount(page);
  await page.keyboard.press('Control+,');
  const offices = page.getByRole('region', { name: 'Offices', exact: true });
  await offices.getByText('Nobody has said when people work here').waitFor();
  await page.getByLabel('Changes are signed by').fill('Marta Quintela');

  // An office that is hardly ever at work: far more happens while none is.
  await offices.getByRole('button', { name: 'Add an office' }).click();
  const form = page.getByRole('form', { name: 'New office' });
  await form.getByLabel('Name').fill('Night watch');
  await form.getByLabel('Opens, hours').fill('03');
  await form.getByLabel('Closes, hours').fill('04');
  await form.getByRole('button', { name: 'Keep' }).click();
  await offices.getByText('Last changed by Marta Quintela').waitFor();
  await expect.poll(() => openCount(page), { timeout: 30_000 }).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Undo' }).click();
  await offices.getByText('Nobody has said when people work here').waitFor();
  await expect.poll(() => openCount(page), { timeout: 30_000 }).toBe(before);

  await page.getByText('Compact', { exact: true }).click();
  await page.getByLabel('Lock when nobody is there').selectOption('After 5 minutes');
  const retention = page.getByRole('region', { name: 'Retention and holds' });
  await retention.getByLabel('Entries are kept').selectOption('1 year');
  await retention.getByText(/No entry is older than|Applying this deletes/).waitFor();

  await page.keyboard.press('Control+l');
  await enterDemo(page);
  await page.reload();
  await page.keyboard.press('Control+,');
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.density)).toBe('compact');
  await expect.poll(() => page.getByLabel('Lock when nobody is there').inputValue()).toBe('5');
  await expect.poll(() => retention.getByLabel('Entries are kept').inputValue()).toBe('366');
});
