import { randomBytes } from 'node:crypto';
import type { CDPSession, Page, Route } from 'playwright-core';
import { fromChromium, toChromium } from './address.ts';
import { createCodec } from './codec.ts';
import { invoke } from './ipc-main.ts';
import type { WebContents } from './web-contents.ts';
import { BINDING, documentScripts, PRELOAD_WORLD, RECEIVER } from './worlds.ts';

/** The permissions Chromium knows by these names; the session's check decides each once. */
const PERMISSIONS = [
  'geolocation',
  'notifications',
  'camera',
  'microphone',
  'midi',
  'clipboard-read',
  'clipboard-write',
  'idle-detection',
  'local-fonts',
  'persistent-storage',
  'screen-wake-lock',
  'window-management',
];

const codec = createCodec(null);

/** A page of Chromium as the main process deals with it. */
export type PageLink = {
  readonly page: Page;
  readonly cdp: CDPSession;
  url(): string;
  send(channel: string, args: readonly unknown[]): void;
  evaluate(code: string): Promise<unknown>;
  load(url: string): Promise<void>;
};

/** Connects a page with its WebContents: preload, IPC, requests, navigation, windows, permissions. */
export async function linkPage(page: Page, contents: WebContents, preload: string): Promise<PageLink> {
  const cdp = await page.context().newCDPSession(page);
  const preloadContexts = new Map<number, string>();
  let loading = false;

  const deliver = (message: object, contextId?: number) => {
    const expression = `${RECEIVER}(${JSON.stringify(codec.encode(message))})`;
    const targets = contextId === undefined ? [...preloadContexts.keys()] : [contextId];
    // A document that has gone meanwhile gets no answer, as in Electron.
    for (const target of targets) void cdp.send('Runtime.evaluate', { expression, contextId: target }).catch(() => {});
  };

  const { frameTree } = await cdp.send('Page.getFrameTree');
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    const frame = (context.auxData as { readonly frameId?: string } | undefined)?.frameId ?? '';
    if (context.name === PRELOAD_WORLD) preloadContexts.set(context.id, frame);
  });
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    preloadContexts.delete(executionContextId);
  });
  cdp.on('Runtime.executionContextsCleared', () => preloadContexts.clear());
  cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    const frame = preloadContexts.get(executionContextId);
    if (name !== BINDING || frame === undefined) return;
    const { call, channel, args } = codec.decode(payload) as { call: number; channel: string; args: unknown[] };
    const parent = frame === frameTree.frame.id ? null : {};
    const event = { sender: contents, senderFrame: { url: fromChromium(page.mainFrame().url()), parent } };
    invoke(channel, event, args).then(
      (value) => deliver({ call, ok: true, value }, executionContextId),
      (value: unknown) => deliver({ call, ok: false, value }, executionContextId),
    );
  });
  cdp.on('Page.windowOpen', ({ url }) => contents.wantsWindow(fromChromium(url)));
  page.on('popup', (popup) => void popup.close().catch(() => {}));
  page.on('crash', () => contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));

  await cdp.send('Page.enable');
  await cdp.send('Runtime.enable');
  await cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: PRELOAD_WORLD });
  const scripts = documentScripts(randomBytes(16).toString('hex'), preload);
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page });
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: PRELOAD_WORLD });
  await page.route('**/*', (route) => respond(route, contents, () => loading));
  return {
    page,
    cdp,
    url: () => fromChromium(page.url()),
    send: (channel, args) => deliver({ channel, args }),
    evaluate: (code) => page.evaluate(code),
    async load(url) {
      loading = true;
      try {
        await setPermissions(cdp, contents, url);
        await page.goto(toChromium(url));
      } finally {
        loading = false;
      }
    },
  };
}

/** Answers one request of the page: navigation is asked about, then the session's filter, then its protocol handler. */
async function respond(route: Route, contents: WebContents, isLoading: () => boolean): Promise<void> {
  const request = route.request();
  const url = fromChromium(request.url());
  if (request.isNavigationRequest() && !isLoading()) {
    const isMainFrame = request.frame().parentFrame() === null;
    const prevented = contents.emitPreventable('will-frame-navigate', { url, isMainFrame });
    if (prevented || (isMainFrame && contents.emitPreventable('will-navigate', { url, isMainFrame }, url))) {
      return route.abort('aborted');
    }
  }
  if (await contents.session.cancels(url)) return route.abort('blockedbyclient');
  const handler = contents.session.handlers.get(url.slice(0, url.indexOf(':')));
  if (!handler) return route.continue();
  const response = await handler(new Request(url, { method: request.method(), headers: request.headers() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

async function setPermissions(cdp: CDPSession, contents: WebContents, url: string): Promise<void> {
  const { origin } = new URL(toChromium(url));
  const { permissionCheck } = contents.session;
  for (const name of PERMISSIONS) {
    const granted = permissionCheck?.(null, name, origin, {}) ?? true;
    const setting = granted ? 'granted' : 'denied';
    await cdp.send('Browser.setPermission', { permission: { name }, setting, origin });
  }
}
