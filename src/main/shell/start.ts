import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain, nativeTheme, powerMonitor, safeStorage, shell } from 'electron';
import { systemClock } from '../system-ports.ts';
import type { AppAddress } from './address.ts';
import type { ServiceContext, Services } from './context.ts';
import { createDialogs } from './dialogs.ts';
import { createAnnouncer } from './events.ts';
import { registerHandlers } from './ipc.ts';
import { openKeychain } from './keychain.ts';
import { type AutoLock, lockWhenAway } from './lock.ts';
import { installMenu } from './menu.ts';
import { guardNavigation } from './navigation.ts';
import { createNotifications } from './notifications.ts';
import { serveRenderer } from './protocol.ts';
import type { Report } from './report.ts';
import { createSafeShell } from './safe-shell.ts';
import { denyPermissions, hardenedSession } from './session.ts';
import { createTray } from './tray.ts';
import { backgroundOf, controlWindow, createWindow } from './window.ts';

export type StartOptions = {
  readonly address: AppAddress;
  /** Folder of the built main process; the preload script and the renderer lie beside it. */
  readonly mainDir: string;
  readonly createServices: (context: ServiceContext) => Services;
  readonly report: Report;
};

const DISPOSE_WITHIN_MS = 5_000;
const mac = process.platform === 'darwin';

/** Puts the application together and opens its window. Call once, when Electron is ready. */
export async function start({ address, mainDir, createServices, report }: StartOptions): Promise<void> {
  let window: BrowserWindow | null = null;
  const current = () => window;
  let autoLock: AutoLock | null = null;

  app.on('session-created', denyPermissions);
  const safeShell = createSafeShell(shell);
  guardNavigation(app, address, safeShell, report);
  const session = hardenedSession(address);
  serveRenderer(session, join(mainDir, '../renderer'));

  const announce = createAnnouncer(current, report);
  const resourcesDir = app.isPackaged ? join(process.resourcesPath, 'resources') : join(app.getAppPath(), 'resources');
  const comeForward = () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  };
  const tray = createTray({
    pictures: join(resourcesDir, 'tray'),
    mac,
    open: comeForward,
    syncNow: () => services.syncNow(),
    quit: () => app.quit(),
  });
  const services = createServices({
    userData: app.getPath('userData'),
    documents: app.getPath('documents'),
    resourcesDir,
    mainDir,
    info: { version: app.getVersion(), runtime: runtimeName(), platform: process.platform },
    announce,
    dialogs: createDialogs({ window: current, folder: app.getPath('documents') }),
    safeShell,
    notifications: createNotifications(comeForward),
    proxyFor: (url) => session.resolveProxy(url),
    showInTray: tray.show,
    keychain: () => openKeychain(safeStorage, process.platform),
    windowControl: (action) => {
      if (window) controlWindow(window, action);
    },
    touched: () => autoLock?.touched(),
    setScheme: (scheme) => {
      nativeTheme.themeSource = scheme === 'auto' ? 'system' : scheme;
      window?.setBackgroundColor(backgroundOf(nativeTheme.shouldUseDarkColors));
    },
  });

  const isOwnWindow = (id: number) => window !== null && !window.isDestroyed() && window.webContents.id === id;
  registerHandlers(ipcMain, services.handlers, { address, isOwnWindow }, report);
  installMenu(announce, { mac, packaged: app.isPackaged });
  const lock = () => void services.lock().catch((error: unknown) => report('The archive could not be locked', error));
  powerMonitor.on('resume', () => services.woke());
  autoLock = lockWhenAway({ monitor: powerMonitor, clock: systemClock, minutes: () => services.lockMinutes(), lock });

  app.on('second-instance', comeForward);
  app.on('window-all-closed', () => app.quit());
  endInOrder(
    services,
    () => {
      autoLock?.stop();
      tray.remove();
    },
    report,
  );

  window = createWindow({
    preload: join(mainDir, '../preload/index.cjs'),
    session,
    stateFolder: app.getPath('userData'),
    dark: nativeTheme.shouldUseDarkColors,
    mac,
    packaged: app.isPackaged,
  });
  window.on('closed', () => {
    window = null;
  });
  await window.loadURL(address.start).catch((error: unknown) => {
    // A window closed while it loads is no fault.
    if (window) throw error;
  });
}

/** Holds the end of the process until the archive is closed, but never for long. */
function endInOrder(services: Services, stopWatching: () => void, report: Report): void {
  let ending = false;
  app.on('will-quit', (event) => {
    // Prevented every time: a second Ctrl+Q must not overtake the first.
    event.preventDefault();
    if (ending) return;
    ending = true;
    stopWatching();
    const deadline = new Promise((resolve) => setTimeout(resolve, DISPOSE_WITHIN_MS));
    const disposed = services.dispose().catch((error: unknown) => report('Closing the archive failed', error));
    void Promise.race([disposed, deadline]).then(() => app.exit(0));
  });
}

function runtimeName(): string {
  const { electron, node } = process.versions;
  return electron ? `Electron ${electron}` : `Chromium with Node ${node}`;
}
