import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { DEMO_PASSPHRASE } from '../../src/main/shell/services/demo.ts';
import { enterDemo, rows, search } from '../support/in-the-window.ts';
import { openWindow } from '../support/open-window.ts';
import { logbook } from '../support/terminal.ts';

const LEAVER = 'mateus.quintanilha@alder-quay.example';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const panel = (page: Page, name: string) => page.getByRole('region', { name });

it('a page of a person, from a row of the Explorer: its number is the Explorer’s and the command’s', async () => {
  const { page, home } = await openWindow();
  await enterDemo(page);
  await page.getByRole('link', { name: /^Explorer/ }).click();
  await search(page, `actor:${LEAVER}`);
  await rows(page).getByText('Mateus Quintanilha').first().click();
  await page.getByTestId('drawer').getByRole('link', { name: LEAVER }).click();
  await heading(page, 'Mateus Quintanilha').waitFor();

  // He left on a Wednesday and was removed nineteen days later, as the archive's lifeline has it.
  await panel(page, 'Lifeline').getByText('“Offboarding”').first().waitFor();
  await panel(page, 'Findings')
    .getByRole('link', { name: /removed late/ })
    .waitFor({ timeout: 60_000 });
  await panel(page, 'Countries').getByText('Portugal').waitFor();

  const link = page
    .getByRole('main')
    .getByRole('link', { name: /entries$/ })
    .first();
  const said = Number(await link.getAttribute('data-total'));
  await link.click();
  await page.locator(`[data-testid="total"][data-total="${said}"]`).waitFor();
  const asked = await logbook(home, ['count', '--actor', LEAVER, '--archive', 'data/Demo.logbook', '--json'], {
    LOGBOOK_PASSPHRASE: DEMO_PASSPHRASE,
  });
  expect(asked.err).toBe('');
  expect(asked.json().total).toBe(said);

  // The other side of him is in the address, and stays on the way back.
  await page.goBack();
  await page
    .getByRole('navigation', { name: 'What is looked at' })
    .getByRole('link', { name: /^Was done to them/ })
    .click();
  await panel(page, 'Who').getByRole('link', { name: /[a-z]/i }).first().waitFor();
  expect(page.url()).toContain('side=to');
  await page.getByRole('navigation', { name: 'What is looked at' }).getByRole('link', { name: /^Did/ }).click();

  // And on, by what was touched, to the life of a tunnel.
  await panel(page, 'What was touched')
    .getByRole('link', { name: /tunnels\.alder-quay/ })
    .first()
    .click();
  await panel(page, 'Lifeline').getByRole('listitem').first().waitFor();
  expect(page.url()).toContain('/tunnel?id=tunnel_');
});
