import { readFileSync } from 'node:fs';
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { app } from './app.ts';
import { openPage } from './chromium.ts';
import { LoudEmitter, loud } from './loud.ts';
import { linkPage, type PageLink } from './page-link.ts';
import { type Session, session } from './session.ts';
import { createWebContents, type WebContents } from './web-contents.ts';

type ScreenState = 'normal' | 'minimized' | 'maximized';

/** Settled when the first window shows its page. */
export const firstLoad = Promise.withResolvers<void>();

class Window extends LoudEmitter {
  readonly webContents: WebContents;
  private readonly options: BrowserWindowConstructorOptions;
  private state: ScreenState = 'normal';
  private closed = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', ['close', 'closed', 'ready-to-show']);
    const preferences = options.webPreferences ?? {};
    if (!preferences.sandbox || !preferences.contextIsolation || preferences.nodeIntegration) {
      throw new Error('The stand-in for Electron has only sandboxed, isolated pages without Node.');
    }
    this.options = options;
    this.webContents = createWebContents((preferences.session as unknown as Session) ?? session.defaultSession);
    const self = loud('BrowserWindow', this);
    app.windows.add(self);
    app.emit('web-contents-created', {}, this.webContents);
    // biome-ignore lint/correctness/noConstructorReturn: every use must go through the loud proxy.
    return self;
  }

  static getAllWindows(): readonly Window[] {
    return [...app.windows] as Window[];
  }

  async loadURL(url: string): Promise<void> {
    const link = this.webContents.link ?? (await this.open());
    await link.load(url);
    this.emit('ready-to-show');
    firstLoad.resolve();
  }

  private async open(): Promise<PageLink> {
    const { width = 800, height = 600, webPreferences } = this.options;
    const { page } = await openPage({ width, height });
    const preload = webPreferences?.preload ? readFileSync(webPreferences.preload, 'utf8') : '';
    const link = await linkPage(page, this.webContents, preload);
    this.webContents.link = link;
    page.once('close', () => this.gone());
    if (this.state !== 'normal') this.apply(this.state);
    return link;
  }

  // Chromium's page is visible from the start.
  show(): void {}

  focus(): void {
    void this.webContents.link?.page.bringToFront().catch(() => {});
  }

  close(): void {
    if (this.closed || this.emitPreventable('close')) return;
    const page = this.webContents.link?.page;
    if (page) void page.close().catch(() => this.gone());
    else this.gone();
  }

  private gone(): void {
    if (this.closed) return;
    this.closed = true;
    this.webContents.destroyed = true;
    this.webContents.link = null;
    this.emit('closed');
    app.windowClosed([...app.windows].find((window) => window.isDestroyed()) ?? this);
  }

  isDestroyed(): boolean {
    return this.closed;
  }

  getNormalBounds(): Rectangle {
    const { x = 0, y = 0, width = 800, height = 600 } = this.options;
    return { x, y, width, height };
  }

  setBackgroundColor(_color: string): void {}

  isMaximized(): boolean {
    return this.state === 'maximized';
  }

  isMinimized(): boolean {
    return this.state === 'minimized';
  }

  maximize(): void {
    this.apply('maximized');
  }

  minimize(): void {
    this.apply('minimized');
  }

  unmaximize(): void {
    this.apply('normal');
  }

  restore(): void {
    this.apply('normal');
  }

  private apply(windowState: ScreenState): void {
    this.state = windowState;
    const cdp = this.webContents.link?.cdp;
    if (!cdp) return;
    void cdp
      .send('Browser.getWindowForTarget')
      .then(({ windowId }) => cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState } }))
      .catch(() => {});
  }
}

export const BrowserWindow = loud('BrowserWindow', Window);
