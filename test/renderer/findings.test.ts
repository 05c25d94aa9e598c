import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Input } from '../../src/shared/contract.ts';
import { axeProblemsInBoth } from './axe.ts';
import { callsOf, hold, NOW } from './harness.ts';
import { openedWindows, soon } from './opened-windows.ts';

const open = openedWindows({ address: '/findings' });

const list = (page: Page) => page.getByRole('region', { name: 'All findings' });
const items = (page: Page) => list(page).getByRole('listitem');
const detail = (page: Page) => page.getByRole('region', { name: 'Finding', exact: true });
const heading = (page: Page, name: string) => detail(page).getByRole('heading', { name, exact: true });
const panel = (page: Page, name: string) => detail(page).getByRole('region', { name });

async function inputs<M extends 'findings.decide' | 'findings.undo' | 'suppressions.add'>(page: Page, name: M) {
  const bridge = name.replace(/\.(\w)/, (_all, letter: string) => letter.toUpperCase());
  return (await callsOf(page)).filter((one) => one.name === bridge).map((one) => one.input as Input<M>);
}

async function decide(page: Page, key: string, reason: string, by?: string): Promise<void> {
  await page.keyboard.press(key);
  const form = page.getByRole('form');
  await form.waitFor();
  await page.keyboard.type(reason);
  if (by !== undefined) await form.getByLabel('Your name').fill(by);
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
}

test('the list tells shape, title, reason, subject and time, under headings; the rail counts what is open', async () => {
  const page = await open();
  await heading(page, 'Sign-in after many failures').waitFor();
  const first = items(page).first();
  await first.getByRole('img', { name: 'critical' }).waitFor();
  expect(await first.textContent()).toMatch(
    /Sign-in after many failures.*41 failures in 26 minutes.*F-118.*ines\.duarte.*7 entries.*15 Oct \d\d:\d\d WEST/,
  );
  await page.getByRole('link', { name: 'Findings, 4 open' }).waitFor();
  expect(await list(page).getByRole('heading', { level: 2 }).allTextContents()).toEqual(['October 2026, 4 findings']);
  await page.getByLabel('Group by').selectOption('severity');
  await soon(() => list(page).getByRole('heading', { level: 2 }).allTextContents()).toEqual([
    'Critical, 1 finding',
    'High, 1 finding',
    'Medium, 1 finding',
    'Low, 1 finding',
  ]);
  expect(page.url()).toContain('by=severity');
});

test('the detail shows the raw figures, what speaks against it, the usual week, entries, controls and history', async () => {
  const page = await open();
  const why = panel(page, 'Why it was raised');
  await why.getByText('0 of 214').waitFor();
  await why.getByText('She signed in from this address again a day later').waitFor();
  await why.getByText('Sign-in from an unfamiliar network').waitFor();
  const week = panel(page, 'By hour of the week').getByRole('table');
  expect(await week.getByRole('row').count()).toBe(8);
  const row = async (at: number) => (await week.getByRole('row').allTextContents())[at];
  await soon(() => row(1)).toMatch(/^Monday/);
  // Wednesday at 03:00 and 04:00: nobody was there before, and the finding was.
  await soon(() => row(3)).toMatch(/^Wednesday0000 \(1\)0 \(1\)0/);
  await soon(() => panel(page, 'Entries').getByRole('row').count()).toBe(8);
  await panel(page, 'Entries').getByText('Quaymark').first().waitFor();
  await detail(page).getByText('ISO 27001 A.5.17').waitFor();
  await detail(page).getByText('T1110.003').waitFor();
  await detail(page).getByText('Ask the person.').waitFor();
  await panel(page, 'History').getByText('First entry of what the rule').waitFor();
});

test('what the list is narrowed to is in the address: reload, back and forward restore it', async () => {
  const page = await open();
  await soon(() => items(page).count()).toBe(4);
  await page.getByRole('button', { name: 'high, 1' }).click();
  await soon(() => items(page).count()).toBe(1);
  await page.getByRole('button', { name: 'medium, 1' }).click();
  await soon(() => items(page).count()).toBe(2);
  await page.keyboard.press('/');
  await page.keyboard.type('office');
  await soon(() => items(page).count()).toBe(1);
  await page.reload();
  await soon(() => items(page).count()).toBe(1);
  expect(await page.getByLabel('Words in findings').inputValue()).toBe('office');
  await page.goBack();
  await soon(() => items(page).count()).toBe(2);
  await page.goBack();
  await soon(() => items(page).count()).toBe(1);
  await page.goForward();
  await soon(() => items(page).count()).toBe(2);
  await page.getByRole('button', { name: 'Person' }).click();
  await page.getByRole('menuitem', { name: /priya/ }).click();
  await soon(() => items(page).count()).toBe(1);
  await page.goto(page.url().replace(/#.*/, '#/findings?rule=token_unused&sev=5&state=nonsense'));
  await page.reload();
  await heading(page, 'Token unused for 120 days').waitFor();
  await soon(() => items(page).count()).toBe(1);
});

test('a decision by keys asks for a reason, shows the next finding, and can be taken back by a further line', async () => {
  const page = await open();
  await heading(page, 'Sign-in after many failures').waitFor();
  await page.keyboard.press('n');
  await page.getByText('Say why: the history keeps it.').waitFor();
  await page.keyboard.type('New laptop');
  await page.keyboard.press('Enter');
  await page.getByText('Say who you are: the history names you.').waitFor();
  expect(await inputs(page, 'findings.decide')).toEqual([]);
  // The first takes away the suggestions, the second the form.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('form').waitFor({ state: 'detached' });

  await decide(page, 'n', 'New laptop', 'Marta Quintela');
  expect(await inputs(page, 'findings.decide')).toEqual([
    { ids: ['F-118'], verdict: 'benign', reason: 'New laptop', by: 'Marta Quintela', expires: null },
  ]);
  await heading(page, 'Repeated failed sign-ins against one account').waitFor();
  await page.getByRole('link', { name: 'Findings, 3 open' }).waitFor();
  await page.keyboard.press('u');
  await heading(page, 'Sign-in after many failures').waitFor();
  await page.getByRole('link', { name: 'Findings, 4 open' }).waitFor();
  await panel(page, 'History')
    .getByText(/Called a false alarm by Marta Quintela.*New laptop/)
    .waitFor();
  await panel(page, 'History')
    .getByText(/Took back the line before by Marta Quintela/)
    .waitFor();

  // The name and the reason are there the next time.
  await page.keyboard.press('n');
  await page.getByRole('option', { name: 'New laptop', exact: true }).waitFor();
  await page.getByRole('option', { name: 'A new laptop', exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('form').waitFor({ state: 'detached' });
  expect((await inputs(page, 'findings.decide')).at(-1)).toMatchObject({ reason: 'New laptop', by: 'Marta Quintela' });
  await page.getByRole('button', { name: 'State: Open' }).click();
  await page.getByRole('menuitem', { name: /^False alarm/ }).click();
  await soon(() => items(page).count()).toBe(1);
  expect(page.url()).toContain('state=benign');
});

test('expected and later have an end; a case, a note and opening again leave their lines', async () => {
  const page = await open();
  await heading(page, 'Sign-in after many failures').waitFor();
  await page.keyboard.press('e');
  await page.keyboard.type('Drill');
  await page.getByRole('form').getByLabel('Your name').fill('Marta');
  await page.getByRole('form').getByRole('button', { name: '30 d' }).click();
  expect(await page.getByLabel('Expected until').inputValue()).toBe('2026-11-14');
  await page.getByLabel('Expected until').fill('2026-10-15');
  await page.getByText('Choose a day after today.').waitFor();
  await page.getByLabel('Expected until').fill('2026-12-01');
  await page.keyboard.press('Enter');
  await page.getByRole('form').waitFor({ state: 'detached' });
  const [accepted] = await inputs(page, 'findings.decide');
  expect(accepted).toMatchObject({ verdict: 'accepted', expires: Date.parse('2026-12-02T00:00:00Z') - 1 });

  await page.keyboard.press('p');
  const cases = page.getByRole('dialog', { name: 'Put into a case' });
  await cases.getByRole('radio', { name: /C-31/ }).check();
  await page.keyboard.press('Enter');
  await detail(page).getByText('Case C-31', { exact: true }).waitFor();
  await page.getByRole('button', { name: /In case C-31/ }).waitFor();
  await decide(page, 'm', 'Asked the network team');
  await panel(page, 'History').getByText('Asked the network team').waitFor();
  await decide(page, 'l', 'Their answer');
  await heading(page, 'API token created outside office hours').waitFor();
  expect((await inputs(page, 'findings.decide')).at(-1)).toMatchObject({
    ids: ['F-117'],
    verdict: 'postponed',
    expires: Date.parse('2026-10-23T00:00:00+01:00') - 1,
  });
  await page.getByRole('button', { name: 'State: Open' }).click();
  await page.getByRole('menuitem', { name: /^Later/ }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await heading(page, 'Repeated failed sign-ins against one account').waitFor();
  await decide(page, 'r', 'They answered');
  await page.getByText('None is “later”').waitFor();
});

test('many are selected by key and decided in one go', async () => {
  const page = await open();
  await heading(page, 'Sign-in after many failures').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('Shift+J');
  await page.getByText('3 selected').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('3 selected').waitFor({ state: 'detached' });
  await items(page).nth(0).getByRole('checkbox').check();
  await items(page).nth(2).getByRole('checkbox').check();
  await page.getByText('2 selected').waitFor();
  await decide(page, 'c', 'One attack', 'Marta');
  expect((await inputs(page, 'findings.decide'))[0]).toMatchObject({ ids: ['F-118', 'F-104'], verdict: 'escalated' });
  await page.getByRole('link', { name: 'Findings, 2 open' }).waitFor();
});

test('what a rule finds is suppressed within a scope, still counted, listed, and ended', async () => {
  const page = await open();
  await heading(page, 'Sign-in after many failures').waitFor();
  await page.keyboard.press('s');
  const form = page.getByRole('dialog');
  // The dialog gives the focus to its reason once; what is filled in before would go there.
  await form.locator('input:focus').and(form.getByLabel('Reason')).waitFor();
  await form.getByLabel('Reason').fill('Announced test');
  await form.getByLabel('Your name').fill('Marta');
  await form.getByLabel('Only from this address or network').fill('198.51.100.0/24');
  await form.getByRole('button', { name: 'Suppress' }).click();
  await form.waitFor({ state: 'detached' });
  expect(await inputs(page, 'suppressions.add')).toEqual([
    {
      rule: 'login_after_failures',
      actor: 'ines.duarte@alfama.example',
      address: '198.51.100.0/24',
      target: null,
      owner: 'Marta',
      reason: 'Announced test',
      until: Date.parse('2027-01-14T00:00:00Z') - 1,
    },
  ]);
  await page.getByRole('link', { name: 'Findings, 3 open' }).waitFor();
  await page.getByRole('link', { name: 'Suppressions' }).click();
  await page.getByText('1 is in force and hides 1 finding').waitFor();
  const row = page.getByRole('row').filter({ hasText: 'Announced test' });
  await row.getByRole('link', { name: '1', exact: true }).click();
  await heading(page, 'Sign-in after many failures').waitFor();
  await page.goBack();
  await row.getByRole('button', { name: 'End…' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Over');
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
  await page.getByText('0 are in force').waitFor();
  await page.getByRole('link', { name: 'Findings, 4 open' }).waitFor();
});

test('an archive that is open for reading only says so and decides nothing', async () => {
  const page = await open({ readOnly: true });
  await heading(page, 'Sign-in after many failures').waitFor();
  await page.getByText('This archive is open for reading only, so nothing can be decided.').waitFor();
  for (const key of ['c', 'e', 'n', 'l', 'p', 'm', 's', 'u']) await page.keyboard.press(key);
  await page.keyboard.press('j');
  await heading(page, 'Repeated failed sign-ins against one account').waitFor();
  expect(await page.getByRole('form').count()).toBe(0);
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('no finding says how much that means, and what to do', async () => {
  const page = await open({ quiet: true });
  await page.getByText('The rules noticed nothing').waitFor();
  await page.getByText(/3 rules looked at 4.000 entries from .* to 15 Oct 2026\. 2 days of that were lost/).waitFor();
  await page.getByRole('button', { name: 'Look at the coverage' }).click();
  await page.getByRole('heading', { name: 'Archive' }).waitFor();
});

test('while the rules look for the first time, bars stand in for findings', async () => {
  const page = await open({ hold: true });
  await page.getByRole('status', { name: 'The rules are looking at the archive' }).waitFor();
  await hold(page, false);
  await heading(page, 'Sign-in after many failures').waitFor();
  expect(await page.locator('[data-skeleton]').count()).toBe(0);
});

test('hostile names are text with their hidden characters shown', async () => {
  const page = await open({ hostile: true, address: '/findings?f=F-104' });
  await heading(page, 'API token created outside office hours').waitFor();
  await list(page).getByText('<img src=x onerror="window.pwned=1">').waitFor();
  await list(page).getByTitle('Hidden character U+202E').first().waitFor();
});

test('the help and the palette know the keys and the screens', async () => {
  const page = await open();
  await heading(page, 'Sign-in after many failures').waitFor();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  for (const key of [
    'confirm',
    'expected, until a date',
    'false alarm',
    'later, after a date',
    'undo the last decision',
  ])
    await help.getByRole('region', { name: 'Findings', exact: true }).getByText(key, { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Go to or do' }).fill('write a rule');
  await page.getByRole('button', { name: /^Write a rule/ }).click();
  await page.getByRole('complementary', { name: 'New rule' }).waitFor();
  expect(NOW).toBe(await page.evaluate(() => Date.now()));
});

test(`axe finds nothing on the list, a decision, a suppression and the empty screen`, async () => {
  const page = await open({ width: 1280, height: 800 });
  await soon(() => panel(page, 'Entries').getByRole('row').count()).toBe(8);
  await panel(page, 'By hour of the week').getByRole('table').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await decide(page, 'm', 'A note', 'Marta');
  await page.keyboard.press('e');
  await page.getByRole('form').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await page.keyboard.press('s');
  await page.getByRole('dialog').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await page.getByRole('dialog').getByLabel('Reason').fill('Test');
  await page.getByRole('dialog').getByRole('button', { name: 'Suppress' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Suppressions' }).click();
  await page.getByText('1 is in force').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await page.goto(`${page.url().replace(/#.*/, '')}#/findings?q=zzzz`);
  await page.getByText('No finding matches').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
});
