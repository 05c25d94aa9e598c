import { BrowserWindow, type BrowserWindowConstructorOptions, type Session, screen } from 'electron';
import type { WindowAction } from './context.ts';
import { MINIMUM, readWindowState, writeWindowState } from './window-state.ts';

export type WindowOptions = {
  readonly preload: string;
  readonly session: Session;
  /** Folder in which the window's place is kept. */
  readonly stateFolder: string;
  readonly dark: boolean;
  readonly mac: boolean;
  readonly packaged: boolean;
};

// `bg-app` of the look, so that the first painted frame has the colour of the page that follows.
const BACKGROUND = { light: '#F4F6F8', dark: '#0E141A' } as const;

/** The colour of an empty window. */
export function backgroundOf(dark: boolean): string {
  return dark ? BACKGROUND.dark : BACKGROUND.light;
}

/** Makes the application's window, hidden until its first frame is painted, where it was left the last time. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const state = readWindowState(options.stateFolder, screens);
  // The page's top bar is the title bar; on macOS the system's buttons stay, at their usual place.
  const bar: BrowserWindowConstructorOptions = options.mac ? { titleBarStyle: 'hiddenInset' } : { frame: false };
  const window = new BrowserWindow({
    ...state.bounds,
    ...bar,
    minWidth: MINIMUM.width,
    minHeight: MINIMUM.height,
    show: false,
    title: 'Logbook',
    backgroundColor: backgroundOf(options.dark),
    webPreferences: {
      preload: options.preload,
      session: options.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !options.packaged,
    },
  });
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    writeWindowState(options.stateFolder, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  return window;
}

/** What the three buttons of the top bar do. */
export function controlWindow(window: BrowserWindow, action: WindowAction): void {
  if (action === 'minimise') window.minimize();
  else if (action === 'close') window.close();
  else if (window.isMaximized()) window.unmaximize();
  else window.maximize();
}
