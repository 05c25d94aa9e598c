import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeProblems, axeProblemsInBoth } from './axe.ts';
import { announce, callsOf, forgetViolations, NOW, type OpenOptions, ORIGIN, violationsOf } from './harness.ts';
import { ON_ROW, openedWindows, soon } from './opened-windows.ts';

const open = openedWindows();

function rows(page: Page): Locator {
  return page.locator('[data-key]');
}

async function ready(page: Page): Promise<void> {
  await rows(page).first().waitFor();
}

async function total(page: Page, n: number): Promise<void> {
  await page.locator(`[data-testid="total"][data-total="${n}"]`).waitFor();
}

test('the Explorer shows every entry, newest first, with its total', async () => {
  const page = await open();
  await total(page, 4000);
  await ready(page);
  expect(await rows(page).first().textContent()).toMatch(/09:43:30.*WEST/);
  expect(await page.getByTestId('entries').getAttribute('aria-rowcount')).toBe(String(4000 + 15 + 1));
});

test('the status bar says how long the entries took to come, at a place that does not move', async () => {
  const page = await open();
  await ready(page);
  const took = page.getByTestId('took');
  await page.getByTestId('entries').focus();
  await page.keyboard.press('j');
  const place = () => page.getByTestId('position').evaluate((element) => element.getBoundingClientRect().right);
  const before = await place();
  expect(await took.textContent()).toMatch(/^Answered in (\d+ ms|\d+(\.\d)? s)$/);
  await page.evaluate(() => {
    const { logbook } = window as unknown as { logbook: Record<string, (input: unknown) => Promise<unknown>> };
    const listing = logbook.entriesListing;
    logbook.entriesListing = async (input) => {
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      return listing?.(input);
    };
  });
  await page.getByLabel('Search entries').fill('category:security');
  await soon(() => took.textContent()).toMatch(/^Answered in \d+(\.\d)? s$/);
  expect(Number(/[\d.]+/.exec((await took.textContent()) ?? '')?.[0])).toBeGreaterThanOrEqual(1.2);
  await page.getByTestId('entries').focus();
  await page.keyboard.press('Home');
  await page.getByText(/^Row 1 of/).waitFor();
  expect(await place()).toBe(before);
});

test('five million rows: the last one can be reached by key and by scrollbar, and no row is empty', async () => {
  const page = await open({ rows: 5_000_000 });
  await total(page, 5_000_000);
  await ready(page);
  const grid = page.getByTestId('entries');
  await grid.focus();
  await page.keyboard.press('End');
  await page.locator('[data-key="2048"]').waitFor();
  await soon(() => page.locator('[data-skeleton]').count()).toBe(0);
  expect(await page.getByTestId('position').textContent()).toMatch(/^Row 5.000.000 of 5.000.000$/);
  await page.keyboard.press('Home');
  await page.locator(`[data-key="${5_000_000 * 2048}"]`).waitFor();
  await grid.evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  await page.locator('[data-key="2048"]').waitFor();
  // The scrollbar of a list this long is coarse; the wheel is not.
  const topmost = () =>
    page
      .locator('[data-key]')
      .evaluateAll((all) => Math.max(...all.map((one) => Number(one.getAttribute('data-key')))));
  const before = await topmost();
  await grid.hover();
  await page.mouse.wheel(0, -28 * 3);
  await soon(topmost).toBe(before + 3 * 2048);
});

test('the window asks for rows in pages and keeps few of them', async () => {
  const page = await open({ rows: 1_000_000 });
  await ready(page);
  const grid = page.getByTestId('entries');
  for (const share of [0.2, 0.4, 0.6, 0.8, 1]) {
    await grid.evaluate((element, part) => {
      element.scrollTop = (element.scrollHeight - element.clientHeight) * part;
    }, share);
    await soon(
      async () => (await page.locator('[data-skeleton]').count()) === 0 && (await rows(page).count()) > 10,
    ).toBe(true);
  }
  const asked = (await callsOf(page)).filter((one) => one.name === 'entriesRows');
  expect(asked.every((one) => (one.input as { limit: number }).limit === 64)).toBe(true);
});

test('typing filters while typing, is one step in the history, and chips say the same', async () => {
  const page = await open();
  await ready(page);
  await page.keyboard.press('/');
  await page.keyboard.type('category:security -actor:priya.nair@alfama.example');
  const chips = page.getByRole('list', { name: 'Conditions' }).getByRole('listitem');
  await soon(() => chips.allTextContents()).toEqual(['category is security', 'actor is not priya.nair@alfama.example']);
  await soon(() => rows(page).first().textContent()).toContain('Created an API token');
  await page.keyboard.press('Enter');
  await page.goBack();
  await total(page, 4000);
  await soon(() => page.getByLabel('Search entries').inputValue()).toBe('');
  await page.goForward();
  await soon(() => chips.count()).toBe(2);
  await page.getByRole('button', { name: /^Remove: actor is not/ }).click();
  await soon(() => page.getByLabel('Search entries').inputValue()).toBe('category:security');
});

test('no letter is lost that is typed while the address follows, and all of them are one step', async () => {
  const page = await open();
  await ready(page);
  await page.keyboard.press('/');
  // As long between two keys as the address waits, and a little more and less: some come while it changes.
  const query = 'category:security api token';
  for (const [i, letter] of [...query].entries()) {
    await page.keyboard.type(letter);
    await page.waitForTimeout(140 + 4 * (i % 8));
  }
  await page.keyboard.press('Enter');
  expect(await page.getByLabel('Search entries').inputValue()).toBe(query);
  await soon(() => decodeURIComponent(page.url())).toContain('category:security');
  await page.goBack();
  await total(page, 4000);
  await soon(() => page.getByLabel('Search entries').inputValue()).toBe('');
});

test('a query that cannot be read names the mistake, keeps the last result and offers the repair', async () => {
  const page = await open({ address: '/?q=category:security' });
  await ready(page);
  const before = await page.getByTestId('total').textContent();
  await page.getByLabel('Search entries').fill('categroy:team');
  await page.getByRole('alert').getByText('There is no field called').waitFor();
  expect(await page.getByTestId('total').textContent()).toBe(before);
  await page.getByRole('alert').getByRole('button', { name: 'category' }).click();
  await soon(() => rows(page).first().textContent()).toContain('Added a member');
});

test('facets choose, exclude and keep the others in sight', async () => {
  const page = await open();
  await ready(page);
  const category = page.getByRole('region', { name: 'Category' });
  await category.getByRole('checkbox', { name: /^billing/ }).click();
  await soon(() => rows(page).first().textContent()).toContain('Payment failed');
  expect(await category.getByRole('checkbox').count()).toBe(5);
  await category.getByRole('checkbox', { name: /^tunnel/ }).click();
  await soon(() => page.getByLabel('Search entries').inputValue()).toBe('category:billing category:tunnel');
  await category.getByRole('listitem').filter({ hasText: 'billing' }).hover();
  await category.getByRole('button', { name: 'Exclude billing' }).click();
  await soon(() => page.getByLabel('Search entries').inputValue()).toBe('category:tunnel -category:billing');
});

test('dragging over the chart selects that time', async () => {
  const page = await open();
  await ready(page);
  const box = await page.getByTestId('histogram-overlay').boundingBox();
  if (!box) throw new Error('no chart');
  await page.mouse.move(box.x + box.width * 0.5, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 30, { steps: 4 });
  await page.mouse.up();
  await soon(() => page.getByLabel('Search entries').inputValue()).toMatch(
    /^from:2026-10-0\dT\d\d:00 to:2026-10-\d\dT\d\d:59:59\.999$/,
  );
  await soon(async () => Number(await page.getByTestId('total').getAttribute('data-total'))).toBeLessThan(4000);
  await page.goBack();
  await total(page, 4000);
});

test('keys: move, open, follow, close; the opened entry survives back, forward and reload', async () => {
  const page = await open();
  await ready(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const drawer = page.getByTestId('drawer');
  await drawer.getByText('log_000000000001').first().waitFor();
  await page.keyboard.press('j');
  await drawer.getByText('log_000000000002').first().waitFor();
  await page.reload();
  await drawer.getByText('log_000000000002').first().waitFor();
  await soon(() => page.getByTestId('position').textContent()).toMatch(/^Row 3 of/);
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  await page.goBack();
  await drawer.getByText('log_000000000002').first().waitFor();
});

test('an entry deep in the list is found again after a reload', async () => {
  const key = (4000 - 3210) * 2048;
  const page = await open({ address: `/?e=${key}` });
  await page.locator(`[data-key="${key}"][aria-selected="true"]`).waitFor();
});

test('the drawer shows the entry as received and what is around it', async () => {
  const page = await open();
  await ready(page);
  await rows(page).nth(5).click(ON_ROW);
  const drawer = page.getByTestId('drawer');
  const raw = drawer.getByLabel('Raw, as received, the text');
  await raw.waitFor();
  // Printing a parsed number again would have changed it.
  expect(await raw.textContent()).toContain('12345678901234567890');
  expect(await raw.textContent()).toContain('1.0');
  await drawer.getByRole('link', { name: 'Same actor, one hour each way' }).click();
  await soon(() => page.getByLabel('Search entries').inputValue()).toMatch(
    /^from:2026-10-15T08:18:\S+ to:2026-10-15T10:18:\S+ actor:user_1$/,
  );
});

test('names made to deceive are shown, not obeyed', async () => {
  const page = await open({ hostile: true });
  await ready(page);
  await page.getByText('<img src=x onerror').first().waitFor();
  await page.getByTitle('Hidden character U+202E').first().waitFor();
  expect(await page.locator('img').count()).toBe(0);
  for (const n of [0, 1, 2, 3]) {
    await rows(page).nth(n).click(ON_ROW);
    await page.getByTestId('drawer').getByText(`log_00000000000${n}`).first().waitFor();
  }
  expect(await axeProblems(page)).toEqual([]);
});

test('unlock: a wrong passphrase says so and what to do; the right one opens; Ctrl-L closes and leaves nothing', async () => {
  const page = await open({ start: 'locked' });
  await page.getByLabel(/^Passphrase for Alfama Systems . production/).fill('wrong');
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alert');
  await alert.getByText('The passphrase does not open this archive.').waitFor();
  await alert.getByText('use the recovery code').waitFor();
  await page.getByLabel(/^Passphrase for/).fill('correct horse');
  await page.keyboard.press('Enter');
  await ready(page);
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { name: 'Unlock the archive' }).waitFor();
  expect(await page.locator('body').textContent()).not.toContain('Marta');
});

test('create: the recovery code is shown once and must be confirmed; then Jetty is connected and fetched', async () => {
  const page = await open({ start: 'first' });
  await page.getByRole('button', { name: 'New archive' }).click();
  await page.getByLabel('Name of the archive').fill('Alfama');
  await page.getByLabel('Passphrase', { exact: true }).fill('abc');
  await page.getByText('Too easy to guess').waitFor();
  expect(await page.getByRole('button', { name: 'Create the archive' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Make one for me' }).click();
  await page.getByRole('button', { name: 'Create the archive' }).click();
  await page.getByLabel('Recovery code', { exact: true }).getByText('K7M2-').waitFor();
  const go = page.getByRole('button', { name: 'Go to the archive' });
  expect(await go.isDisabled()).toBe(true);
  await page.getByLabel('I have kept the recovery code').check();
  await go.click();
  await page.getByText('nothing has been fetched into it yet').waitFor();
  await page.getByLabel('API token').fill('wrong');
  await page.getByRole('button', { name: 'Connect and fetch' }).click();
  await page.getByRole('alert').getByText('Jetty refused the token.').waitFor();
  await page.getByLabel('API token').fill('right');
  await page.getByRole('button', { name: 'Connect and fetch' }).click();
  await total(page, 4000);
});

test('the made-up organisation opens with its progress', async () => {
  const page = await open({ start: 'first' });
  await page.getByRole('button', { name: 'Explore a made-up organisation' }).click();
  await ready(page);
  await page.getByText('made-up organisation').first().waitFor();
});

test('findings: reason, entries, and from there to the Explorer by key', async () => {
  const page = await open({ address: '/findings' });
  await page.getByRole('heading', { name: 'Sign-in after many failures' }).waitFor();
  await soon(() => page.getByRole('region', { name: 'Entries' }).getByRole('row').count()).toBeGreaterThan(6);
  await page.keyboard.press('j');
  await page.getByRole('heading', { name: 'Repeated failed sign-ins against one account' }).waitFor();
  await page.keyboard.press('o');
  await soon(() => page.getByLabel('Search entries').inputValue()).toMatch(/^from:\S+ to:\S+ ip:198\.51\.100\.12$/);
});

test('a report tells its pages and its file; an export the number it was asked for', async () => {
  const page = await open({ address: '/reports' });
  await page.getByRole('button', { name: 'Q2 2026' }).click();
  await page.getByText('12 pages').waitFor();
  await page.getByLabel('Your name').fill('Marta Quintela');
  await page.getByRole('button', { name: 'Save the report…' }).click();
  await page.getByText('soc2-2026-04-01-2026-06-30.pdf').waitFor();
  await page.getByRole('heading', { name: 'Reports', exact: true }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await ready(page);
  const shown = await page.getByTestId('total').getAttribute('data-total');
  await page.getByRole('button', { name: /^Export/ }).click();
  await page.getByRole('menuitem', { name: /NDJSON/ }).click();
  await page.getByText('entries.ndjson: 4 000 entries').waitFor();
  expect(shown).toBe('4000');
  expect((await callsOf(page)).filter((one) => one.name === 'exportCreate')).toHaveLength(1);
});

test('palette, help and the menu’s commands', async () => {
  const page = await open();
  await ready(page);
  await page.keyboard.press('Control+k');
  const field = page.getByRole('textbox', { name: 'Go to or do' });
  await field.fill('ines duarte');
  await page.getByRole('button', { name: /Ines Duarte.*entries by/ }).click();
  await soon(() => page.getByLabel('Search entries').inputValue()).toBe('actor:ines.duarte@alfama.example');
  await field.waitFor({ state: 'detached' });
  await page.getByTestId('entries').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
  await announce(page, 'MenuCommand', { command: 'report' });
  await page.getByRole('heading', { name: 'Reports', level: 1 }).waitFor();
});

test('another zone shows other times, in the rows and in the address', async () => {
  const page = await open();
  await ready(page);
  await page.getByRole('button', { name: /^Time zone/ }).click();
  await page.getByLabel('City or zone').fill('tokyo');
  await page.getByRole('option', { name: /Tokyo/ }).click();
  await soon(() => rows(page).first().textContent()).toContain('17:43:30');
  expect(page.url()).toContain('tz=Asia%2FTokyo');
});

test('a growing archive is taken up without losing the place', async () => {
  const page = await open();
  await ready(page);
  await announce(page, 'ArchiveChanged', { version: 2 });
  await soon(async () => (await callsOf(page)).filter((one) => one.name === 'appState').length).toBeGreaterThan(1);
  await ready(page);
});

const SCREENS: readonly (readonly [name: string, options: OpenOptions, text: string])[] = [
  ['Explorer', { address: '/?q=last:7d%20tunnel' }, 'entries match'],
  ['Explorer with an entry', { address: `/?e=${3990 * 2048}` }, 'Raw, as received'],
  ['no match', { address: '/?q=zzzz' }, 'No entry matches'],
  ['Findings', { address: '/findings' }, 'Sign-in after many failures'],
  ['Reports', { address: '/reports' }, 'Reports that were saved'],
  ['Archive', { address: '/archive' }, 'Last fetched'],
  ['empty archive', { start: 'empty' }, 'Connect to Jetty'],
  ['unlock', { start: 'locked' }, 'Unlock the archive'],
  ['first start', { start: 'first' }, 'Welcome to Logbook'],
];

test.each(SCREENS)(`axe finds nothing: %s`, async (_name, options, text) => {
  const page = await open({ ...options, width: 1280, height: 800 });
  await page.getByText(text).first().waitFor();
  if (
    options.start === undefined &&
    options.address !== '/?q=zzzz' &&
    !options.address?.startsWith('/re') &&
    !options.address?.startsWith('/ar')
  ) {
    await soon(() => page.locator('[data-skeleton]').count()).toBe(0);
  }
  expect(await axeProblemsInBoth(page)).toEqual([]);
});

test.each(['palette', 'dates', 'zone', 'help', 'export', 'create', 'recover'])(
  'axe finds nothing over: %s',
  async (what) => {
    const start = what === 'create' ? 'first' : what === 'recover' ? 'locked' : 'open';
    const page = await open({ start });
    if (start === 'open') await ready(page);
    if (what === 'palette') await page.keyboard.press('Control+k');
    if (what === 'dates') await page.getByRole('button', { name: /^Choose dates/ }).click();
    if (what === 'zone') await page.getByRole('button', { name: /^Time zone/ }).click();
    if (what === 'help') await page.keyboard.press('?');
    if (what === 'export') await page.getByRole('button', { name: /^Export/ }).click();
    if (what === 'create') await page.getByRole('button', { name: 'New archive' }).click();
    if (what === 'recover') await page.getByRole('button', { name: 'Use the recovery code' }).click();
    const sign = {
      palette: page.getByLabel('Go to or do').last(),
      dates: page.getByText('First and last day, both included.'),
      zone: page.getByLabel('City or zone'),
      help: page.getByRole('dialog', { name: 'Keys' }),
      export: page.getByRole('menuitem', { name: /CSV/ }),
      create: page.getByLabel('Name of the archive'),
      recover: page.getByLabel(/^Recovery code of/),
    }[what];
    await sign?.waitFor();
    // Colours are judged when the layer has faded in.
    await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))));
    expect(await axeProblems(page)).toEqual([]);
  },
);

test('the page came from the built files under the strict policy', async () => {
  const page = await open();
  await ready(page);
  expect(new URL(page.url()).origin).toBe(ORIGIN);
  expect(await page.evaluate(() => Date.now())).toBe(NOW);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    return (window as unknown as { ran?: boolean }).ran ?? false;
  });
  expect(ran).toBe(false);
  await soon(async () => (await violationsOf(page)).length).toBe(1);
  await forgetViolations(page);
});
