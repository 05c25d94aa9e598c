import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startSimulator } from '../../src/main/core/simulator/server.ts';
import { systemClock } from '../../src/main/system-ports.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { enterDemo, rows, search } from '../support/in-the-window.ts';
import { openWindow } from '../support/open-window.ts';
import { type Document, logbook } from '../support/terminal.ts';

// The auditor's bundle: made with the command, opened in a window that has no archive, no token and no server.

const ENV = { LOGBOOK_PASSPHRASE: 'correct horse battery staple', LOGBOOK_BUNDLE_PASSPHRASE: 'quiet otter lantern' };
const ARCHIVE = ['--archive', 'org.logbook', '--tz', 'UTC', '--json'];

const shown = async (page: Page): Promise<number> => Number(await page.getByTestId('total').getAttribute('data-total'));

/** A bundle of a quarter; its archive and the server are gone afterwards, what the command said of it is not. */
async function handedBundle(home: string, queries: readonly string[], ...flags: readonly string[]) {
  const organisation = { entries: 25_000, days: 90, seed: 7, now: systemClock.now() };
  const server = unwrap(await startSimulator({ port: 0, ...organisation }));
  const run = async (...args: readonly string[]): Promise<Document> => {
    const done = await logbook(home, [...args, ...ARCHIVE], { ...ENV, JETTY_TOKEN: server.token });
    expect([done.code, done.err]).toEqual([0, '']);
    return done.json();
  };
  await run('init');
  await run('sync', '--url', server.url);
  await server.close();
  const answers: Document[] = [];
  for (const query of queries) answers.push(await run('search', query, '--limit', '5'));
  const findings = (await run('detect')).findings.length as number;
  const head = await run('head');
  const coverage = await run('coverage');
  const made = await run('bundle', 'create', '--out', 'quarter.age', ...flags);
  rmSync(join(home, 'org.logbook'), { recursive: true });
  return { file: join(home, 'quarter.age'), answers, findings, head, coverage, made };
}

it('opens without an archive and answers the auditor’s questions', async () => {
  const { app, page, home } = await openWindow();
  const queries = [
    'action:tunnel.deleted',
    'action:user.login_failed',
    'action:security.two_factor_disabled',
    'action:security.api_token_created',
  ];
  const { file, answers, head, coverage, findings, made } = await handedBundle(home, queries);
  expect(made.entries).toBe(25_000);
  await app.answerNextDialog(file);
  await page.getByRole('button', { name: 'Open an evidence bundle…' }).click();
  await page.getByLabel('Passphrase of the bundle').fill('not this one');
  await page.getByRole('button', { name: 'Open the bundle' }).click();
  await page.getByText('The passphrase does not open this bundle.').waitFor();
  await page.getByLabel('Passphrase of the bundle').fill(ENV.LOGBOOK_BUNDLE_PASSPHRASE);
  await page.getByLabel(/^Head or key/).fill(head.head);
  const begun = performance.now();
  await page.getByRole('button', { name: 'Open the bundle' }).click();
  const banner = page.getByRole('status').filter({ hasText: 'Evidence bundle of' });
  await banner.waitFor();
  process.stderr.write(`A bundle of 25,000 entries opened in ${Math.round(performance.now() - begun)} ms.\n`);
  await expect
    .poll(() => banner.innerText())
    .toMatch(/Read-only\. Verified: .* proven by seals.*signed as you were told/s);

  // Who deleted a tunnel last, how often did signing in fail, who turned two-factor off, which tokens were created?
  await page.getByRole('link', { name: 'Explorer' }).click();
  for (const [i, query] of queries.entries()) {
    await search(page, query);
    await expect.poll(() => shown(page)).toBe(answers[i]!.total);
    const [first] = answers[i]!.entries as { context: { ip_address: string } }[];
    await rows(page).filter({ hasText: first!.context.ip_address }).first().waitFor();
  }
  // What was found, as it was found in the archive, with its history.
  await page.getByRole('link', { name: new RegExp(`^Findings, ${findings} open`) }).waitFor();
  // Is the list complete, and how is that known?
  await page.getByRole('link', { name: 'Archive' }).click();
  const complete = (coverage.days as { state: string }[]).filter((day) => day.state === 'complete').length;
  await page
    .getByText(new RegExp(`\\b${complete}\\b.*complete`))
    .first()
    .waitFor();
  // A report of it, with nobody else.
  const report = join(home, 'report.pdf');
  await app.answerNextDialog(report);
  await page.getByRole('link', { name: 'Reports' }).click();
  await page.getByLabel('Your name').fill('Ada Auditor');
  await page.getByRole('button', { name: /^Save the report/ }).click();
  await page.getByText('report.pdf').first().waitFor();
  expect(readFileSync(report).subarray(0, 5).toString()).toBe('%PDF-');

  // Nothing of it is left once it is closed.
  const opened = join(home, 'data', 'opened-bundles');
  expect(readdirSync(opened)).toHaveLength(1);
  await page.keyboard.press('Control+L');
  await page.getByRole('heading', { name: /Welcome|Unlock/ }).waitFor();
  await expect.poll(() => readdirSync(opened)).toEqual([]);
});

it('an altered bundle opens with a banner that says so, and its reports are held', async () => {
  const { app, page, home } = await openWindow();
  const { file, head } = await handedBundle(home, [], '--last', '3d');
  const parts = join(home, 'parts');
  const opened = await logbook(home, ['bundle', 'open', file, '--out', parts, '--json'], ENV);
  expect(opened.json()).toMatchObject({ ok: true });
  const entries = join(parts, 'entries/000001.ndjson');
  writeFileSync(entries, readFileSync(entries, 'utf8').replace('tunnel.', 'TUNNEL.'));
  const manifest = JSON.parse(readFileSync(join(parts, 'manifest.json'), 'utf8')) as { parts: { name: string }[] };
  const names = [...manifest.parts.map(({ name }) => name), 'manifest.json', 'manifest.sig'];
  const altered = join(home, 'altered.tar.gz');
  execFileSync('tar', ['--format=ustar', '-czf', altered, '-C', parts, ...names]);
  await app.answerNextDialog(altered);
  await page.getByRole('button', { name: 'Open an evidence bundle…' }).click();
  await page.getByLabel(/^Head or key/).fill(head.head);
  await page.getByRole('button', { name: 'Open the bundle' }).click();
  const banner = page.getByRole('status').filter({ hasText: 'Evidence bundle of' });
  await banner.waitFor();
  await expect.poll(() => banner.innerText()).toMatch(/not as it was made.*rely on nothing/s);
  await page.getByRole('link', { name: 'Archive' }).click();
  await page
    .getByText(/is not among what seal|is not as it was made/)
    .first()
    .waitFor();
});

it('is made in the window of what the Explorer shows, and pseudonymised if asked to', async () => {
  const { app, page, home } = await openWindow();
  await enterDemo(page);
  await page.getByRole('link', { name: 'Explorer' }).click();
  await expect.poll(() => shown(page)).toBe(25_000);
  await search(page, 'action:tunnel.deleted');
  await expect.poll(() => shown(page)).toBeLessThan(25_000);
  const total = await shown(page);
  expect(total).toBeGreaterThan(5);
  const file = join(home, 'deleted.age');
  await app.answerNextDialog(file);
  await page.getByRole('button', { name: /^Export/ }).click();
  await page.getByRole('menuitem', { name: /Evidence bundle/ }).click();
  await page.getByLabel('Passphrase of the bundle').fill(ENV.LOGBOOK_BUNDLE_PASSPHRASE);
  await page.getByLabel('The same again').fill(ENV.LOGBOOK_BUNDLE_PASSPHRASE);
  await page.getByLabel(/^Pseudonymise/).check();
  await page.getByRole('button', { name: 'Choose where and create' }).click();
  await page.getByText('deleted.age').first().waitFor();
  expect(existsSync(file)).toBe(true);
  const verified = await logbook(home, ['bundle', 'verify', file, '--json'], ENV);
  expect(verified.json()).toMatchObject({ ok: true, entries: total, pseudonymised: true });
});
