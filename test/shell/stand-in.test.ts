import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeBinary } from '../../scripts/runtime.mjs';
import { fromChromium, toChromium } from '../support/electron/address.ts';
import { createCodec } from '../support/electron/codec.ts';

const root = join(import.meta.dirname, '../..');
const register = pathToFileURL(join(root, 'test/support/electron/register.ts')).href;

/** Runs a module with the stand-in as `electron`; answers what it printed. */
function run(code: string): string {
  return execFileSync(nodeBinary(), ['--import', register, '--input-type=module', '-e', code], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Name in a source file → name in electron, for its imports, values apart from types, and its aliases of types. */
function electronNames(text: string): { readonly values: string[]; readonly types: Map<string, string> } {
  const imports = [...text.matchAll(/^import (type )?\{([^}]*)\} from 'electron';$/gm)];
  const names = imports.flatMap(([, type, list = '']) =>
    list.split(',').map((name) => (type ? `type ${name.trim()}` : name.trim())),
  );
  const values = names.filter((name) => /^\w+$/.test(name));
  const types = new Map(names.map((name) => name.replace('type ', '')).map((name) => [name, name]));
  for (const [, alias = '', name = ''] of text.matchAll(/type (\w+) = Pick<\s*(\w+)/g)) types.set(alias, name);
  return { values, types };
}

/** `object.member` for everything the shell takes from electron: imported by name, or typed as one of its classes. */
function membersInUse(): string[] {
  const folder = join(root, 'src/main/shell');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const used = new Set<string>();
  for (const source of [...files.map((file) => join(folder, file)), join(root, 'src/main/index.ts')]) {
    const text = readFileSync(source, 'utf8');
    const { values, types } = electronNames(text);
    const objects = new Map(values.map((name) => [name, name]));
    for (const [, variable = '', type = ''] of text.matchAll(/\b(\w+)\??: (?:Pick<)?(\w+)/g)) {
      const name = types.get(type);
      if (name) objects.set(variable, name);
    }
    for (const [, variable = '', type = ''] of text.matchAll(/\b(\w+) = new (\w+)\(/g)) {
      if (values.includes(type)) objects.set(variable, type);
    }
    for (const name of values) used.add(name);
    for (const [variable, object] of objects) {
      for (const [, member] of text.matchAll(new RegExp(`(?<![-./\\w])${variable}\\s*\\??\\.(\\w+)`, 'g'))) {
        used.add(`${object}.${member}`);
      }
    }
  }
  return [...used].sort();
}

describe('the stand-in for Electron', () => {
  it('has every member that the shell uses', () => {
    const members = membersInUse();
    expect(members).toEqual(
      expect.arrayContaining([
        'app.whenReady',
        'Session.webRequest',
        'WebContents.on',
        'SafeStorage.encryptStringAsync',
      ]),
    );
    const missing = run(`
      import * as electron from 'electron';
      const window = new electron.BrowserWindow({ webPreferences: { sandbox: true, contextIsolation: true } });
      const classes = {
        App: electron.app, BrowserWindow: window, WebContents: window.webContents, Session: electron.session.defaultSession,
        // Made by page-link.ts for every call; shell.test.ts runs through it.
        IpcMainInvokeEvent: { sender: null, senderFrame: null },
        Notification: new electron.Notification({}), Tray: new electron.Tray('resources/tray/calm.png'), IpcMain: electron.ipcMain, PowerMonitor: electron.powerMonitor, SafeStorage: electron.safeStorage, Shell: electron.shell,
      };
      const has = (name) => {
        const [object, member] = name.split('.');
        // Of a class, what its instances have and what it has itself.
        const targets = [classes[object], electron[object]].filter((target) => target !== undefined);
        return targets.some((target) => member === undefined || member in target);
      };
      console.log(JSON.stringify(${JSON.stringify(members)}.filter((name) => !has(name))));
      process.exit(0);`);
    expect(JSON.parse(missing)).toEqual([]);
  });

  it.each([
    ['app.setBadgeCount(1)', 'app.setBadgeCount'],
    ["app.on('gpu-info-update', () => {})", "event 'gpu-info-update' of app"],
    ["app.getPath('music')", "app.getPath('music')"],
    ['session.defaultSession.clearCache()', 'Session.clearCache'],
    ['dialog.showMessageBox({})', 'dialog.showMessageBox'],
    ["new Tray('resources/tray/none.png')", 'Failed to load image'],
    ["new Tray('resources/tray/calm.png').displayBalloon({})", 'Tray.displayBalloon'],
    ['new BrowserWindow({ webPreferences: { nodeIntegration: true } })', 'only sandboxed, isolated pages'],
    ["ipcMain.handle('x', () => {}); ipcMain.handle('x', () => {})", 'second handler'],
  ])('fails by name: %s', (code, message) => {
    expect(() =>
      run(`import { app, BrowserWindow, dialog, ipcMain, session, Tray } from 'electron'; ${code};`),
    ).toThrow(message);
  });

  it('has no export it does not play', () => {
    expect(() => run("import { TouchBar } from 'electron';")).toThrow('TouchBar');
  });

  it('translates addresses both ways and leaves others alone', () => {
    expect(toChromium('app://logbook/a?b#c')).toBe('https://logbook.app.invalid/a?b#c');
    expect(fromChromium('https://logbook.app.invalid/a?b#c')).toBe('app://logbook/a?b#c');
    for (const other of [
      'https://example.com/',
      'https://logbook.app.invalid.example.com/',
      'about:blank',
      'data:,x',
    ]) {
      expect(toChromium(other)).toBe(other);
      expect(fromChromium(other)).toBe(other);
    }
  });
});

describe('what crosses between the worlds', () => {
  const codec = createCodec(null);

  it('arrives equal, and is another object', () => {
    const values = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true });
    fc.assert(
      fc.property(values, (value) => {
        expect(codec.decode(codec.encode(value))).toEqual(structuredClone(value));
      }),
    );
  });

  it('keeps bytes, absent values and keys that look like its own', () => {
    const value = {
      bytes: Uint8Array.of(0, 255),
      none: undefined,
      $: ['date', 5],
      nested: [{ $: 1 }],
      nan: Number.NaN,
    };
    expect(codec.decode(codec.encode(value))).toEqual(value);
  });

  it('is never a function, a symbol or a promise', () => {
    for (const value of [() => {}, Symbol('x'), Promise.resolve(1), { deep: [() => {}] }]) {
      expect(() => codec.encode(value)).toThrow('could not be cloned');
    }
  });
});
