import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startSimulator } from '../../src/main/core/simulator/server.ts';
import { DEMO_PASSPHRASE } from '../../src/main/shell/services/demo.ts';
import { systemClock } from '../../src/main/system-ports.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { enterDemo, rows, search } from '../support/in-the-window.ts';
import { openWindow } from '../support/open-window.ts';
import { logbook } from '../support/terminal.ts';

// The three people Logbook is for, each doing what they open it for, on the made-up organisation. What the window says is
// compared with what the command says of the same archive.

/** Whoever guessed a password in the made-up organisation came from here. */
const INTRUDER = '185.220.101.47';

const shown = async (page: Page): Promise<number> => Number(await page.getByTestId('total').getAttribute('data-total'));

function asking(home: string, archive: string) {
  return async (...args: string[]) => {
    const answer = await logbook(home, [...args, '--archive', archive, '--tz', 'Europe/Lisbon', '--json'], {
      LOGBOOK_PASSPHRASE: DEMO_PASSPHRASE,
    });
    expect(answer.err).toBe('');
    return answer.json();
  };
}

/** An archive that somebody else filled; their server is gone by the time it is opened. */
async function handOver(home: string, archive: string): Promise<void> {
  const organisation = { entries: 25_000, days: 120, seed: 7, now: systemClock.now() };
  const server = unwrap(await startSimulator({ port: 0, ...organisation }));
  const secrets = { LOGBOOK_PASSPHRASE: DEMO_PASSPHRASE, JETTY_TOKEN: server.token };
  for (const command of [['init'], ['sync', '--url', server.url]]) {
    const done = await logbook(home, [...command, '--archive', archive, '--json'], secrets);
    expect([done.code, done.err]).toEqual([0, '']);
  }
  await server.close();
}

it('the officer finds last quarter’s permission changes and exports them', async () => {
  const { app, page, home } = await openWindow();
  await enterDemo(page);
  const ask = asking(home, 'data/Demo.logbook');
  await page.getByRole('link', { name: 'Explorer' }).click();
  await page.getByRole('button', { name: 'Quarter', exact: true }).click();
  // This quarter so far; the one before it is a whole one.
  await page.getByRole('button', { name: 'Quarter', exact: true }).and(page.locator('[aria-pressed="true"]')).waitFor();
  await page.keyboard.press('[');
  const bar = page.getByLabel('Search entries');
  await expect.poll(() => bar.inputValue()).toMatch(/ to:/);
  const range = await bar.inputValue();
  expect(range).toMatch(/^from:\d{4}-(01|04|07|10)-01 to:\d{4}-(03|06|09|12)-3[01]$/);
  const query = `${range} action:*.member_* action:*.role_changed action:organization.*`;
  await search(page, query);
  const { total } = await ask('count', query);
  expect(total).toBeGreaterThan(5);
  await expect.poll(() => shown(page)).toBe(total);

  const csv = join(home, 'permission-changes.csv');
  await app.answerNextDialog(csv);
  await page.getByRole('button', { name: /^Export/ }).click();
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  await page.getByText('permission-changes.csv').first().waitFor();
  const lines = parse(readFileSync(csv), { columns: true }) as { action: string }[];
  expect(lines).toHaveLength(total);
  expect(lines.every(({ action }) => /member_|role_changed|^organization\./.test(action))).toBe(true);
});

it('the auditor opens an archive read-only, with no server anywhere, and answers five questions', async () => {
  const { app, page, home } = await openWindow();
  const handed = join(home, 'Documents', 'Handed over.logbook');
  await handOver(home, handed);
  const ask = asking(home, handed);
  await app.answerNextDialog(handed);
  await page.getByRole('button', { name: 'Open a folder…' }).click();
  await page.getByLabel(/^Passphrase for/).fill(DEMO_PASSPHRASE);
  await page.getByLabel(/read-only/i).check();
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page
    .getByText(/read-only/i)
    .first()
    .waitFor();
  await page.getByRole('link', { name: 'Explorer' }).click();

  const answerOf = async (query: string) => {
    await search(page, query);
    const found = await ask('search', query, '--limit', '5');
    await expect.poll(() => shown(page)).toBe(found.total);
    return found as { total: number; entries: { actor: { name: string }; target: { name: string } | null }[] };
  };
  // Who deleted a tunnel last?
  const deleted = await answerOf('action:tunnel.deleted');
  await rows(page).filter({ hasText: deleted.entries[0]!.actor.name }).first().waitFor();
  // How often did signing in fail?
  expect((await answerOf('action:user.login_failed')).total).toBeGreaterThan(38);
  // Who turned two-factor off?
  const off = await answerOf('action:security.two_factor_disabled');
  await rows(page).filter({ hasText: off.entries[0]!.actor.name }).first().waitFor();
  // Which tokens were created, and by whom?
  const tokens = await answerOf('action:security.api_token_created');
  await rows(page).filter({ hasText: tokens.entries[0]!.target!.name }).first().waitFor();
  // Is the list complete, and how is that known?
  await page.getByRole('link', { name: 'Archive' }).click();
  const coverage = (await ask('coverage')) as unknown as { days: { state: string }[] };
  const complete = coverage.days.filter((day) => day.state === 'complete').length;
  await page
    .getByText(new RegExp(`\\b${complete}\\b.*complete`))
    .first()
    .waitFor();
});

it('the responder goes from a finding to the intruder’s whole trail in under ten actions, by keyboard', async () => {
  const { page, home } = await openWindow();
  await enterDemo(page);
  const ask = asking(home, 'data/Demo.logbook');
  let actions = 0;
  const press = async (key: string): Promise<void> => {
    actions++;
    await page.keyboard.press(key);
  };
  await press('g');
  await press('f');
  await page.getByText(INTRUDER).first().waitFor();
  // What the finding rests on, and from there all that ever came from that address.
  await press('o');
  const query = page.getByLabel('Search entries');
  await expect.poll(() => query.inputValue()).toContain('actor:"Margaret Oyelaran"');
  await page.getByRole('complementary', { name: 'Entry' }).getByText(INTRUDER).first().waitFor();
  await press('i');
  await expect.poll(() => query.inputValue()).toBe(`ip:${INTRUDER}`);
  const found = (await ask('search', `ip:${INTRUDER}`, '--limit', '200')) as {
    total: number;
    entries: { action: string }[];
  };
  await expect.poll(() => shown(page)).toBe(found.total);
  // The guesses, and what was done with what they opened.
  const done = new Set(found.entries.map(({ action }) => action));
  expect([...done]).toEqual(expect.arrayContaining(['user.login_failed', 'user.login', 'security.api_token_created']));
  expect(actions).toBeLessThan(10);
});
