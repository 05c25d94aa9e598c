import { builtWindow, launch, openWindow } from '/work/main/test/renderer/harness.ts';

const browser = await launch();
const folder = await builtWindow();
const out = '/tmp/shots';
(await import('node:fs')).mkdirSync(out, { recursive: true });
const list: [string, object][] = [
  ['plain', {}],
  ['risk', { risk: true }],
  ['years', { ledger: 1500 }],
  ['short', { ledger: 20 }],
  ['readonly', { readOnly: true }],
  ['demo', { demo: true }],
  ['empty', { start: 'empty' }],
];
for (const scheme of ['light', 'dark'] as const)
  for (const [name, o] of list) {
    if (process.argv[2] && !process.argv[2].split(',').includes(name)) continue;
    const page = await openWindow(browser, folder, {
      address: '/archive',
      scheme,
      ...(name === 'plain' || name === 'years' ? {} : { width: 1280, height: 800 }),
      ...o,
    } as never);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(700);
    await page.screenshot({ path: `${out}/${name}-${scheme}.png` });
    await page.context().close();
  }
await browser.close();
