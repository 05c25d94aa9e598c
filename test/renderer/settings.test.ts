import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeProblems, axeProblemsInBoth } from './axe.ts';
import { callsOf, type OpenOptions } from './harness.ts';
import { openedWindows } from './opened-windows.ts';

const opened = openedWindows({ address: '/settings' });

async function open(options: OpenOptions = {}): Promise<Page> {
  const page = await opened(options);
  await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
  return page;
}

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const callsNamed = async (page: Page, name: string) =>
  (await callsOf(page)).filter((one) => one.name === name).map((one) => one.input);
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

test('an office is added, changed and removed; each change is signed, and undone from the note about it', async () => {
  const page = await open();
  const offices = section(page, 'Offices');
  await offices.getByText('Nobody has said when people work here').waitFor();
  await offices.getByRole('button', { name: 'Add an office' }).click();
  const form = page.getByRole('form', { name: 'New office' });
  await form.getByRole('button', { name: 'Keep' }).click();
  await form.getByText('Give the office a name.').waitFor();
  await form.getByLabel('Name').fill('Lisbon');
  await form.getByRole('button', { name: 'Fri' }).click();
  await form.getByLabel('Holidays').fill('2026-12-25 Christmas Day\n2026-13-01');
  await form.getByRole('button', { name: 'Keep' }).click();
  await form.getByText('Line 2: “2026-13-01” is not a date').waitFor();
  await form.getByLabel('Holidays').fill('2026-12-25 Christmas Day');
  await form.getByRole('button', { name: 'Keep' }).click();
  // Nobody has said who they are yet: nothing is kept, and the name is asked for.
  const name = page.getByLabel('Changes are signed by');
  await expect.poll(() => name.evaluate((input) => input === document.activeElement)).toBe(true);
  expect(await callsNamed(page, 'officesSet')).toEqual([]);
  await name.fill('Marta');
  await form.getByRole('button', { name: 'Keep' }).click();
  await offices.getByText('Monday to Thursday, 08:00–18:00').waitFor();
  await offices.getByText('1 holiday').waitFor();
  expect(await callsNamed(page, 'officesSet')).toMatchObject([
    {
      by: 'Marta',
      offices: [{ name: 'Lisbon', zone: 'Europe/Lisbon', weekdays: [1, 2, 3, 4], holidays: [{ date: '2026-12-25' }] }],
    },
  ]);
  await offices.getByRole('button', { name: 'Change Lisbon' }).click();
  const change = page.getByRole('form', { name: 'Change Lisbon' });
  await change.getByLabel('Opens, hours').fill('22');
  await change.getByText('The shift ends on the next day').waitFor();
  await change.getByRole('button', { name: 'Keep' }).click();
  await offices.getByText('Monday to Thursday, 22:00–18:00 the next day').waitFor();
  await offices.getByRole('button', { name: 'Remove Lisbon' }).click();
  await offices.getByText('Monday to Friday, 07:00–20:00').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await offices.getByText('Monday to Thursday, 22:00–18:00 the next day').waitFor();
});

test('networks and countries are trusted with a reason; what is no network says what it would be', async () => {
  const page = await open({ address: '/settings?section=trusted' });
  const trusted = section(page, 'Trusted places');
  await expect.poll(() => focused(page)).toBe('Trusted places');
  await page.getByLabel('Changes are signed by').fill('Marta');
  const networks = page.getByRole('form', { name: 'Trust one of the networks' });
  await networks.getByLabel('Network or address').fill('203.0.113.7/24');
  await networks.getByRole('button', { name: 'Add' }).click();
  await networks.getByText('Say in a few words why.').waitFor();
  await networks.getByLabel('Reason').fill('Lisbon');
  await networks.getByRole('button', { name: 'Add' }).click();
  await networks.getByText('Write 203.0.113.0/24 for the network').waitFor();
  expect(await callsNamed(page, 'networksTrust')).toEqual([]);
  await networks.getByLabel('Network or address').fill('203.0.113.0/24');
  await page.keyboard.press('Enter');
  const list = trusted.getByRole('list', { name: 'Trusted networks' });
  await list.getByText('203.0.113.0/24').waitFor();
  await list.getByRole('button', { name: 'Remove 203.0.113.0/24' }).click();
  await trusted.getByText('No network is trusted yet.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await list.getByText('Lisbon').waitFor();

  const countries = page.getByRole('form', { name: 'Trust one of the countries' });
  await countries.getByRole('combobox', { name: 'Country' }).fill('portu');
  await page.getByRole('option', { name: 'Portugal (PT)' }).click();
  await countries.getByLabel('Reason').fill('Where we live');
  await countries.getByRole('button', { name: 'Add' }).click();
  await trusted.getByRole('list', { name: 'Trusted countries' }).getByText('Portugal').waitFor();
  expect(await callsNamed(page, 'countriesTrust')).toEqual([
    { country: 'PT', trust: true, reason: 'Where we live', by: 'Marta' },
  ]);
});

test('how the window looks, the zone and the time until it locks hold at once and are kept', async () => {
  const page = await open();
  await page.getByText('Compact', { exact: true }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.density)).toBe('compact');
  expect(
    await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--row-height').trim()),
  ).toBe('24px');
  await page.getByText('Dark', { exact: true }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe('dark');
  await page.getByLabel('Lock when nobody is there').selectOption('After 5 minutes');
  await page.getByRole('combobox', { name: 'Times are shown in' }).click();
  await page.getByRole('option', { name: 'UTC', exact: true }).click();
  await page.getByText('Now 15 Oct 2026, 08:45 UTC.').waitFor();
  expect(await callsNamed(page, 'preferencesSet')).toEqual([
    { density: 'compact' },
    { scheme: 'dark' },
    { lockMinutes: 5 },
    { zone: 'UTC' },
  ]);
});

test('keys, the palette and the index lead to a section, and the address says which', async () => {
  const page = await opened({ address: '/overview' });
  const heading = page.getByRole('heading', { name: 'Settings', exact: true });
  await page.getByRole('heading', { name: 'Open findings' }).waitFor();
  // The calendar of days is a list, but no layer that takes the keys away.
  await page.getByRole('listbox', { name: /^Days/ }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await heading.waitFor();
  await page.getByRole('link', { name: 'Locking' }).click();
  await expect.poll(() => focused(page)).toBe('Locking');
  expect(page.url()).toContain('section=locking');
  await page.keyboard.press('/');
  await page.keyboard.type('cidr');
  await expect
    .poll(() => page.getByRole('navigation', { name: 'Sections of Settings' }).getByRole('link').allTextContents())
    .toEqual(['Trusted places']);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('Trusted places');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill('holidays');
  await page.getByRole('dialog').getByText('for this archive').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('Offices');
  expect(page.url()).toContain('section=offices');
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect.poll(() => heading.count()).toBe(0);
  await page.keyboard.press('Control+,');
  await heading.waitFor();
});

test('a retention deletes nothing until its name is typed, and holds keep what they cover', async () => {
  const page = await open({ address: '/settings?section=retention' });
  const retention = section(page, 'Retention and holds');
  const hold = page.getByRole('form', { name: 'Place a hold' });
  await hold.getByLabel('What it covers').fill('actro:eve');
  await hold.getByText('There is no field called “actro”').waitFor();
  await hold.getByLabel('What it covers').fill('actor:eve');
  await hold.getByLabel('Reason').fill('Case C-031');
  await hold.getByRole('button', { name: 'Hold' }).click();
  await retention.getByRole('list', { name: 'Legal holds in force' }).getByText('12 entries').waitFor();

  await retention.getByLabel('Entries are kept').selectOption('Another time…');
  await retention.getByLabel('Days to keep entries').fill('400');
  await page.keyboard.press('Enter');
  await retention.getByText('Holds keep 12 of them. Applying this deletes').waitFor();
  expect(await callsNamed(page, 'keepingSet')).toEqual([{ keepDays: 400 }]);
  expect(await retention.getByRole('link', { name: /1\D240 entries/ }).getAttribute('href')).toContain('to');
  expect(await callsNamed(page, 'keepingApply')).toEqual([]);

  await retention.getByRole('button', { name: /Delete 1\D228 entries/ }).click();
  const form = page.getByRole('form', { name: 'Delete what is due' });
  await form.getByText('This cannot be undone.').waitFor();
  const sure = form.getByRole('button', { name: /for good/ });
  expect(await sure.isDisabled()).toBe(true);
  await form.getByLabel('Type the archive’s name').fill('alfama');
  expect(await sure.isDisabled()).toBe(true);
  expect(await axeProblems(page)).toEqual([]);
  await form.getByLabel('Type the archive’s name').fill('Alfama Systems');
  await sure.click();
  await retention
    .getByRole('list', { name: 'Past deletions' })
    .getByText(/1\D228 entries/)
    .waitFor();
  expect(await callsNamed(page, 'keepingApply')).toEqual([
    { name: 'Alfama Systems', before: '2025-09-10', entries: 1228 },
  ]);
  await retention.getByRole('button', { name: 'Release hold 1' }).click();
  await retention.getByText('No hold is in force; 1 was released.').waitFor();
});

test('the token is tried, replaced without being seen, and forgotten; another archive can be turned to', async () => {
  const page = await open({ address: '/settings?section=source' });
  const source = section(page, 'Source and token');
  await source.getByText('Kept by this system’s keychain').waitFor();
  await source.getByRole('button', { name: 'Test the connection' }).click();
  await source.getByText('eu.usejetty.online takes the token.').waitFor();
  await source.getByRole('button', { name: 'Replace the token…' }).click();
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await source.getByText('Jetty refused the token.').waitFor();
  await source.getByLabel('New API token', { exact: true }).fill('jetty_new');
  await page.keyboard.press('Enter');
  await source.getByText('The new token is kept; Jetty takes it.').waitFor();
  expect(await page.content()).not.toContain('jetty_new');
  await source.getByRole('button', { name: 'Disconnect' }).click();
  await source.getByText('No token is kept.').waitFor();
  expect(await source.getByRole('button', { name: 'Test the connection' }).isDisabled()).toBe(true);
  await source.getByRole('button', { name: /^Switch to .*staging/ }).click();
  await page.getByLabel(/^Passphrase for .*staging/).waitFor();
});

test('keys are changed by the present passphrase; a recovery code stays until it is kept', async () => {
  const page = await open({ address: '/settings?section=keys' });
  const keys = section(page, 'Keys');
  await keys.getByText('Since 4 Mar 2026').first().waitFor();
  await keys.getByRole('button', { name: 'Change…' }).click();
  const change = page.getByRole('form', { name: 'Change the passphrase' });
  const sure = change.getByRole('button', { name: 'Change the passphrase' });
  await change.getByLabel('Present passphrase', { exact: true }).fill('wrong');
  await change.getByLabel('New passphrase').fill('seven quiet otters cross the river');
  expect(await sure.isDisabled()).toBe(true);
  await change.getByLabel('The same again').fill('seven quiet otters cross the river');
  await sure.click();
  await change.getByText('The passphrase does not open this archive.').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await change.getByLabel('Present passphrase', { exact: true }).fill('right');
  await sure.click();
  await keys.getByText('The passphrase is changed.').waitFor();

  await keys.getByRole('button', { name: 'New code…' }).click();
  await page.keyboard.type('right');
  await page.keyboard.press('Enter');
  const code = keys.getByLabel('Recovery code', { exact: true });
  await code.getByText('7K2MQ').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await keys.getByLabel('I have kept the recovery code').check();
  await keys.getByRole('button', { name: 'Done' }).click();
  await expect.poll(() => code.count()).toBe(0);
  expect(await callsNamed(page, 'keysRecoveryCodeKept')).toEqual([
    { recoveryCode: '7K2MQ-8XW3D-PQ9RT-ABCDE-FGHJK-MNPQR-STVWX-YZ234' },
  ]);

  await keys.getByRole('button', { name: 'Turn on…' }).click();
  await page.keyboard.type('right');
  await page.keyboard.press('Enter');
  await keys.getByText('Test keychain opens this archive', { exact: true }).waitFor();
  await keys.getByRole('button', { name: 'Encrypt anew…' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('form', { name: 'New data key' }).count()).toBe(0);
  await keys.getByRole('button', { name: 'Encrypt anew…' }).click();
  await page.keyboard.type('right');
  await page.keyboard.press('Enter');
  await code.getByText('9Z9Z9').waitFor();
});

test('an archive that is open for reading only shows its settings and takes none', async () => {
  const page = await open({ readOnly: true });
  await page.getByText('This archive is open for reading only.').waitFor();
  await section(page, 'Offices').getByText('Monday to Friday, 07:00–20:00').waitFor();
  expect(await section(page, 'Offices').getByRole('button').count()).toBe(0);
  expect(await section(page, 'Trusted places').getByRole('button').count()).toBe(0);
});

test(`axe finds nothing at the smallest size, with an office being written`, async () => {
  const page = await open({ width: 1280, height: 800 });
  await section(page, 'Offices').getByRole('button', { name: 'Add an office' }).click();
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByText('Give the office a name.').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('an authority stamps heads: with its root certificate, without, and no longer; what fails is said', async () => {
  const page = await open();
  const integrity = section(page, 'Integrity');
  const address = integrity.getByLabel('Time stamps');
  await address.fill('not an address');
  await address.press('Enter');
  await integrity.getByText('cannot be read').waitFor();
  await address.fill('https://tsa.example/tsr');
  await integrity.getByRole('button', { name: 'Stamp without' }).click();
  await integrity.getByText('nobody has said').waitFor();
  await integrity.getByRole('alert').getByText('it refuses connections').waitFor();
  expect(await axeProblemsInBoth(page)).toEqual([]);
  await integrity.getByRole('button', { name: 'Choose its root certificate…' }).click();
  await integrity.getByText('Its certificate has to lead to Example Root.').waitFor();
  expect(await integrity.getByRole('alert').count()).toBe(0);
  await integrity.getByRole('button', { name: 'Stop', exact: true }).click();
  await integrity.getByRole('button', { name: 'Stamp, with its root certificate…' }).waitFor();
  expect(await address.inputValue()).toBe('');
});
