import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeProblemsInBoth } from './axe.ts';
import type { OpenOptions } from './harness.ts';
import { openedWindows } from './opened-windows.ts';

const opened = openedWindows();
const open = (address: string, options: OpenOptions = {}): Promise<Page> => opened({ address, ...options });

const PERSON = '/person?id=ines.duarte@alfama.example';
const panel = (page: Page, name: string | RegExp) => page.getByRole('region', { name });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const numberIn = (text: string | null): number => Number(/[\d\u202f]+/.exec(text ?? '')?.[0].replaceAll('\u202f', ''));

async function leadsToItsNumber(page: Page, link: ReturnType<Page['getByRole']>): Promise<void> {
  const said = numberIn(await link.textContent());
  expect(said).toBeGreaterThan(0);
  await link.click();
  await page.locator(`[data-testid="total"][data-total="${said}"]`).waitFor();
}

test.each([
  [
    'of all entries',
    (page: Page) =>
      page
        .getByRole('main')
        .getByRole('link', { name: /entries$/ })
        .first(),
  ],
  ['of a category', (page: Page) => panel(page, 'Over time').getByRole('link').first()],
  ['of an action', (page: Page) => panel(page, 'Actions').getByRole('link', { name: /^\d+$/ }).first()],
  ['of an address', (page: Page) => panel(page, 'Addresses').getByRole('link', { name: /^\d+$/ }).first()],
  ['of a thing touched', (page: Page) => panel(page, 'What was touched').getByRole('link', { name: /^\d+$/ }).first()],
])('the number %s is what the Explorer then shows', async (_what, link) => {
  const page = await open(PERSON);
  await heading(page, 'Ines Duarte').waitFor();
  await leadsToItsNumber(page, link(page));
});

test('from a value of the drawer to its page, from there to the next, and back again', async () => {
  const page = await open('/?e=8189952');
  const drawer = page.getByTestId('drawer');
  await drawer.getByRole('link', { name: /^198\.51\.100/ }).click();
  await page.getByText('Quaymark').first().waitFor();
  expect(page.url()).toContain('/address?ip=');
  await panel(page, 'Who').getByRole('link', { name: /[a-z]/i }).first().click();
  await page.waitForURL(/\/person\?id=/);
  await panel(page, 'Teams').getByRole('link', { name: 'Platform' }).click();
  await heading(page, 'Platform').waitFor();
  await page.goBack();
  await page.waitForURL(/\/person\?id=/);
});

test('a lifeline begins where the archive begins, has its gaps, and folds what lies between', async () => {
  const page = await open('/tunnel?id=grafana');
  const life = panel(page, 'Lifeline');
  await life.getByText('The archive begins here; what was before is not known.').waitFor();
  await life.getByRole('button', { name: /lines between$/ }).click();
  await life.getByText('2 days could not be fetched any more: what happened then is not known').waitFor();
  const lines = await life.getByRole('listitem').allTextContents();
  expect(lines.at(-1)).toContain('Last entry:');
});

test('the week and the time are tables too, and the side that is looked at is in the address', async () => {
  const page = await open(`${PERSON}&side=by`);
  await expect.poll(() => panel(page, 'By hour of the week').getByRole('row').count()).toBe(8);
  await expect.poll(() => panel(page, 'Over time').getByRole('row').count()).toBeGreaterThan(3);
  expect(await panel(page, 'Over time').getByRole('table').textContent()).toContain('authentication');
  const team = await open('/team?id=Platform');
  await heading(team, 'Platform').waitFor();
  expect(await team.getByRole('navigation', { name: 'What is looked at' }).count()).toBe(0);
});

test('findings that concern somebody lead to themselves', async () => {
  const page = await open(PERSON);
  await panel(page, 'Findings').getByRole('link').first().click();
  await page.waitForURL(/\/findings\?f=/);
});

test('a value that no entry names says what the archive covers', async () => {
  const page = await open('/token?id=nothing');
  await heading(page, 'nothing').waitFor();
  await page.getByText('No entry names this token').waitFor();
  await page.getByText(/The archive covers \d+ \w+ \d+ to 15 Oct 2026/).waitFor();
});

test('the palette finds people, addresses and teams after an @, and what was looked at last', async () => {
  const page = await open(PERSON);
  await heading(page, 'Ines Duarte').waitFor();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('textbox', { name: 'Go to or do' });
  await page.getByRole('button', { name: /^Ines Duarte/ }).waitFor();
  await field.fill('@198.51');
  await page
    .getByRole('button', { name: /^198\.51/ })
    .first()
    .click();
  await page.waitForURL(/\/address\?ip=198\.51/);
  await page.keyboard.press('Control+k');
  await field.fill('@marta');
  expect(await page.getByRole('button', { name: /^Show only/ }).count()).toBe(0);
  await page.getByRole('button', { name: /^Marta Quintela/ }).click();
  await heading(page, 'Marta Quintela').waitFor();
});

test('hostile names are text with their hidden characters shown', async () => {
  const page = await open('/person?id=bad_1', { hostile: true });
  await page.getByRole('heading', { level: 1 }).getByTitle('Hidden character U+202E').waitFor();
  expect(await page.evaluate(() => (window as unknown as { pwned?: number }).pwned)).toBeUndefined();
});

test.each([PERSON, '/address?ip=198.51.100.3', '/tunnel?id=grafana', '/token?id=ci-deploy-2', '/team?id=nobody'])(
  `axe finds nothing: %s`,
  async (address) => {
    const page = await open(address, { width: 1280, height: 800 });
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (!address.includes('nobody')) await panel(page, 'Over time').getByRole('link').first().waitFor();
    expect(await axeProblemsInBoth(page)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(wide).toBe(false);
  },
);
