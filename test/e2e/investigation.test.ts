import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { DEMO_PASSPHRASE } from '../../src/main/shell/services/demo.ts';
import { readPdf, squeezed } from '../core/report/pdf-text.ts';
import { typeDate } from '../support/date-keys.ts';
import { enterDemo } from '../support/in-the-window.ts';
import { openWindow } from '../support/open-window.ts';
import { logbook } from '../support/terminal.ts';

// From a finding to a closed case without the pointer: opened, filled from its scope, noted, put in order, remedied, told
// and closed. What the window shows is compared with what the command says of the same archive.

const MOST_TABS = 300;

/** Goes on with Tab until a control has the focus. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let i = 0; i < MOST_TABS; i++) {
    if (await control.evaluate(hasFocus)) return;
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

const hasFocus = (element: Element) => element === document.activeElement;
const gone = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' });

it('a finding becomes a case, and the case a closed report, by the keyboard alone', async () => {
  const { app, page, home } = await openWindow();
  await enterDemo(page);
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await page.getByRole('toolbar', { name: 'Triage' }).waitFor();
  await page.keyboard.press('p');
  await page.getByRole('dialog', { name: 'Put into a case' }).waitFor();
  await write(page, 'Your name', 'Marta Quintela');
  await page.keyboard.press('Enter');
  await page.getByText(/^Case C-\d+ opened$/).waitFor();
  await gone(page);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.getByRole('heading', { name: 'Investigations', level: 1 }).waitFor();
  await page.locator('[data-row]').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const events = page.getByTestId('timeline').locator('[data-event]');
  await events.first().waitFor();
  const id = /C-\d+/.exec(page.url())?.[0] ?? '';
  const count = async () => Number(await page.getByTestId('events').getAttribute('data-count'));
  const before = await count();

  // What the scope holds beside it comes into the timeline at once; one of it is taken out and put back.
  await page.keyboard.press('s');
  const suggested = Number(await page.getByTestId('suggested').getAttribute('data-count'));
  expect(suggested).toBeGreaterThan(0);
  await page.keyboard.press('Shift+A');
  await page.getByText('Nothing is suggested').waitFor();
  await page.keyboard.press('t');
  await expect.poll(count).toBe(before + suggested);
  // What is folded is taken out together: each of its repeats is shown first.
  await page.keyboard.press('f');
  await page.keyboard.press('d');
  await expect.poll(count).toBe(before + suggested - 1);
  await page.keyboard.press('Control+z');
  await expect.poll(count).toBe(before + suggested);

  await page.keyboard.press('Home');
  await page.keyboard.press('m');
  await page.keyboard.type('Asked by phone: it was not her');
  await page.keyboard.press('Enter');
  await page.getByTestId('timeline').getByText('Asked by phone: it was not her').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await page.getByRole('dialog', { name: /^Phase and technique/ }).waitFor();
  await tabTo(page, page.getByLabel('Phase', { exact: true }));
  await page.keyboard.type('2');
  await write(page, 'ATT&CK technique', 'T1078');
  await page.keyboard.press('Enter');
  await gone(page);
  await page.getByTestId('timeline').getByText('T1078').first().waitFor();
  await page.getByTestId('timeline').getByText('Initial access', { exact: true }).waitFor();

  // Nothing closes before it is known when it was noticed, what came of it and what was done.
  const close = page.getByRole('button', { name: /^Close(,| the case)/ });
  expect(await close.isDisabled()).toBe(true);
  await page.keyboard.press('e');
  await page.getByRole('dialog', { name: `About ${id}` }).waitFor();
  await write(page, 'Summary', 'An account taken over, noticed the next morning.');
  const noticed = page.getByLabel('Noticed at', { exact: true });
  await tabTo(page, noticed);
  // Month and day alike, in whatever order the system writes them.
  await typeDate(page, noticed, [...'10102026', 'ArrowRight', ...'091500AM'], '2026-10-10T09:15');
  await press(page, 'Save');
  await gone(page);
  await press(page, 'Met…');
  await write(page, 'Reference, or why no notice was needed', 'No personal data was reached');
  await press(page, 'Met');
  await gone(page);
  const remedies = page.getByTestId('remedies');
  const settled = async () => Number(await remedies.getAttribute('data-settled'));
  const total = Number(await remedies.getAttribute('data-total'));
  expect(total).toBeGreaterThan(0);
  for (let done = await settled(); done < total; done++) {
    const missing = page
      .locator('li[data-state="missing"], li[data-state="undone"]')
      .getByRole('button', { name: /^Say of:/ });
    await tabTo(page, missing.first());
    await page.keyboard.press('Enter');
    await write(page, 'How it is known', 'Seen at the desk, SEC-482');
    await press(page, 'Save');
    await gone(page);
    await expect.poll(settled).toBe(done + 1);
  }

  await page.keyboard.press('y');
  await tabTo(page, page.getByRole('textbox', { name: 'Story' }));
  await page.keyboard.type('Somebody else signed in');
  await page.keyboard.press('Control+i');
  await page.getByRole('dialog', { name: 'Cite an event' }).waitFor();
  await page.keyboard.press('Enter');
  await gone(page);
  // The citation stands, and one goes on writing where it does.
  await expect.poll(() => page.getByRole('textbox', { name: 'Story' }).evaluate(hasFocus)).toBe(true);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Nothing to save.').waitFor();
  await press(page, 'Timeline');

  await expect.poll(() => close.isEnabled()).toBe(true);
  await page.keyboard.press('Shift+C');
  await page.getByRole('dialog', { name: `Close ${id}` }).waitFor();
  await write(page, 'Passphrase of the archive', DEMO_PASSPHRASE);
  await page.keyboard.press('Enter');
  await gone(page);
  await page.getByRole('button', { name: 'Open it again…' }).waitFor();

  const ask = async (...args: string[]) => {
    const answer = await logbook(home, [...args, '--archive', 'data/Demo.logbook', '--json'], {
      LOGBOOK_PASSPHRASE: DEMO_PASSPHRASE,
    });
    expect(answer.err).toBe('');
    return answer.json();
  };
  const kept = await ask('case', 'show', id);
  expect(kept).toMatchObject({ status: 'closed', events: before + suggested, lead: 'Marta Quintela' });
  expect(kept.story.text).toMatch(/^Somebody else signed in \[E-[\d.]+\]$/);
  expect((await ask('verify')).ok).toBe(true);

  const pdf = join(home, 'incident.pdf');
  await app.answerNextDialog(pdf);
  await press(page, 'More about the case');
  await page.getByRole('menuitem', { name: 'Incident report (PDF)…' }).waitFor();
  // The menu may be seen before it takes keys.
  await expect
    .poll(async () => {
      await page.keyboard.press('ArrowDown');
      return page.getByRole('menuitem', { name: /^Incident report/ }).evaluate(hasFocus);
    })
    .toBe(true);
  await page.keyboard.press('Enter');
  await page.getByText('Written: incident.pdf').waitFor();
  const { attachments, run } = await readPdf(readFileSync(pdf), { structure: false });
  const printed = run.slice(run.lastIndexOf('eventsinorderoftime'), run.lastIndexOf('Chainofcustody'));
  let at = 0;
  for (const event of kept.timeline) {
    at = printed.indexOf(event.id, at);
    expect(at, event.id).toBeGreaterThanOrEqual(0);
    for (const { text } of event.notes) expect(printed.indexOf(squeezed(text), at), text).toBeGreaterThan(at);
  }
  const lines = parse(Buffer.from(attachments.get('timeline.csv') ?? []), { bom: true, columns: true });
  expect((lines as { event: string }[]).map((one) => one.event)).toEqual(
    kept.timeline.map((one: { id: string }) => one.id),
  );
});
