import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { DEMO_PASSPHRASE } from '../../src/main/shell/services/demo.ts';
import { readPdf } from '../core/report/pdf-text.ts';
import { typeDate } from '../support/date-keys.ts';
import { enterDemo } from '../support/in-the-window.ts';
import { openWindow } from '../support/open-window.ts';
import { logbook } from '../support/terminal.ts';

// A quarter of the made-up organisation, from "start a review" to a signed review and its report, without the pointer. What
// the window and the PDF say is compared with what the command says of the same archive.

const MOST_TABS = 80;

/** Goes on with Tab until a control has the focus. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let i = 0; i < MOST_TABS; i++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${control}.`);
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, page.getByRole('button', { name }).last());
  await page.keyboard.press('Enter');
}

async function write(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }).last());
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

async function addPerson(page: Page, name: string, email: string, pin: string): Promise<void> {
  await press(page, 'Add a person…');
  await write(page, 'Name', name);
  await write(page, 'E-mail, as in the log', email);
  await write(page, 'PIN or passphrase', pin);
  await write(page, 'The same again', pin);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'A person who decides and signs' }).waitFor({ state: 'detached' });
}

const figure = async (page: Page, id: string, name: string): Promise<number> =>
  Number(await page.getByTestId(id).getAttribute(`data-${name}`));

it('a quarter goes from “start a review” to a signed review and its SOC 2 report, by the keyboard alone', async () => {
  const { app, page, home } = await openWindow();
  await enterDemo(page);
  const ask = async (...args: string[]) => {
    const answer = await logbook(home, [...args, '--archive', 'data/Demo.logbook', '--json'], {
      LOGBOOK_PASSPHRASE: DEMO_PASSPHRASE,
    });
    expect(answer.err).toBe('');
    return answer.json();
  };

  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page.getByRole('heading', { name: 'Reviews', level: 1 }).waitFor();
  await page.keyboard.press('n');
  const start = page.getByRole('dialog', { name: 'Start a review' });
  await start.waitFor();
  const [from, to] = [
    await start.getByLabel('First day').inputValue(),
    await start.getByLabel('Last day').inputValue(),
  ];
  expect(`${from} ${to}`).toMatch(/^\d{4}-(01|04|07|10)-01 \d{4}-(03|06|09|12)-3[01]$/);
  const { total } = await ask('count', '--from', from, '--to', to, '--tz', 'Europe/Lisbon');
  expect(total).toBeGreaterThan(1_000);
  await expect.poll(() => figure(page, 'preview-count', 'count')).toBe(total);
  await addPerson(page, 'Marta Quintela', 'marta@logbook.example', 'low tide 7');
  await press(page, 'Freeze the population and start');

  // The population is what the command counts.
  await expect.poll(() => figure(page, 'population', 'count')).toBe(total);
  await page.getByTestId('items').getByText('to decide').first().waitFor();
  // One by one: a deviation with its reason, then two that are as they should be; one of them is taken back.
  await page.keyboard.press('d');
  await page.getByLabel('Reason', { exact: true }).waitFor();
  await page.keyboard.type('Nobody ordered it');
  await page.keyboard.press('Enter');
  await expect.poll(() => figure(page, 'progress', 'decided')).toBe(1);
  await page.keyboard.press('a');
  await expect.poll(() => figure(page, 'progress', 'decided')).toBe(2);
  await page.keyboard.press('u');
  await expect.poll(() => figure(page, 'progress', 'decided')).toBe(1);
  // All that is left, at once.
  await page.keyboard.press('Control+a');
  await page.keyboard.press('a');
  await expect.poll(() => figure(page, 'progress', 'decided')).toBe(total);

  // Nothing can be signed before the exception has an owner and a date.
  const sign = page.getByRole('button', { name: /^Sign as preparer/ });
  expect(await sign.isDisabled()).toBe(true);
  await press(page, /^Nobody ordered it/);
  await page.getByRole('dialog', { name: /^Exception X-/ }).waitFor();
  await write(page, 'Owner', 'Daniel Osei');
  const due = page.getByLabel('Due', { exact: true });
  await tabTo(page, due);
  // Month and day alike, in whatever order the system writes them.
  await typeDate(page, due, [...'12122027'], '2027-12-12');
  await press(page, 'Save');
  await page.getByText('owner Daniel Osei, by 12 Dec 2027').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const gaps = page.getByRole('button', { name: 'Acknowledge…' });
  if ((await gaps.count()) > 0) {
    await press(page, 'Acknowledge…');
    await write(page, 'Reason', 'The archive was begun in the middle of the quarter');
    await press(page, 'Acknowledge');
    await gaps.waitFor({ state: 'detached' });
  }
  await expect.poll(() => sign.isEnabled()).toBe(true);

  await page.keyboard.press('s');
  await write(page, 'PIN', 'low tide 7');
  await page.keyboard.press('Enter');
  await page.getByText('Prepared and frozen.').waitFor();
  // The one who prepared it cannot be its reviewer.
  await page.keyboard.press('s');
  const reviewer = page.getByRole('dialog', { name: 'Sign as reviewer' });
  expect(await reviewer.getByRole('option', { name: /Marta Quintela/ }).isDisabled()).toBe(true);
  await addPerson(page, 'Daniel Osei', 'daniel@logbook.example', 'high tide 9');
  await write(page, 'PIN', 'a wrong one');
  await page.keyboard.press('Enter');
  await reviewer.getByRole('alert').waitFor();
  await write(page, 'PIN', 'high tide 9');
  await page.keyboard.press('Enter');
  await page.getByText('frozen for good').first().waitFor();
  expect((await ask('verify')).ok).toBe(true);

  await app.answerNextDialog(join(home, 'Documents'));
  await press(page, 'Export…');
  await page.getByText(/^Written: review-R-/).waitFor();
  const [bundle] = readdirSync(join(home, 'Documents')).filter((name) => name.startsWith('review-R-'));
  const manifest = JSON.parse(readFileSync(join(home, 'Documents', bundle ?? '', 'manifest.json'), 'utf8'));
  expect(JSON.stringify(manifest)).toContain(`"count":${total}`);

  await press(page, 'Write the report');
  await page.getByRole('heading', { name: 'Reports', level: 1 }).waitFor();
  const pdf = join(home, 'soc2.pdf');
  await app.answerNextDialog(pdf);
  // The pages are there before they are saved.
  await write(page, 'Your name', 'Marta Quintela');
  const save = page.getByRole('button', { name: /^Save the report/ });
  await expect.poll(() => save.isEnabled(), { timeout: 120_000 }).toBe(true);
  await press(page, /^Save the report/);
  await page.getByText('soc2.pdf').first().waitFor();
  const { run } = await readPdf(readFileSync(pdf));
  expect(run.replaceAll(/[\s\u202f,]/g, '')).toContain(String(total));
  // It is the report of the review from which it was asked for.
  expect(run).toContain(`Review${bundle?.replace('review-', '')}issignedbyboth`);
});
