import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Input } from '../../src/shared/contract.ts';
import { axeProblems } from './axe.ts';
import { callsOf } from './harness.ts';
import { openedWindows, soon } from './opened-windows.ts';

const open = openedWindows({ address: '/investigations?c=C-31' });

const timeline = (page: Page) => page.getByTestId('timeline');
const event = (page: Page, id: string) => timeline(page).locator(`[data-event="${id}"]`);
const current = (page: Page) => timeline(page).locator('[data-current]').getAttribute('data-event');

async function inputs<
  M extends
    | 'cases.pin'
    | 'cases.note'
    | 'cases.undo'
    | 'cases.classify'
    | 'cases.unpin'
    | 'cases.create'
    | 'cases.decideThing'
    | 'cases.decideEntries'
    | 'cases.saveStory'
    | 'cases.bundle'
    | 'findings.decide',
>(page: Page, name: M) {
  const bridge = name.replace(/\.(\w)/, (_all, letter: string) => letter.toUpperCase());
  return (await callsOf(page)).filter((one) => one.name === bridge).map((one) => one.input as Input<M>);
}

/** Says who does it, as the first thing done asks. */
async function as(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Who does this?' });
  await dialog.getByLabel('Your name').fill(name);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

test('cases stand in a list, those not closed first, with what is due and seen again', async () => {
  const page = await open({ address: '/investigations' });
  const rows = (name: string) => page.getByRole('region', { name, exact: true }).getByRole('listitem');
  await rows('Open').first().waitFor();
  expect(await rows('Open').allTextContents()).toEqual([
    expect.stringMatching(/^Critical.*Night sign-in.*seen again, 4.*11 events.*Marta Quintela.*47 h left.*contained$/),
    expect.stringMatching(/^High.*Six weeks.*open$/),
  ]);
  expect(await rows('Closed').allTextContents()).toEqual([expect.stringMatching(/Leaver.*closed 14 Oct 2026$/)]);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await event(page, 'E-1').waitFor();
  expect(await axeProblems(page)).toEqual([]);
});

test('a timeline has numbered phases to scale, what nobody noticed, its notes, gaps, two zones, and kinds told apart', async () => {
  const page = await open();
  await event(page, 'E-1').waitFor();
  expect(await page.getByTestId('phase-bar').getAttribute('aria-label')).toMatch(
    /Reconnaissance, 1 events; Initial access, 2 events; .*; 2 h 47 min unnoticed/,
  );
  expect(await event(page, 'E-1').textContent()).toMatch(/1Reconnaissance.*02:31:04.*01:31:04 UTC.*Six addresses/);
  expect(await event(page, 'E-7.1').textContent()).toMatch(/connection authorized.*other log/);
  await timeline(page).getByText('may lack entries').waitFor();
  await page.keyboard.press('End');
  expect(await event(page, 'E-9').textContent()).toMatch(/On-call told by phone.*by hand/);
  await page.keyboard.press('Home');
  // Another lane holds the same events in another order, and a shorter stretch fewer of them.
  await page.keyboard.press('l');
  await timeline(page).getByText('No actor').waitFor();
  await page.keyboard.press('l');
  await page.keyboard.press('l');
  await page.keyboard.press('l');
  await soon(() => current(page)).toBe('E-1');
  await page.keyboard.press('+');
  await page.getByText(/of 11 events in this stretch/).waitFor();
  await page.keyboard.press('0');
  await page.getByText('11 events', { exact: true }).waitFor();
});

test('events are noted, put in order, compared and taken out; U takes each back', async () => {
  const page = await open();
  await event(page, 'E-1').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await soon(() => current(page)).toBe('E-3');
  await page.keyboard.press('m');
  await page.keyboard.type('The session of the intruder');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Priya Nair');
  await page.keyboard.press('Enter');
  await event(page, 'E-3').getByText('The session of the intruder').waitFor();
  expect(await event(page, 'E-3').textContent()).toContain('Priya Nair, 15 Oct 2026, 09:45 WEST');
  expect(await inputs(page, 'cases.note')).toEqual([
    { id: 'C-31', by: 'Priya Nair', event: 'E-3', text: 'The session of the intruder' },
  ]);
  await page.keyboard.press('Escape');

  await page.keyboard.press('p');
  const form = page.getByRole('dialog', { name: 'Phase and technique of 1 event' });
  await form.getByLabel('Phase').selectOption('persistence');
  await form.getByLabel('ATT&CK technique').fill('T1550.001');
  await page.keyboard.press('Enter');
  await event(page, 'E-3').getByText('T1550.001').waitFor();
  await page.keyboard.press('u');
  await event(page, 'E-3').getByText('T1550.001').waitFor({ state: 'detached' });
  await event(page, 'E-3').getByText('The session of the intruder').waitFor();

  await page.keyboard.press('x');
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  await page.keyboard.press('c');
  const compare = page.getByRole('dialog', { name: 'E-2 and E-3' });
  await compare.getByText(/^24 s apart/).waitFor();
  expect(await compare.getByRole('row', { name: /^Action/ }).textContent()).toContain(
    'differsuser.loginsession.created',
  );
  expect(await compare.getByRole('row', { name: /^Address/ }).textContent()).toBe('Address203.0.113.77203.0.113.77');
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await compare.waitFor({ state: 'detached' });
  await page.keyboard.press('d');
  await event(page, 'E-2').waitFor({ state: 'detached' });
  expect((await inputs(page, 'cases.unpin')).map(({ events }) => events)).toEqual([['E-2', 'E-3']]);
  await page.keyboard.press('Control+z');
  await event(page, 'E-2').waitFor();
});

test('suggestions are accepted into the timeline or left out, with their reasons; the scope is said yes or no to', async () => {
  const page = await open();
  await page.getByTestId('phase-bar').waitFor();
  await page.keyboard.press('s');
  const suggested = page.getByRole('list', { name: 'Suggestions' }).getByRole('listitem');
  await suggested.first().waitFor();
  expect(await suggested.first().textContent()).toMatch(/97 %.*Impact.*93 s after the allow-list was opened/);
  await page.keyboard.press('a');
  await as(page, 'Marta Quintela');
  await soon(() => suggested.count()).toBe(2);
  expect(await inputs(page, 'cases.pin')).toMatchObject([{ entries: { listed: { keys: [101] } }, phase: 'impact' }]);
  await page.keyboard.press('r');
  await suggested.first().getByText('left out').waitFor();
  await page.keyboard.press('r');
  await suggested.first().getByText('left out').waitFor({ state: 'detached' });
  expect((await inputs(page, 'cases.decideEntries')).map(({ verdict }) => verdict)).toEqual(['rejected', null]);
  expect(await axeProblems(page)).toEqual([]);
  const token = page.locator('[data-thing="token ci-deploy-2"]');
  await token.getByRole('button', { name: 'Accept ci-deploy-2' }).click();
  await token.getByText('in scope').waitFor();
  await page.keyboard.press('Control+z');
  await token.getByText('96 %').waitFor();
  // What the scope began with is taken away, and back again.
  const gone = page.getByRole('button', { name: 'No longer start from ines.duarte@alfama.example' });
  await gone.click();
  await gone.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await gone.waitFor();
  // The pack is of what is pinned, to keys or a passphrase, in the name of whoever makes it.
  await page.getByRole('button', { name: 'More about the case' }).click();
  await page.getByRole('menuitem', { name: 'Evidence pack…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create an evidence bundle' });
  await dialog.getByText(/10 entries exactly as received.*the case itself/).waitFor();
  await dialog.getByText('Public keys of age').click();
  await dialog.getByLabel('Public keys', { exact: true }).fill('age1qqq');
  expect(await axeProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Choose where and create' }).click();
  await page.getByText('C-31-evidence.age: 10 entries').waitFor();
  expect(await inputs(page, 'cases.bundle')).toMatchObject([
    { id: 'C-31', by: 'Marta Quintela', passphrase: null, recipients: ['age1qqq'] },
  ]);
  await page.keyboard.press('t');
  await page.getByText('12 events', { exact: true }).waitFor();
});

test('a case is closed when nothing is missing, by the passphrase, after its story cites what holds', async () => {
  const page = await open();
  const close = page.getByRole('button', { name: /^Close(,| the case)/ });
  await close.waitFor();
  expect(await close.textContent()).toBe('Close, 3 to go');
  expect(await close.isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Say of: Restore the allow-list' }).click();
  await page.getByLabel('How it is known').fill('SEC-483');
  await page.getByLabel('Your name').last().fill('Marta Quintela');
  await page.keyboard.press('Enter');
  await page.getByText('by hand, SEC-483').waitFor();
  await page.getByRole('button', { name: 'Say of: Reset the password' }).click();
  await page.getByText('Not needed').click();
  await page.getByLabel('How it is known').fill('the account is gone');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^not needed/).waitFor();
  await page.getByRole('button', { name: 'Met…' }).click();
  await page.getByLabel(/^Reference/).fill('CNPD 2026/118');
  await page.getByRole('dialog').getByRole('button', { name: 'Met' }).click();
  await soon(() => close.isEnabled()).toBe(true);

  await page.keyboard.press('y');
  const text = page.getByRole('textbox', { name: 'Story' });
  await text.fill('The tunnel ran for hours [E-99].');
  await page.getByText('Not in the timeline: E-99.').waitFor();
  expect(await page.getByRole('button', { name: /^Save/ }).isDisabled()).toBe(true);
  await text.fill('The tunnel ran for hours');
  await page.keyboard.press('Control+i');
  await page.locator('input[aria-label="Event"]:focus').waitFor();
  await page.keyboard.type('stopped a tunnel');
  await page.keyboard.press('Enter');
  await soon(() => text.inputValue()).toBe('The tunnel ran for hours [E-8]');
  await page.getByRole('region', { name: 'Preview' }).getByRole('button', { name: 'E-8' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Nothing to save.').waitFor();
  expect((await inputs(page, 'cases.saveStory')).map((one) => one.text)).toEqual(['The tunnel ran for hours [E-8]']);

  await text.evaluate((field) => field.blur());
  await page.keyboard.press('Shift+C');
  const dialog = page.getByRole('dialog', { name: 'Close C-31' });
  await dialog.getByLabel('Passphrase of the archive', { exact: true }).fill('a wrong one');
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Passphrase of the archive', { exact: true }).fill('low tide 7');
  await page.keyboard.press('Enter');
  await page.getByText('closed', { exact: true }).waitFor();
  expect(await page.getByRole('form', { name: 'Note' }).count()).toBe(0);
});

test('a finding opens a case or goes into one, and an entry of the Explorer into the one that is worked on', async () => {
  const page = await open({ address: '/findings', rows: 2_000 });
  await page.getByRole('toolbar', { name: 'Triage' }).waitFor();
  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog', { name: 'Put into a case' });
  await dialog.getByRole('radio', { name: 'A new case' }).waitFor();
  expect(await dialog.getByRole('radio').count()).toBe(3);
  await dialog.getByLabel('Your name').fill('Marta Quintela');
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText(/^Case C-\d+ opened$/).waitFor();
  const [made] = await inputs(page, 'cases.create');
  expect(made?.findings).toHaveLength(1);
  expect(made?.by).toBe('Marta Quintela');
  // From now on one key is enough, wherever one is.
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.locator('[data-key]').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+P');
  await page.getByText('1 entry pinned.').waitFor();
  const [pinned] = await inputs(page, 'cases.pin');
  expect(pinned?.entries.listed?.keys).toHaveLength(1);
  await page.getByRole('button', { name: 'Open the case' }).last().click();
  await page.getByText('3 events', { exact: true }).waitFor();
});

test('repeats are folded behind the first of them, shown on demand, and acted on together while they are folded', async () => {
  const page = await open({ address: '/investigations?c=C-50' });
  const repeats = event(page, 'E-10001').getByRole('button', { name: /^× 3 to \d\d:\d\d$/ });
  await repeats.waitFor();
  expect(await repeats.getAttribute('aria-expanded')).toBe('false');
  expect(await event(page, 'E-10002').count()).toBe(0);
  await page.keyboard.press('j');
  await page.keyboard.press('f');
  await event(page, 'E-10003').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  // From any of them back to the first.
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await soon(() => current(page)).toBe('E-10003');
  await page.keyboard.press('f');
  await event(page, 'E-10003').waitFor({ state: 'detached' });
  await soon(() => current(page)).toBe('E-10001');
  await page.keyboard.press('x');
  await page.getByText('Event E-10001, 3 selected.').waitFor({ state: 'attached' });
  await page.keyboard.press('x');
  await page.getByText('Event E-10001, 0 selected.').waitFor({ state: 'attached' });
  await page.keyboard.press('d');
  await page.getByRole('dialog', { name: 'Who does this?' }).getByLabel('Your name').fill('Priya Nair');
  await page.keyboard.press('Enter');
  await event(page, 'E-10001').waitFor({ state: 'detached' });
  expect((await inputs(page, 'cases.unpin')).map(({ events }) => events)).toEqual([['E-10001', 'E-10002', 'E-10003']]);
});

test('of 5,000 events only those in sight are on the page, and the last is a key away', async () => {
  const page = await open({ address: '/investigations?c=C-50' });
  await event(page, 'E-10000').waitFor();
  expect(await timeline(page).locator('[data-event]').count()).toBeLessThan(80);
  await page.keyboard.press('End');
  await event(page, 'E-14999').waitFor();
  expect(await timeline(page).locator('[data-event]').count()).toBeLessThan(80);
  expect(await event(page, 'E-14999').isVisible()).toBe(true);
});
