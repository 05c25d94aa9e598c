import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { camel } from '../../src/shared/bridge.ts';
import { EVENTS, METHODS } from '../../src/shared/contract.ts';
import { keepEvidence } from '../support/evidence.ts';
import { type LaunchedApp, launchApp } from '../support/launch.ts';

// What a page of Logbook can and cannot do, tried from inside the page: on Electron where its binary is there, else on
// the stand-in. docs/security.md says which item of Electron's checklist each proves.

type Reply = { ok: boolean; value?: unknown; error?: { code: string; message: string } };
type Bridge = Record<string, (input?: unknown) => Promise<Reply>>;

let folder: string;
let app: LaunchedApp;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logbook-e2e-'));
  mkdirSync(join(folder, 'home/Documents'), { recursive: true });
  app = await launchApp({ userData: join(folder, 'data'), home: join(folder, 'home') });
});

afterEach(({ task }) => keepEvidence(task, app));

afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

const call = (method: string, input: unknown) =>
  app.page.evaluate(
    ([name, argument]) => (window as unknown as { logbook: Bridge }).logbook[name as string]?.(argument),
    [method, input],
  );

describe('the page', () => {
  it('sees nothing of Node or Electron', async () => {
    const seen = await app.page.evaluate(() => {
      const names = [
        'require',
        'process',
        'module',
        'exports',
        'Buffer',
        'global',
        'electron',
        'ipcRenderer',
        '__dirname',
      ];
      const own = Reflect.ownKeys(window).map(String);
      return {
        node: names.filter((name) => name in window),
        leftBehind: own.filter((name) => /ipc|standin|playwright|^__pw/i.test(name)),
      };
    });
    expect(seen).toEqual({ node: [], leftBehind: [] });
  });

  it('has one frozen bridge: a function a method, a function an event, nothing else', async () => {
    const seen = await app.page.evaluate(() => {
      const page = window as unknown as { logbook: Record<string, unknown> };
      const attempts = [
        () => Object.assign(page.logbook, { extra: 1 }),
        () => Object.assign(page.logbook, { appInfo: 1 }),
        () => Object.assign(page, { logbook: {} }),
        () => Object.defineProperty(page, 'logbook', { value: {} }),
        () => Object.assign(page.logbook.appInfo as object, { extra: 1 }),
      ];
      const refused = attempts.map((attempt) => {
        try {
          attempt();
          return false;
        } catch {
          return true;
        }
      });
      return { names: Object.keys(page.logbook).sort(), frozen: Object.isFrozen(page.logbook), refused };
    });
    const names = [...Object.keys(METHODS).map(camel), ...Object.keys(EVENTS).map((name) => camel(`on.${name}`))];
    expect(seen).toEqual({ names: names.sort(), frozen: true, refused: [true, true, true, true, true] });
  });

  it('shares no object with the preload script: what crosses is a copy of the page’s own kind', async () => {
    const seen = await app.page.evaluate(async () => {
      const reply = await (window as unknown as { logbook: Bridge }).logbook.appInfo?.({});
      return reply instanceof Object && Object.getPrototypeOf(reply) === Object.prototype;
    });
    expect(seen).toBe(true);
  });

  it('gets a strict policy with a nonce of its own in every response', async () => {
    const nonces = new Set<string>();
    for (let time = 0; time < 2; time += 1) {
      const response = await app.page.reload();
      const policy = response?.headers()['content-security-policy'] ?? '';
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[^']{24,}';/);
      expect(policy).toContain("connect-src 'none'");
      nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '');
      expect(response?.headers()['x-content-type-options']).toBe('nosniff');
    }
    expect(nonces.size).toBe(2);
  });

  it('runs no inline script, no eval, loads nothing from elsewhere, frames nothing', async () => {
    const seen = await app.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      const image = new Image();
      const imageLoaded = new Promise((resolve) => {
        image.onload = () => resolve(true);
        image.onerror = () => resolve(false);
      });
      image.src = 'https://example.com/pixel.png';
      const frame = document.createElement('iframe');
      frame.src = `${location.origin}/index.html`;
      document.body.append(frame);
      // In a task of its own: what runs directly from the test is exempt from the policy.
      const evaluated = await new Promise((resolve) => {
        setTimeout(() => {
          try {
            resolve(new Function('return true')());
          } catch {
            resolve(false);
          }
        });
      });
      const fetched = await fetch(location.href).then(
        () => true,
        () => false,
      );
      const framed = Boolean(frame.contentDocument?.getElementById('root'));
      frame.remove();
      return { inline: 'inlineRan' in window, evaluated, fetched, framed, image: await imageLoaded };
    });
    expect(seen).toEqual({ inline: false, evaluated: false, fetched: false, framed: false, image: false });
  });

  it('finds no file outside the renderer, however the way is written', async () => {
    const start = app.page.url();
    for (const path of ['/..%2f..%2f..%2fetc%2fpasswd', '/%2e%2e%2f%2e%2e%2fpackage.json', '/..%5c..%5cpackage.json']) {
      const response = await app.page.goto(new URL(path, start).href);
      expect(response?.status()).toBe(404);
    }
    await app.page.goto(start);
  });
});

describe('a page cannot leave', () => {
  it('for another origin', async () => {
    const before = app.page.url();
    for (const target of ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd', 'data:text/html,x']) {
      await app.page.evaluate((address) => {
        location.href = address;
      }, target);
      const link = await app.page.evaluateHandle((address) => {
        const element = document.createElement('a');
        element.href = address;
        document.body.append(element);
        return element;
      }, target);
      await link.evaluate((element) => element.click());
      // The page still answers, and is where it was.
      expect(await call('appInfo', {})).toMatchObject({ ok: true });
      expect(app.page.url()).toBe(before);
    }
  });

  it('into a second window; the system’s browser is asked for addresses of the allow-list only', async () => {
    await app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (url) => void opened.push(url);
    }, null);
    for (const address of [
      'https://example.com/',
      'file:///etc/passwd',
      'https://attack.mitre.org/techniques/T1110/',
    ]) {
      await app.page.evaluate((url) => void window.open(url), address);
    }
    const openedOnes = () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened, null);
    await expect.poll(openedOnes).toEqual(['https://attack.mitre.org/techniques/T1110/']);
    await expect.poll(() => app.page.context().pages().length).toBe(1);
  });

  it('with a permission', async () => {
    const seen = await app.page.evaluate(async () => {
      const state = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state;
      const media = navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        () => 'denied',
      );
      const clipboard = navigator.clipboard.readText().then(
        () => 'granted',
        () => 'denied',
      );
      return [
        await state('geolocation'),
        await state('notifications'),
        await state('camera'),
        Notification.permission,
        await media,
        await clipboard,
      ];
    });
    expect(new Set(seen)).toEqual(new Set(['denied']));
  });
});

describe('the main process', () => {
  it('answers its own page', async () => {
    expect(await call('appInfo', {})).toMatchObject({ ok: true, value: { platform: process.platform } });
  });

  it('refuses what does not fit the contract and repeats no value', async () => {
    for (const [method, input] of [
      ['appInfo', { extra: 'sesame' }],
      ['appInfo', null],
      ['entriesRows', { filter: { terms: [] }, zone: 'UTC', offset: -1, limit: 10 }],
      ['entriesRows', { filter: { terms: [{ field: 'sesame', value: 'x', negated: false }] }, zone: 'UTC' }],
      ['archiveOpen', { id: 'x', passphrase: ['sesame'], readOnly: true }],
      ['windowControl', { action: 'sesame' }],
    ] as const) {
      const reply = await call(method, input);
      expect(reply).toMatchObject({ ok: false, error: { code: 'bad_input' } });
      expect(JSON.stringify(reply)).not.toContain('sesame');
    }
  });

  it('refuses a window it does not know, even with the same page and preload script', async () => {
    const reply = await app.evaluate(async ({ app: electronApp, BrowserWindow }) => {
      const [own] = BrowserWindow.getAllWindows();
      const out = process.argv[1]?.endsWith('index.js')
        ? process.argv[1]
        : `${electronApp.getAppPath()}/out/main/index.js`;
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: {
          preload: out.replace(/main.index\.js$/, 'preload/index.cjs'),
          sandbox: true,
          contextIsolation: true,
          ...(own ? { session: own.webContents.session } : {}),
        },
      });
      await stranger.loadURL('app://logbook/index.html');
      const answer: unknown = await stranger.webContents.executeJavaScript('window.logbook.appInfo({})');
      stranger.close();
      return answer;
    }, null);
    expect(reply).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await call('appInfo', {})).toMatchObject({ ok: true });
  });

  it('sends events as plain payloads, until the page has had enough', async () => {
    const choose = () =>
      app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('palette')?.click(), null);
    await app.page.evaluate(() => {
      type Subscribe = (listener: (...all: unknown[]) => void) => () => void;
      const { logbook } = window as unknown as { logbook: { onMenuCommand: Subscribe } };
      const heard: unknown[][] = [];
      Object.assign(window, { heard, stop: logbook.onMenuCommand((...all) => heard.push(all)) });
    });
    const heard = () => app.page.evaluate(() => (window as unknown as { heard: unknown[][] }).heard);
    await choose();
    await expect.poll(heard).toEqual([[{ command: 'palette' }]]);
    await app.page.evaluate(() => (window as unknown as { stop: () => void }).stop());
    await choose();
    // A call after the event has come back, so the event would have been here.
    await call('appInfo', {});
    expect(await heard()).toHaveLength(1);
  });

  it('watches for absence', async () => {
    const listeners = await app.evaluate(
      ({ powerMonitor }) => ['suspend', 'lock-screen'].map((name) => powerMonitor.listenerCount(name)),
      null,
    );
    expect(listeners.every((count) => count > 0)).toBe(true);
  });

  it('lets a second start bring the first window forward, and end', async () => {
    expect(await app.startAgain()).toBe(0);
    expect(await call('appInfo', {})).toMatchObject({ ok: true });
  });
});

describe('the built preload script', () => {
  it('is one file that asks for electron only and holds no schema library', () => {
    const out = join(import.meta.dirname, '../..', process.env.LOGBOOK_OUT ?? 'out', 'preload');
    expect(readdirSync(out, { recursive: true })).toEqual(['index.cjs']);
    const source = readFileSync(join(out, 'index.cjs'), 'utf8');
    expect([...source.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"']);
    expect(source).not.toMatch(/zod|ZodError/i);
    expect(source.length).toBeLessThan(10_000);
  });
});

describe('closing', () => {
  it('keeps the place of the window, for its owner only, and ends without a fault', async () => {
    const own = mkdtempSync(join(tmpdir(), 'logbook-e2e-'));
    const other = await launchApp({ userData: join(own, 'data'), home: own });
    expect(await other.close()).toBe(0);
    expect(other.log()).not.toMatch(/error|failed/i);
    expect(statSync(join(own, 'data/window.json')).mode & 0o777).toBe(0o600);
    rmSync(own, { recursive: true, force: true });
  });
});
