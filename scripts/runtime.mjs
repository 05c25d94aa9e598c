// What of the machine and of this checkout Logbook runs on: Node 24, a browser, Electron, the build. Only looks, never
// installs. Runs on any Node from 18 on, before anything is installed.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const windows = process.platform === 'win32';

/** Path of the Node 24 that npm installs with the project. */
export function nodeBinary() {
  return join(root, 'node_modules/node/bin', windows ? 'node.exe' : 'node');
}

/** Whether what is installed is what package-lock.json asks for. */
export function dependenciesAreInstalled() {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(join(root, 'node_modules/.package-lock.json'))?.packages;
  if (!installed) return false;
  // Packages for other platforms are in the lock file and rightly not installed.
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === '' || (installed[path] ? installed[path].version === version : optional || peer),
  );
}

/** Path of Electron's executable, or null where its binary has not been downloaded. */
export function electronBinary() {
  const folder = join(root, 'node_modules/electron');
  try {
    const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
    const binary = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

/** Path of a Chromium or Chrome: `LOGBOOK_BROWSER`, an installed one, or Playwright's; null where there is none. */
export function findBrowser() {
  const named = process.env.LOGBOOK_BROWSER;
  const places = [...(named ? [named] : []), ...onPath(), ...usualPlaces(), ...playwrightsOwn()];
  return places.find((path) => existsSync(path)) ?? null;
}

function onPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return windows ? [] : names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function usualPlaces() {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'];
    return apps.flatMap((app) => [join('/Applications', app), join(homedir(), 'Applications', app)]);
  }
  if (!windows) return [];
  const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  return folders.filter(Boolean).map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe'));
}

function playwrightsOwn() {
  const usual = {
    linux: join(homedir(), '.cache/ms-playwright'),
    darwin: join(homedir(), 'Library/Caches/ms-playwright'),
    win32: join(process.env.LOCALAPPDATA ?? '', 'ms-playwright'),
  };
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH || usual[process.platform];
  if (!folder || !existsSync(folder)) return [];
  const executables = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-linux-arm64/chrome',
    'chrome-win64/chrome.exe',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  ];
  return readdirSync(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    .flatMap((name) => executables.map((executable) => join(folder, name, executable)));
}

/** Whether a window can be shown. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Whether out/ is missing or older than anything it is built from. */
export function buildIsStale() {
  const built = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'].map((file) =>
    join(root, file),
  );
  if (!built.every((file) => existsSync(file))) return true;
  const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
  return ['src', 'electron.vite.config.ts', 'package-lock.json'].some((path) => newest(join(root, path)) > oldest);
}

/** Time of the last change at or under a path; folders count too, so that a deleted file shows. */
function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
