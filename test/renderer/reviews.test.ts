import dayjs from 'dayjs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Input } from '../../src/shared/contract.ts';
import { axeProblemsInBoth } from './axe.ts';
import { callsOf } from './harness.ts';
import { openedWindows, soon } from './opened-windows.ts';

const open = openedWindows({ address: '/reviews' });

/** The access review that is under way in the fake, and the signed one before it. */
const GOING = '/reviews?r=R-8';
const SIGNED = '/reviews?r=R-4';

const items = (page: Page) => page.getByTestId('items');
const current = (page: Page) => items(page).locator('[data-current]');
const decided = async (page: Page) => Number(await page.getByTestId('progress').getAttribute('data-decided'));

async function inputs<M extends 'reviews.decide' | 'reviews.undo' | 'reviews.start' | 'reviews.savePlan'>(
  page: Page,
  name: M,
) {
  const bridge = name.replace(/\.(\w)/, (_all, letter: string) => letter.toUpperCase());
  return (await callsOf(page)).filter((one) => one.name === bridge).map((one) => one.input as Input<M>);
}

/** Says who decides, as the dialog asks before the first decision. */
async function decideAs(page: Page, name: RegExp): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Who decides here?' });
  const option = await dialog.getByRole('option', { name }).getAttribute('value');
  await dialog.getByRole('combobox').selectOption(option ?? '');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function worksheet(page: Page): Promise<void> {
  await current(page).getByText('Daniel Osei').waitFor();
}

test('what is due, under way and signed stands in lists and in the calendar of the coming weeks', async () => {
  const page = await open();
  const region = (name: string) => page.getByRole('region', { name });
  await region('In progress').getByRole('link', { name: 'Access review Q3 2026' }).waitFor();
  expect(await region('In progress').textContent()).toMatch(/37 of 52 decided.*in 6 d/);
  expect(await region('Due').getByRole('listitem').allTextContents()).toEqual([
    expect.stringMatching(/^Failed logins.*overdue 10 h/),
    expect.stringMatching(/^Permission changes.*in 9 h/),
    expect.stringMatching(/^Everything.*3 open exceptions/),
    expect.stringMatching(/^Token activity/),
  ]);
  await region('History')
    .getByText(/^signed/)
    .waitFor();
  const weeks = region('Coming weeks').getByRole('row');
  expect(await weeks.count()).toBe(6);
  await region('Coming weeks').getByRole('link', { name: 'Access review Q3 2026' }).click();
  await worksheet(page);
});

test('the worksheet opens at the first item to decide; K keeps it, and the next one is there', async () => {
  const page = await open({ address: GOING });
  await worksheet(page);
  expect(await page.getByRole('region', { name: 'Population' }).textContent()).toMatch(/52.*91 of 92.*SHA-256/);
  await page.keyboard.press('k');
  await decideAs(page, /Marta/);
  await page.keyboard.press('k');
  await soon(() => decided(page)).toBe(38);
  await current(page).getByText('Ines Duarte 2').waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await soon(() => decided(page)).toBe(40);
  expect((await inputs(page, 'reviews.decide')).map(({ chosen }) => chosen)).toEqual(
    [8, 12, 13].map((n) => ({ kind: 'items', items: [n] })),
  );
  await page.keyboard.press('u');
  await soon(() => decided(page)).toBe(39);
});

test('a decision that needs its reason asks for it, with evidence and ticket', async () => {
  const page = await open({ address: GOING });
  await worksheet(page);
  await page.keyboard.press('x');
  await decideAs(page, /Marta/);
  await page.keyboard.press('x');
  const form = page.getByRole('form', { name: 'Decision' });
  await form.getByRole('button', { name: 'Decide' }).waitFor();
  expect(await form.getByRole('button', { name: 'Decide' }).isDisabled()).toBe(true);
  await page.keyboard.type('Shares an account');
  await form.getByLabel('Ticket').fill('SEC-12');
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Exceptions' }).getByText('Shares an account').waitFor();
  expect((await inputs(page, 'reviews.decide'))[0]).toMatchObject({ verdict: 'exception', ticket: 'SEC-12' });
});

test('nobody decides their own access: the row says so, and the refusal is shown', async () => {
  const page = await open({ address: GOING });
  await worksheet(page);
  await page.keyboard.press('k');
  await decideAs(page, /Daniel/);
  await current(page).getByText('Your own access: somebody else decides it').waitFor();
  await page.keyboard.press('k');
  await page.getByText('Nobody decides their own access.').waitFor();
  expect(await decided(page)).toBe(37);
});

test('many are decided at once: a run of them, and all that is left', async () => {
  const page = await open({ address: `${GOING}&view=open` });
  await worksheet(page);
  await page.keyboard.press('k');
  await decideAs(page, /Marta/);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByText('3 items:').waitFor();
  await page.keyboard.press('k');
  await soon(() => decided(page)).toBe(40);
  await page.keyboard.press('Control+a');
  await page.getByText('12 items:').waitFor();
  await page.keyboard.press('k');
  await page.getByText('Everything is decided.').waitFor();
  expect((await inputs(page, 'reviews.decide')).at(-1)?.chosen).toEqual({ kind: 'open' });
  await page.getByRole('button', { name: 'Undo (U)' }).click();
  await soon(() => decided(page)).toBe(40);
});

test('Enter shows the item in full, Esc closes one layer after the other', async () => {
  const page = await open({ address: GOING });
  await worksheet(page);
  await page.keyboard.press('Enter');
  const full = page.getByRole('region', { name: 'Item in full' });
  await full.getByText('daniel.osei@alfama.example').waitFor();
  await page.keyboard.press('j');
  await full.getByText('sofia.matos@alfama.example').waitFor();
  await page.keyboard.press('Escape');
  await full.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Reviews', level: 1 }).waitFor();
});

test('a signed review offers nothing to decide, its bundle and its report', async () => {
  const page = await open({ address: SIGNED });
  await page.getByText('Signed by preparer and reviewer, frozen for good.').waitFor();
  await items(page).getByRole('row').nth(3).waitFor();
  await page.keyboard.press('k');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await page.getByRole('button', { name: /^Sign as/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Export…' }).click();
  await page.getByText('Written: review-R-4').waitFor();
  await page.getByRole('button', { name: 'Write the report' }).click();
  await page.getByRole('heading', { name: 'Reports', level: 1 }).waitFor();
  expect(page.url()).toContain('review=R-4');
});

test('“Write the report” chooses its review in the builder, with its period, until something else is chosen', async () => {
  const page = await open({ address: SIGNED });
  await page.getByRole('button', { name: 'Write the report' }).click();
  await page.getByText('12 pages').waitFor();
  const review = page.getByRole('combobox', { name: 'Review', exact: true });
  expect(await review.inputValue()).toMatch(/^R-4 .* \(signed\)$/);
  const drafts = async () =>
    (await callsOf(page))
      .filter(({ name }) => name === 'reportDraft')
      .map(({ input }) => input as Input<'report.draft'>);
  const asked = (await drafts()).at(-1);
  expect(asked).toMatchObject({ review: 'R-4', template: 'soc2' });
  const shown = await page.getByRole('button', { name: 'First and last day, both included' }).textContent();
  const day = (text = ''): string => dayjs(text).format('D MMM YYYY');
  expect(shown).toBe(`${day(asked?.from)} – ${day(asked?.to)}`);
  await page.getByLabel('Without a review').click();
  await soon(async () => (await drafts()).at(-1)?.review).toBe(null);
  expect(await review.inputValue()).toBe('');
});

test('an exception is followed to its closure', async () => {
  const page = await open({ address: '/reviews?tab=exceptions&x=X-11' });
  const dialog = page.getByRole('dialog', { name: 'Exception X-11' });
  await dialog.getByLabel('Said by').selectOption({ label: 'Marta Quintela, marta.quintela@alfama.example' });
  await dialog.getByRole('button', { name: 'Close it…' }).click();
  const closing = page.getByRole('dialog', { name: 'Close X-11' });
  await closing.getByLabel('Reason').fill('Done');
  await closing.getByRole('button', { name: 'Close it' }).click();
  await closing.getByText('X-11 is not ready to be closed.').waitFor();
  await closing.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByLabel('Cause').fill('No second person was needed');
  await dialog.getByLabel(/^Remediation/).fill('Owners are granted by two');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText(/Changed cause, remediation/).waitFor();
  await dialog.getByRole('button', { name: 'Re-test…' }).click();
  await page.getByRole('dialog', { name: 'Re-test of X-11' }).getByRole('button', { name: 'Record' }).click();
  await dialog.getByText(/, re-test passed/).waitFor();
  await dialog.getByRole('button', { name: 'Close it…' }).click();
  await closing.getByLabel('Reason').fill('Tested in October');
  await closing.getByRole('button', { name: 'Close it' }).click();
  await dialog.getByText('It is closed.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Exceptions 2 open' }).waitFor();
});

test('a review of one’s own is counted before it is started, and begins with its sample', async () => {
  const page = await open();
  await page.getByRole('region', { name: 'Due' }).waitFor();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'Start a review' });
  await dialog.getByLabel('Which entries').fill('from:2026-01-01');
  await dialog.getByText('The period says which days; leave them out here.').waitFor();
  await dialog.getByLabel('Which entries').fill('category:team');
  await dialog.getByRole('button', { name: 'Last week' }).click();
  await soon(async () => Number(await page.getByTestId('preview-count').getAttribute('data-count'))).toBeGreaterThan(
    100,
  );
  await dialog.getByLabel('Sample, number of items').fill('25');
  await dialog.getByLabel('Seed of the sample').fill('october');
  await dialog.getByLabel('Started by').selectOption({ index: 1 });
  await dialog.getByRole('button', { name: 'Freeze the population and start' }).click();
  await page.getByText('seed october').waitFor();
  expect((await inputs(page, 'reviews.start'))[0]).toMatchObject({
    period: { from: '2026-10-05', to: '2026-10-11' },
    filter: { terms: [{ field: 'category', value: 'team', negated: false }] },
  });
  await current(page)
    .getByRole('button', { name: /^Appropriate/ })
    .waitFor();
  await page.keyboard.press('a');
  await soon(() => decided(page)).toBe(1);
  await page.getByText('1 of 25').waitFor();
});

test('a population of a hundred thousand is walked through to its end', async () => {
  const page = await open({ rows: 120_000 });
  await page.getByRole('region', { name: 'Due' }).waitFor();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'Start a review' });
  await dialog.getByLabel('First day').fill('2024-01-01');
  await dialog.getByLabel('Started by').selectOption({ index: 1 });
  await dialog.getByRole('button', { name: 'Freeze the population and start' }).click();
  await current(page).waitFor();
  const count = Number(await page.getByTestId('population').getAttribute('data-count'));
  expect(count).toBeGreaterThan(100_000);
  await page.keyboard.press('End');
  await soon(() => current(page).getAttribute('data-n')).toBe(String(count - 1));
  expect(await items(page).getByRole('row').count()).toBeLessThan(60);
  await page.keyboard.press('a');
  await soon(() => decided(page)).toBe(1);
  await page.keyboard.press('[');
  await soon(() => current(page).getAttribute('data-n')).toBe(String(count - 2));
});

test('a plan is changed, with its owner and how often it comes round', async () => {
  const page = await open({ address: '/reviews?tab=plans' });
  await page.getByRole('button', { name: 'Change Failed logins' }).click();
  const dialog = page.getByRole('dialog', { name: 'Recurring review' });
  await dialog.getByLabel('Owner').fill('Lena Fischer');
  await dialog.getByLabel('How often').selectOption('week');
  await dialog.getByLabel('Your name').fill('Marta Quintela');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  const row = page.getByRole('row', { name: /^Failed logins/ });
  await row.getByText('Lena Fischer').waitFor();
  await row.getByText(/weekly/).waitFor();
});

test('axe finds nothing, dialogs and item in full among it', async () => {
  const page = await open({ address: GOING, hostile: true });
  await worksheet(page);
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Item in full' }).waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await page.keyboard.press('k');
  await decideAs(page, /Marta/);
  await page.keyboard.press('r');
  await page.getByRole('form', { name: 'Decision' }).waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  await page.getByRole('dialog', { name: 'Raise an exception' }).waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Leavers…' }).click();
  await page.getByRole('dialog', { name: 'Leavers' }).getByLabel('Compared by').waitFor();
  await page.getByRole('button', { name: 'Choose the list…' }).click();
  await page.getByText('removed late, 19 d').waitFor();
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await axeProblemsInBoth(page)).toEqual([]);
});
