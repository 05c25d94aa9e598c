import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeProblemsInBoth } from './axe.ts';
import { callsOf } from './harness.ts';
import { openedWindows } from './opened-windows.ts';

const open = openedWindows({ address: '/rules' });

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
const editor = (page: Page) => page.getByRole('textbox', { name: 'Text of the rule, as YAML' });
const callsNamed = async (page: Page, name: string) =>
  (await callsOf(page)).filter((one) => one.name === name).map((one) => one.input);

async function write(page: Page, text: string): Promise<void> {
  await editor(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

test('every rule tells what it found, what was made of it, and its time; turning one off asks why', async () => {
  const page = await open();
  const token = row(page, 'token_unused');
  await token.waitFor();
  expect(await token.getByRole('cell').allTextContents()).toEqual([
    expect.stringContaining('Token unused for 120 days'),
    '1',
    'none decided',
    expect.stringMatching(/2026/),
    '3.2',
    '',
  ]);
  await token.getByRole('switch').click();
  const form = page.getByRole('dialog');
  await form.locator('input:focus').and(form.getByLabel('Why it is turned off')).waitFor();
  await form.getByLabel('Why it is turned off').fill('Covered by the review');
  await form.getByLabel('Your name').fill('Marta');
  await form.getByRole('button', { name: 'Turn off' }).click();
  await expect.poll(() => token.getByRole('switch').isChecked()).toBe(false);
  expect(await callsNamed(page, 'rulesSetEnabled')).toEqual([
    { rule: 'token_unused', enabled: false, reason: 'Covered by the review', by: 'Marta' },
  ]);
  await page.getByText('5 rules, 0 your own, 1 off').waitFor();
  await page.getByRole('button', { name: 'Time, ms' }).click();
  expect(await page.getByRole('columnheader', { name: 'Time, ms' }).getAttribute('aria-sort')).toBe('descending');
  await row(page, 'repeated_failed_logins').getByRole('link', { name: '1', exact: true }).click();
  await page.getByRole('heading', { name: 'Repeated failed sign-ins against one account' }).waitFor();
});

test('a rule is written with its mistakes marked, tried over the archive, kept, changed, deleted and brought back', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'New rule' }).click();
  await expect.poll(() => page.getByTestId('would-find').textContent()).toBe('14');
  await page.getByText('in the last year, here.').waitFor();
  await page.getByRole('button', { name: 'all', exact: true }).click();
  await expect.poll(() => page.getByTestId('would-find').textContent()).toBe('23');

  await write(page, 'title: Ines signed in\nname: ines-in\ndetection:\n  selection:\n    actor.nam: Ines\n');
  const problems = page.getByRole('list', { name: 'Problems' });
  await problems.getByText('Line 5, column 5').waitFor();
  await expect.poll(() => page.locator('.cm-lintRange-error').textContent()).toBe('actor.nam');
  expect(await page.getByTestId('would-find').count()).toBe(0);
  await problems.getByRole('button').click();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('actor.nam');
  await page.keyboard.insertText('actor.name');
  await page.getByTestId('would-find').waitFor();

  // What was written survives leaving the screen.
  await page.getByRole('link', { name: 'Suppressions' }).click();
  await page.goBack();
  await expect.poll(() => editor(page).textContent()).toContain('actor.name: Ines');

  await page.getByLabel('What it is for').fill('Ines left');
  await page.getByRole('complementary').getByLabel('Your name').fill('Marta');
  await page.getByRole('button', { name: 'Keep the rule' }).click();
  await page.getByRole('complementary', { name: 'Your rule' }).waitFor();
  expect(await callsNamed(page, 'rulesSave')).toEqual([
    { text: expect.stringContaining('actor.name: Ines'), reason: 'Ines left', by: 'Marta' },
  ]);
  await row(page, 'ines-in').getByText('yours').waitFor();
  await page.getByText('Nothing was changed.').waitFor();

  await page.getByRole('button', { name: 'Delete' }).click();
  await row(page, 'ines-in').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await row(page, 'ines-in').waitFor();
});

test('the editor completes fields and modifiers', async () => {
  const page = await open({ address: '/rules?r=new' });
  await editor(page).waitFor();
  await write(page, 'title: x\n');
  await page.keyboard.type('detection:\n  selection:\n  targ');
  await page.getByRole('option', { name: /target\.name/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.type('et.name|start');
  await page.getByRole('option', { name: 'startswith' }).click();
  await expect.poll(() => editor(page).textContent()).toContain('target.name|startswith');
});

test('a shipped rule is read, and is the beginning of one’s own', async () => {
  const page = await open({ address: '/rules?r=token_unused' });
  await page.getByRole('button', { name: 'Write your own from it' }).click();
  await expect.poll(() => editor(page).textContent()).toContain('name: own-token_unused');
});

test('an archive that is open for reading only shows rules and changes none', async () => {
  const page = await open({ readOnly: true });
  await row(page, 'token_unused').waitFor();
  expect(await row(page, 'token_unused').getByRole('switch').isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: 'New rule' }).count()).toBe(0);
});

test(`axe finds nothing on the table, a rule, and a rule in the making`, async () => {
  const page = await open({ width: 1280, height: 800 });
  await row(page, 'token_unused').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await row(page, 'token_unused').getByRole('switch').click();
  await page.getByRole('dialog').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Token unused for 120 days' }).click();
  await page.getByRole('complementary', { name: 'Rule' }).getByText('What the rule looks for.').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await page.getByRole('button', { name: 'New rule' }).click();
  await page.getByTestId('would-find').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await write(page, 'title: x\nname: y\nactor.nam: z\n');
  await page.getByText('Line 3, column 1').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
});
