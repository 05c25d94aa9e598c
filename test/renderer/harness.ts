import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import electronViteConfig from '../../electron.vite.config.ts';
import { NONCE_PLACEHOLDER, pageHeaders } from '../../src/main/shell/content-policy.ts';
import { installFakeBeside } from './fake-beside.ts';
import { type FakeOptions, installFakeBridge } from './fake-bridge.ts';
import { installFakeCases } from './fake-cases.ts';
import { installFakeFindings } from './fake-findings.ts';
import { installFakeFolding } from './fake-folding.ts';
import { installFakeIntegrity } from './fake-integrity.ts';
import { installFakeProfiles } from './fake-profiles.ts';
import { installFakeReports } from './fake-reports.ts';
import { installFakeReviews } from './fake-review.ts';
import { installFakeSettings } from './fake-settings.ts';

// The production build of the window in a real Chromium, served as the application serves it: the strict policy as a
// header, a fresh nonce in every response. Only the bridge to the main process is made up.

export const ORIGIN = 'https://logbook.test';
/** A Thursday morning in Lisbon. */
export const NOW = Date.parse('2026-10-15T08:45:00Z');

const ROOT = join(import.meta.dirname, '../..');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['src/renderer', 'src/shared']) {
    const names = (await readdir(join(ROOT, folder), { recursive: true })).sort();
    for (const name of names) {
      if (!extname(name)) continue;
      hash.update(name).update(await readFile(join(ROOT, folder, name)));
    }
  }
  for (const name of ['electron.vite.config.ts', 'package-lock.json']) hash.update(await readFile(join(ROOT, name)));
  return hash.update('production').digest('hex').slice(0, 16);
}

/** Builds the window as electron-vite does, once for each state of the sources; answers the folder. */
export async function builtWindow(): Promise<string> {
  const folder = join(tmpdir(), `logbook-window-${await sourceHash()}`);
  if (existsSync(folder)) return folder;
  const config = (electronViteConfig as { renderer: Record<string, unknown> & { build: object } }).renderer;
  const out = await mkdtemp(join(tmpdir(), 'logbook-window-build-'));
  // The test runner's own NODE_ENV would build React for development: slower, and not what people get.
  const environment = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  await build({
    ...config,
    configFile: false,
    mode: 'production',
    logLevel: 'error',
    root: join(ROOT, 'src/renderer'),
    build: {
      ...config.build,
      outDir: out,
      emptyOutDir: true,
      rollupOptions: { input: join(ROOT, 'src/renderer/index.html') },
    },
  });
  if (environment === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = environment;
  // Two test files may have built at once: the first to rename wins, the other's is the same.
  await rename(out, folder).catch(() => rm(out, { recursive: true, force: true }));
  return folder;
}

export async function launch(): Promise<Browser> {
  const path =
    process.env.CHROME_PATH ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((one) => existsSync(one));
  return chromium.launch({
    ...(path === undefined ? {} : { executablePath: path }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export type OpenOptions = Partial<FakeOptions> & {
  readonly address?: string;
  readonly width?: number;
  readonly height?: number;
};

export async function openWindow(browser: Browser, folder: string, options: OpenOptions = {}): Promise<Page> {
  const { address = '/', width = 1440, height = 900, ...fake } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Lisbon',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== ORIGIN) return route.abort();
    const name = url.pathname === '/' ? 'index.html' : url.pathname.slice(1);
    const body = await readFile(join(folder, name)).catch(() => null);
    if (!body) return route.fulfill({ status: 404 });
    const nonce = randomBytes(16).toString('base64');
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    return route.fulfill({
      status: 200,
      headers: { ...pageHeaders(nonce), 'content-type': type },
      body: type.startsWith('text/html') ? body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce) : body,
    });
  });
  const all: FakeOptions = {
    rows: 4000,
    now: NOW,
    start: 'open',
    zone: 'Europe/Lisbon',
    scheme: 'light',
    hostile: false,
    repeats: false,
    ledger: 404,
    risk: false,
    demo: false,
    readOnly: false,
    hold: false,
    density: 'comfortable',
    quiet: false,
    seenHours: null,
    ...fake,
  };
  await page.addInitScript(installFakeBridge, all);
  await page.addInitScript(installFakeFolding, all);
  await page.addInitScript(installFakeFindings, all);
  await page.addInitScript(installFakeSettings, all);
  await page.addInitScript(installFakeBeside, all);
  await page.addInitScript(installFakeProfiles, all);
  await page.addInitScript(installFakeIntegrity, all);
  await page.addInitScript(installFakeReviews, all);
  await page.addInitScript(installFakeReports, all);
  await page.addInitScript(installFakeCases, all);
  await page.goto(`${ORIGIN}/#${address}`);
  return page;
}

type Fake = {
  fake: {
    state: { hold: boolean };
    calls: { name: string; input: unknown }[];
    emit: (event: string, payload: unknown) => void;
    violations: string[];
  };
};

/** What the window asked of the main process. */
export function callsOf(page: Page): Promise<{ name: string; input: unknown }[]> {
  return page.evaluate(() => (window as unknown as Fake).fake.calls);
}

export function announce(page: Page, event: string, payload: unknown): Promise<void> {
  return page.evaluate((given) => (window as unknown as Fake).fake.emit(given.event, given.payload), {
    event,
    payload,
  });
}

/** Whether long work stands still. */
export function hold(page: Page, still: boolean): Promise<void> {
  return page.evaluate((given) => {
    (window as unknown as Fake).fake.state.hold = given;
  }, still);
}

/** Takes what the policy refused for granted: a test that wanted it refused. */
export function forgetViolations(page: Page): Promise<void> {
  return page.evaluate(() => void (window as unknown as Fake).fake.violations.splice(0));
}

/** What the content security policy refused; must stay empty. */
export function violationsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as Fake).fake.violations);
}
