import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { callsOf, type OpenOptions } from './harness.ts';
import { ON_ROW, openedWindows, soon } from './opened-windows.ts';

const opened = openedWindows();

async function open(options: OpenOptions = {}): Promise<Page> {
  const page = await opened(options);
  await page.locator('[data-key]').first().waitFor();
  return page;
}

const search = (page: Page) => page.getByRole('combobox', { name: 'Search entries' });
const heads = async (page: Page) =>
  (await page.getByTestId('entries').getByRole('columnheader').allTextContents())
    .map((text) => text.trim())
    .filter((text) => text !== '');
const total = async (page: Page) => Number(await page.getByTestId('total').getAttribute('data-total'));
const hash = (page: Page) => new URL(page.url()).hash;

async function keep(page: Page, name: string, by: string | null): Promise<void> {
  await page.getByRole('button', { name: /^Views/ }).click();
  const form = page.getByRole('form', { name: 'Keep this view' });
  await form.getByLabel('Name of the view').fill(name);
  if (by !== null) await form.getByLabel('Your name').fill(by);
  await form.getByRole('button', { name: 'Keep' }).click();
  await form.waitFor({ state: 'detached' });
}

test('a view keeps query and columns, and brings both back; g v opens the list', async () => {
  const page = await open({ address: '/?q=category:security' });
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Team', exact: true }).check();
  await page.getByRole('checkbox', { name: 'Age', exact: true }).uncheck();
  await page.keyboard.press('Escape');
  await soon(() => heads(page)).toContain('Team');
  await keep(page, 'Credentials', 'Marta Quintela');
  await page.getByRole('button', { name: 'Views. Now: Credentials' }).waitFor();
  // The columns of this person change; the view keeps its own.
  await search(page).fill('category:team');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Restore the usual columns' }).click();
  await soon(() => heads(page)).not.toContain('Team');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('v');
  await page.getByRole('button', { name: /^Credentials/ }).click();
  await soon(() => heads(page)).toContain('Team');
  expect(await search(page).inputValue()).toBe('category:security');
  await page.reload();
  await page.locator('[data-key]').first().waitFor();
  await soon(() => heads(page)).toContain('Team');
});

test('a view is renamed, replaced, and removed with a way back', async () => {
  const page = await open({ address: '/?q=category:security' });
  await keep(page, 'Keys', 'Marta Quintela');
  await page.getByRole('button', { name: 'Views. Now: Keys' }).click();
  await page.getByRole('button', { name: 'Rename Keys' }).click();
  await page.getByLabel('New name').fill('Security');
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await page.getByRole('button', { name: 'Remove Security' }).click();
  await page.getByText('No view is kept yet.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Views. Now: Security' }).waitFor();
  const removed = (await callsOf(page)).filter((one) => one.name === 'viewsRemove');
  expect(removed).toHaveLength(1);
});

test('dates of a view are instants: another zone shows the same entries', async () => {
  const page = await open({ address: '/?q=from:2026-10-12%20to:2026-10-13' });
  const there = await total(page);
  await keep(page, 'Two days', 'Marta Quintela');
  await page.keyboard.press('Escape');
  await page.keyboard.press('z');
  await page.getByRole('button', { name: 'Time zone: UTC' }).waitFor();
  await page.getByRole('button', { name: /^Views/ }).click();
  await page.getByRole('button', { name: /^Two days/ }).click();
  await soon(() => hash(page)).toContain('2026-10-11T23%3A00%3A00.000Z');
  await soon(() => total(page)).toBe(there);
});

test('in an archive open for reading only views are opened, not kept', async () => {
  const page = await open({ readOnly: true });
  await page.getByRole('button', { name: /^Views/ }).click();
  await page.getByText('views can be opened, not kept').waitFor();
});

test('what is new since all was seen: counted, a filter, a line in the table, and marked as seen with a way back', async () => {
  const page = await open({ seenHours: 1 });
  const chip = page.getByRole('button', { name: /^\d+ new since Thu 15 Oct, 08:45 WEST$/ });
  await chip.waitFor();
  const fresh = Number.parseInt((await chip.textContent()) ?? '', 10);
  await page.getByText('new above').waitFor();
  await chip.click();
  await soon(() => total(page)).toBe(fresh);
  await page.getByRole('button', { name: 'Mark as seen' }).click();
  await chip.waitFor({ state: 'detached' });
  await soon(() => total(page)).toBe(4_000);
  await page.getByRole('button', { name: 'Undo' }).click();
  await chip.waitFor();
});

test('whoever opens an archive for the first time is not told that all of it is new', async () => {
  const page = await open();
  await soon(async () => (await callsOf(page)).filter((one) => one.name === 'viewsLook').length).toBe(1);
  expect(await page.getByRole('button', { name: 'Mark as seen' }).count()).toBe(0);
});

test('columns are sized and moved by keys and by the mouse, fitted, and kept for this person', async () => {
  const page = await open();
  const edge = page.getByRole('separator', { name: 'Width of Actor' });
  const width = async () => (await page.locator('[data-head="actor"]').boundingBox())?.width ?? 0;
  const before = await width();
  await edge.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await soon(width).toBe(before + 40);
  await page.keyboard.press('Alt+ArrowLeft');
  await soon(async () => (await heads(page)).indexOf('Actor')).toBe(2);
  const box = await edge.boundingBox();
  if (!box) throw new Error('no edge');
  await page.mouse.move(box.x + box.width / 2, box.y + 6);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 60, box.y + 6, { steps: 4 });
  await page.mouse.up();
  await soon(width).toBe(before + 100);
  await edge.dblclick();
  await soon(width).toBeLessThan(before + 100);
  await soon(async () => {
    const sets = (await callsOf(page)).filter((one) => one.name === 'preferencesSet');
    return (sets.at(-1)?.input as { columns?: string } | undefined)?.columns ?? '';
  }).toMatch(/^severity,time,actor:\d+,age,/);
  const code = await page.locator('[data-head="code"]').boundingBox();
  const target = await page.locator('[data-head="target"]').boundingBox();
  if (!code || !target) throw new Error('no heads');
  await page.mouse.move(code.x + 10, code.y + 14);
  await page.mouse.down();
  await page.mouse.move(target.x + target.width - 20, target.y + 14, { steps: 4 });
  await page.mouse.up();
  await soon(async () => (await heads(page)).slice(-4)).toEqual(['Target', 'Code', 'Address', 'Network']);
});

test('a cell under the pointer offers only this and not this', async () => {
  const page = await open();
  const cell = page.locator('[data-key]').first().locator('[data-col="actor"]');
  await cell.hover();
  await page.getByRole('button', { name: /^Not actor marta/ }).click();
  await soon(() => search(page).inputValue()).toBe('-actor:marta.quintela@alfama.example');
  // What was under the pointer is forgotten when other rows come: they have to be there first.
  await soon(() => page.locator('[data-key]').filter({ hasText: 'Marta Quintela' }).count()).toBe(0);
  await soon(() => page.locator('[data-stale]').count()).toBe(0);
  await page.locator('[data-key]').first().locator('[data-col="code"]').hover();
  await page.getByRole('button', { name: /^Only code / }).waitFor();
  await page.keyboard.press('f');
  await soon(() => search(page).inputValue()).toContain('action:');
});

test('+ and - make the period shorter and longer; brackets move it', async () => {
  const page = await open({ address: '/?q=from:2026-10-12T00:00%20to:2026-10-12T23:59:59.999' });
  await page.keyboard.press('+');
  await soon(() => search(page).inputValue()).toBe('from:2026-10-12T06:00 to:2026-10-12T17:59:59.999');
  await page.keyboard.press('-');
  await soon(() => search(page).inputValue()).toBe('from:2026-10-12T00:00 to:2026-10-12T23:59:59.999');
  await page.keyboard.press('[');
  await soon(() => search(page).inputValue()).toBe('from:2026-10-11T00:00 to:2026-10-11T23:59:59.999');
});

test('what no screen understands leaves the address', async () => {
  const page = await open({ address: '/?q=category:security&e=nonsense&c=colour&foo=1' });
  await soon(() => hash(page)).toBe('#/?q=category%3Asecurity');
  const rules = await opened({ address: '/rules?r=login_after_failures&e=7&x=y' });
  await soon(() => hash(rules)).toBe('#/rules?r=login_after_failures');
});

test('another version of an entry shows what is different; a link to it opens it', async () => {
  const page = await open();
  await page.locator('[data-key]').nth(20).click(ON_ROW);
  const drawer = page.getByTestId('drawer');
  const changes = drawer.getByRole('list', { name: 'What is different' });
  await changes.getByText(/after: .*Rotated/).waitFor();
  expect(await changes.getByRole('listitem').count()).toBeLessThan(8);
  await drawer.getByRole('link', { name: /15 Oct 2026 UTC/ }).waitFor();
  const link = page.url();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  await search(page).fill(
    link.replace(/#.*/, (part) => part.replace(/\?.*/, `?e=${new URLSearchParams(part.split('?')[1]).get('e')}`)),
  );
  await drawer.waitFor();
});
