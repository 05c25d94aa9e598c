import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { closeChromium } from './chromium.ts';
import { LoudEmitter, loud } from './loud.ts';
import { takeInstanceLock } from './single-instance.ts';

/** A window as far as quitting is concerned. */
type Closable = { close(): void; isDestroyed(): boolean };

const SWITCH = '--user-data-dir=';

function packageFolder(): string {
  let folder = process.argv[1] ?? process.cwd();
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

class App extends LoudEmitter {
  readonly isPackaged = false;
  readonly windows = new Set<Closable>();
  private ready = false;
  private quitting = false;
  private readonly manifest: { readonly name: string; readonly version: string };

  constructor() {
    super('app', [
      'before-quit',
      'quit',
      'second-instance',
      'session-created',
      'web-contents-created',
      'will-quit',
      'window-all-closed',
    ]);
    this.manifest = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8'));
    setImmediate(() => {
      this.ready = true;
    });
  }

  isReady(): boolean {
    return this.ready;
  }

  whenReady(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /** Chromium's sandbox is on unless the user is root; there is nothing to add. */
  enableSandbox(): void {}

  getVersion(): string {
    return this.manifest.version;
  }

  getAppPath(): string {
    return packageFolder();
  }

  getPath(name: string): string {
    if (name === 'documents') return join(homedir(), 'Documents');
    if (name !== 'userData') throw new Error(`The stand-in for Electron has no app.getPath('${name}').`);
    const given = process.argv.find((argument) => argument.startsWith(SWITCH))?.slice(SWITCH.length);
    const folder = given ?? join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), this.manifest.name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  requestSingleInstanceLock(): boolean {
    return takeInstanceLock(this.getPath('userData'), () => this.emit('second-instance', {}, [], process.cwd()));
  }

  windowClosed(window: Closable): void {
    this.windows.delete(window);
    if (this.windows.size > 0) return;
    if (this.quitting) this.finish();
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  /** As Electron: before-quit, every window closed, will-quit, quit; the first and third can be prevented. */
  quit(): void {
    if (this.quitting || this.emitPreventable('before-quit')) return;
    this.quitting = true;
    if (this.windows.size === 0) this.finish();
    for (const window of this.windows) window.close();
  }

  private finish(): void {
    if (this.emitPreventable('will-quit')) this.quitting = false;
    else this.exit(0);
  }

  exit(code = 0): void {
    this.emit('quit', {}, code);
    void closeChromium().finally(() => process.exit(code));
  }
}

export const app = loud('app', new App());

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
