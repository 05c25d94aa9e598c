import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeProblems } from './axe.ts';
import { openedWindows } from './opened-windows.ts';

const open = openedWindows({ address: '/archive' });

type Fake = { fake: { broken: boolean; verified: () => void } };
const panel = (page: Page) => page.getByRole('region', { name: 'Integrity' });
const ends = (page: Page, broken = false) =>
  page.evaluate((given) => {
    const { fake } = window as unknown as Fake;
    fake.broken = given;
    fake.verified();
  }, broken);

test('the archive says how far it is sealed, and proves on demand that all is as it was', async () => {
  const page = await open();
  await panel(page).getByText('Tue 13 Oct 2026').waitFor();
  await panel(page).getByText('81 days').waitFor();
  await panel(page).getByText('by Example Time Authority').waitFor();
  await panel(page).getByText('Not verified yet.').waitFor();
  await panel(page).getByRole('button', { name: 'Copy the head' }).click();
  await panel(page).getByText('Copied').waitFor();
  await panel(page).getByRole('button', { name: 'Verify now' }).click();
  await panel(page).getByRole('progressbar').waitFor();
  // It goes on while another screen is looked at.
  await page.getByRole('banner').getByText('Sealed to 13 Oct, not verified yet').waitFor();
  await page.getByRole('link', { name: 'Explorer' }).click();
  await page.getByLabel('Search entries').waitFor();
  await page.getByLabel('Search entries').fill('from:2026-10-13 to:2026-10-13');
  await page.getByRole('grid').getByText('complete, sealed').first().waitFor();
  await page.getByRole('link', { name: 'Archive' }).click();
  await panel(page).getByRole('button', { name: 'Cancel' }).waitFor();
  await ends(page);
  await panel(page).getByText('everything is as it was sealed').waitFor();
  await page.getByRole('banner').getByText('Sealed to 13 Oct, verified').waitFor();
  // With the name of a screen of the rail hanging over the page.
  await page.getByRole('link', { name: 'Overview' }).hover();
  await page.getByRole('tooltip', { name: 'Overview' }).waitFor();
  expect(await axeProblems(page)).toEqual([]);
});

test('what is broken is said on top of the screen, and named', async () => {
  const page = await open({ scheme: 'dark' });
  await panel(page).getByRole('button', { name: 'Verify now' }).click();
  await panel(page).getByRole('progressbar').waitFor();
  await ends(page, true);
  await page.getByText('The archive is not as it was sealed.').waitFor();
  await page.getByRole('banner').getByRole('link', { name: '1 problem found' }).waitFor();
  await panel(page).getByText('The entry log_7 of 2026-08-01').waitFor();
  expect(await axeProblems(page)).toEqual([]);
});

test('a verification can be cancelled, and nothing is said of it', async () => {
  const page = await open();
  await panel(page).getByRole('button', { name: 'Verify now' }).click();
  await panel(page).getByRole('button', { name: 'Cancel' }).click();
  await panel(page).getByRole('button', { name: 'Verify now' }).waitFor();
  await panel(page).getByText('Not verified yet.').waitFor();
  expect(await panel(page).getByRole('alert').count()).toBe(0);
});
