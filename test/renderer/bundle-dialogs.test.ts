import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Result } from '../../src/shared/errors.ts';
import { axeProblemsInBoth } from './axe.ts';
import { openedWindows } from './opened-windows.ts';

const open = openedWindows({});

type Bridge = { logbook: Record<string, (input: unknown) => Promise<Result<unknown>>>; asked: unknown[] };

/** The main process makes a bundle of what it is asked, after it has refused once; and has one to be opened. */
const withBundles = (page: Page) =>
  page.evaluate(() => {
    const { logbook } = window as unknown as Bridge;
    const asked: unknown[] = [];
    (window as unknown as Bridge).asked = asked;
    logbook.bundleCreate = async (input) => {
      asked.push(input);
      const message = 'The disk is full: the bundle could not be written.';
      if (asked.length === 1)
        return { ok: false, error: { code: 'disk', message, hint: 'Make room, then try again.', retryable: true } };
      const made = { fileName: 'entries.age', entries: 4000, findings: 3, unproven: 12, sha256: 'a1'.repeat(32) };
      return { ok: true, value: made };
    };
    logbook.bundleChoose = async () => ({ ok: true, value: { fileName: 'q3.age', opener: 'key' } });
    logbook.bundleChooseKey = async () => ({ ok: true, value: { fileName: 'auditor-key.txt' } });
  });

test('the Explorer makes a bundle of its entries; axe finds nothing in any state of its dialog, light or dark', async () => {
  const page = await open();
  await withBundles(page);
  await page.getByTestId('total').waitFor();
  await page.getByRole('button', { name: /^Export/ }).click();
  await page.getByRole('menuitem', { name: /^Evidence bundle/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Create an evidence bundle' });
  const create = dialog.getByRole('button', { name: 'Choose where and create' });
  await dialog.getByText(/4\D000 entries exactly as received/).waitFor();
  expect(await create.isDisabled()).toBe(true);
  await dialog.getByLabel('Passphrase of the bundle', { exact: true }).fill('short');
  await dialog.getByLabel('Pseudonymise').check();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await dialog.getByText('Public keys of age').click();
  const keys = dialog.getByLabel('Public keys', { exact: true });
  await keys.fill('no key');
  await dialog.getByText('“no” is no public key of age.').waitFor();
  expect(await create.isDisabled()).toBe(true);
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await keys.fill('age1qqq');
  await create.click();
  await dialog.getByText('The disk is full').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await create.click();
  await page.getByText(/entries.age: 4\D000 entries/).waitFor();
  await dialog.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => (window as unknown as Bridge).asked)).toMatchObject([
    { recipients: ['age1qqq'] },
    { recipients: ['age1qqq'], passphrase: null, pseudonymise: true },
  ]);
});

test('a bundle is opened with a key file and a head; axe finds nothing in its form', async () => {
  const page = await open({ start: 'locked' });
  await withBundles(page);
  await page.getByRole('button', { name: 'Open an evidence bundle…' }).click();
  await page.getByText('q3.age').waitFor();
  await page.getByLabel('Head or key you were given').fill('not a head');
  await page.getByText('A head or a key has 64 characters').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await page.getByRole('button', { name: 'Choose the key file…' }).click();
  await page.getByText('auditor-key.txt').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
});
