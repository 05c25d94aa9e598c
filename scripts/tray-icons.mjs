// node scripts/tray-icons.mjs: draws resources/tray anew, with an installed browser. For a change of the drawing only; the
// pictures are part of the source.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser, root } from './runtime.mjs';

const BADGES = { calm: null, syncing: '#4aa3df', trouble: '#e5484d' };
const PAGE = 'M9 24.2V8.6c0-.5.4-.9.9-.9C18.6 7.7 25 14.6 25 23.3c0 .5-.4.9-.9.9Z';
const LINES = 'M12.4 13.4h4.2M12.4 17h7.6M12.4 20.6h9';

function coloured(badge) {
  const dot = badge && `<circle cx="24.5" cy="24.5" r="7.5" fill="${badge}" stroke="#f3f7fa" stroke-width="2"/>`;
  return `<rect width="32" height="32" rx="8" fill="#1d4256"/><path d="${PAGE}" fill="#f3f7fa"/>
    <path d="${LINES}" stroke="#1d4256" stroke-width="1.7" stroke-linecap="round"/>${dot ?? ''}`;
}

// What macOS colours itself: shape alone tells the states apart.
function template(state) {
  const bite = state === 'calm' ? '' : '<circle cx="24.5" cy="24.5" r="9.5" fill="#000"/>';
  const mark = {
    calm: '',
    syncing: '<circle cx="24.5" cy="24.5" r="5.6" fill="none" stroke="#000" stroke-width="3"/>',
    trouble: '<path d="M24.5 17.5v8.5M24.5 30.4v.2" stroke="#000" stroke-width="4" stroke-linecap="round"/>',
  }[state];
  return `<mask id="m"><rect width="32" height="32" fill="#000"/><rect width="32" height="32" rx="8" fill="#fff"/><path d="${PAGE}" fill="#000"/>
    <path d="${LINES}" stroke="#fff" stroke-width="1.9" stroke-linecap="round"/>${bite}</mask><rect width="32" height="32" fill="#000" mask="url(#m)"/>${mark}`;
}

const folder = join(root, 'resources/tray');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
for (const [state, badge] of Object.entries(BADGES)) {
  for (const [name, size, drawing] of [
    [state, 24, coloured(badge)],
    [`${state}Template`, 18, template(state)],
  ]) {
    for (const scale of [1, 2]) {
      const page = await browser.newPage({ viewport: { width: size, height: size }, deviceScaleFactor: scale });
      await page.setContent(
        `<body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" style="display:block" width="${size}" height="${size}" viewBox="0 0 32 32">${drawing}</svg>`,
      );
      const path = join(folder, `${name}${scale === 2 ? '@2x' : ''}.png`);
      await page.screenshot({ path, omitBackground: true });
      await page.close();
    }
  }
}
await browser.close();
