import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeProblems } from './axe.ts';
import { callsOf } from './harness.ts';
import { openedWindows, soon } from './opened-windows.ts';

const open = openedWindows();

function sheet(page: Page, n: number) {
  return page.locator(`canvas[data-page="${n}"]`);
}

test('the real pages are there before anything is written, and are turned by keys', async () => {
  const page = await open({ address: '/reports' });
  await sheet(page, 1).waitFor();
  const dark = await sheet(page, 1).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let n = 0;
    for (let i = 0; i < data.length; i += 4) if ((data[i] ?? 255) < 40) n += 1;
    return n / (data.length / 4);
  });
  // The page holds a black rectangle of 400 × 90 points, 7 % of it.
  expect(dark).toBeGreaterThan(0.06);
  expect(dark).toBeLessThan(0.1);
  await page.getByRole('group', { name: 'Page, turned by arrow keys' }).focus();
  await page.keyboard.press('ArrowRight');
  await sheet(page, 2).waitFor();
  await soon(() => page.getByText('This is page 2').count()).toBe(1);
  await page.keyboard.press('End');
  await page.getByText('Page 12 of 12').waitFor();
  await page.keyboard.press('Home');
  await sheet(page, 1).waitFor();
  expect((await callsOf(page)).filter(({ name }) => name === 'reportSave')).toEqual([]);
});

test('saved by keyboard: the name is asked for, the report is listed with its hash, and a PDF is verified', async () => {
  const page = await open({ address: '/reports' });
  await page.getByText('No report was saved yet').waitFor();
  await page.getByText('12 pages').waitFor();
  await page.getByText('Say who you are').waitFor();
  await page.getByLabel('Your name').focus();
  await page.keyboard.type('Marta Quintela');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('soc2-2026-07-01-2026-09-30.pdf').waitFor();
  const row = page.getByRole('row', { name: /SOC 2.*Marta Quintela/ });
  await row.waitFor();
  expect(await row.textContent()).toContain('7e20b91c4d05a83fc6120fe938ab5d719c41e07a55d2b8d102ee40fa91c31f08');
  await page.getByRole('button', { name: 'Verify a PDF…' }).press('Enter');
  await page.getByText(/is a report of this archive, byte for byte: SOC 2/).waitFor();
  await page.getByText(/still in this archive’s chain/).waitFor();
  expect(await axeProblems(page)).toEqual([]);
});

test('a short report of one person asks for the person, and says where nobody of that name is', async () => {
  const page = await open({ address: '/reports' });
  await page.getByRole('combobox', { name: 'Report', exact: true }).click();
  await page.getByRole('option', { name: 'One person' }).click();
  await page.getByText('Name somebody, and the pages appear beside this.').waitFor();
  await page.getByRole('combobox', { name: 'Person' }).fill('nobody@example.com');
  await page.keyboard.press('Enter');
  await page.getByText('The archive has no entry of or about “nobody@example.com”.').waitFor();
  const asked = (await callsOf(page)).filter(({ name }) => name === 'reportDraft').at(-1)?.input;
  expect(asked).toMatchObject({ template: 'person', person: 'nobody@example.com' });
  expect(await axeProblems(page)).toEqual([]);
});

test('a report that is being made can be cancelled, and made again', async () => {
  const page = await open({ address: '/reports' });
  await page.getByText('12 pages').waitFor();
  await page.getByRole('combobox', { name: 'Report', exact: true }).click();
  await page.getByRole('option', { name: 'GDPR' }).click();
  await page.getByText(/^Laying out pages, \d/).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Make it again' }).click();
  await page.getByText(/^Laying out pages, \d/).waitFor();
});

test('dark: no accessibility problem', async () => {
  const page = await open({ address: '/reports', scheme: 'dark' });
  await sheet(page, 1).waitFor();
  expect(await axeProblems(page)).toEqual([]);
});
