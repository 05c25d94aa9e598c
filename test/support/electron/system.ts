import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { app } from './app.ts';
import { LoudEmitter, loud } from './loud.ts';
import type { WebContents } from './web-contents.ts';

type ThemeSource = 'system' | 'light' | 'dark';

class NativeTheme extends LoudEmitter {
  private source: ThemeSource = 'system';

  constructor() {
    super('nativeTheme', ['updated']);
  }

  get themeSource(): ThemeSource {
    return this.source;
  }

  set themeSource(source: ThemeSource) {
    this.source = source;
    for (const window of app.windows as Iterable<{ readonly webContents: WebContents }>) {
      const colorScheme = source === 'system' ? null : source;
      void window.webContents.link?.page.emulateMedia({ colorScheme }).catch(() => {});
    }
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }
}

class PowerMonitor extends LoudEmitter {
  constructor() {
    super('powerMonitor', ['lock-screen', 'resume', 'suspend']);
  }

  getSystemIdleTime(): number {
    return 0;
  }
}

export const nativeTheme = loud('nativeTheme', new NativeTheme());
export const powerMonitor = loud('powerMonitor', new PowerMonitor());

export const safeStorage = loud('safeStorage', {
  isAsyncEncryptionAvailable: async () => false,
  getSelectedStorageBackend: () => 'basic_text' as const,
  async encryptStringAsync(): Promise<Buffer> {
    throw new Error('Encryption is not available.');
  },
  async decryptStringAsync(): Promise<{ result: string; shouldReEncrypt: boolean }> {
    throw new Error('Encryption is not available.');
  },
});

class SystemNotification extends LoudEmitter {
  constructor(_options: { readonly title: string; readonly body: string }) {
    super('Notification', ['click', 'close']);
  }

  /** The stand-in shows no notifications, and says so. */
  static isSupported(): boolean {
    return false;
  }

  // As Electron's where notifications are not supported: it does nothing.
  show(): void {}
}

export const Notification = loud('Notification', SystemNotification);

export const screen = loud('screen', {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
});

/** Hands something to the desktop, where there is one. */
async function desktopOpen(target: string): Promise<void> {
  if (process.platform !== 'linux' || !process.env.DISPLAY || process.env.LOGBOOK_HEADLESS === '1') return;
  await new Promise<void>((resolve) => execFile('xdg-open', [target], () => resolve()));
}

export const shell = loud('shell', {
  openExternal: (url: string) => desktopOpen(url),
  showItemInFolder: (path: string) => void desktopOpen(dirname(path)),
});
