import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const FLAGS = [
  // A window without tabs and address bar; it needs an address Chromium takes for an application's, and about:blank is none.
  '--app=data:text/html,<title>Logbook</title>',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const isRoot = process.getuid?.() === 0;
const headless = process.env.LOGBOOK_HEADLESS === '1' || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

let running: Promise<{ readonly context: BrowserContext; readonly profile: string }> | null = null;
let firstPageTaken = false;

export type Size = { readonly width: number; readonly height: number };

/** A page in a window of its own; starts Chromium for the first one. */
export async function openPage(size: Size): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
  running ??= launch(size);
  const { context } = await running;
  const first = firstPageTaken ? undefined : context.pages()[0];
  firstPageTaken = true;
  return { page: first ?? (await context.newPage()), context };
}

async function launch(size: Size) {
  const executablePath = process.env.LOGBOOK_BROWSER;
  if (!executablePath) throw new Error('The stand-in needs the path of a Chromium in LOGBOOK_BROWSER.');
  // A profile for this run only: Electron's in-memory session leaves nothing behind either.
  const profile = mkdtempSync(join(tmpdir(), 'logbook-chromium-'));
  process.once('exit', () => rmSync(profile, { recursive: true, force: true }));
  const debugging = process.env.LOGBOOK_STANDIN_DEBUG === '1' ? ['--remote-debugging-port=0'] : [];
  const root = isRoot ? ['--test-type'] : []; // Without it a bar warns of --no-sandbox across the top of the window.
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless,
    chromiumSandbox: !isRoot,
    args: [...FLAGS, ...debugging, ...root, `--window-size=${size.width},${size.height}`],
    ignoreDefaultArgs: ['--enable-automation', 'about:blank'],
    viewport: headless ? { ...size } : null,
    colorScheme: null,
    serviceWorkers: 'block',
    acceptDownloads: false,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  // Pages of the application answer their requests themselves (page-link.ts); any other page gets nothing.
  await context.route('**/*', (route) => route.abort());
  return { context, profile };
}

/** Loopback address at which a test can drive Chromium; null unless `LOGBOOK_STANDIN_DEBUG` is set. */
export async function debugEndpoint(): Promise<string | null> {
  if (process.env.LOGBOOK_STANDIN_DEBUG !== '1' || running === null) return null;
  const { profile } = await running;
  const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  return `http://127.0.0.1:${port}`;
}

let ending: Promise<void> | null = null;

/** Ends Chromium and deletes its profile; asked again, answers when the first asking is done. */
export function closeChromium(): Promise<void> {
  ending ??= end();
  return ending;
}

async function end(): Promise<void> {
  if (running === null) return;
  const { context, profile } = await running;
  await context.close().catch(() => {});
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
