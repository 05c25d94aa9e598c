// Makes this checkout ready to run: dependencies with Node 24 among them and, on request, a browser and a build. Runs on
// any Node from 18 on; does nothing, quickly, where nothing is missing.
//
//   node scripts/setup.mjs [--browser] [--build]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIsStale, dependenciesAreInstalled, findBrowser, nodeBinary, root } from './runtime.mjs';

const windows = process.platform === 'win32';

/** Something a person has to do first: its message is one sentence, and the exit code is 2. */
export class SetupError extends Error {}

/** Installs what package-lock.json asks for, unless it is there, and makes sure Node 24 is and works. */
export function installDependencies() {
  if (!dependenciesAreInstalled()) {
    say('Installing what package-lock.json asks for (npm ci)…');
    // Without install scripts: the SQLite module brings its binaries along, but npm would try to compile it all the same.
    if (!run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'])) {
      throw new SetupError(
        'The dependencies could not be installed: see the messages of npm above, then run this again.',
      );
    }
  }
  if (isNode24()) return;
  // The one package whose install script is needed: it fetches the binary.
  say('Fetching Node 24…');
  run('npm', ['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts']);
  if (!isNode24()) {
    throw new SetupError(
      'Node 24 could not be installed with npm: run "npm rebuild node --ignore-scripts=false" and see why.',
    );
  }
}

/** Path of a browser that starts; installs one where there is none and apt may be used. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found && starts(found)) return found;
  if (aptInstall('chromium', 'Chromium')) {
    const installed = findBrowser();
    if (installed && starts(installed)) return installed;
  }
  throw new SetupError(
    'No Chromium or Chrome was found and none could be installed: install one, or name it in LOGBOOK_BROWSER, then run this again.',
  );
}

/** The age tool, with which a test decrypts a bundle; where it is not there and cannot be had, that test is skipped. */
export function ensureAge() {
  if (spawnSync('age', ['--version'], { stdio: 'ignore' }).status !== 0) aptInstall('age', 'age');
}

/** qpdf, with which a test checks a report's structure; where it is not there and cannot be had, that test is skipped. */
export function ensureQpdf() {
  if (spawnSync('qpdf', ['--version'], { stdio: 'ignore' }).status !== 0) aptInstall('qpdf', 'qpdf');
}

/** openssl, which plays a time-stamp authority in tests; where it is not there and cannot be had, those are skipped. */
export function ensureOpenssl() {
  if (spawnSync('openssl', ['version'], { stdio: 'ignore' }).status !== 0) aptInstall('openssl', 'openssl');
}

/** Whether a package of Debian's could be asked for. */
function aptInstall(name, what) {
  const asRoot = aptPrefix();
  if (!asRoot) return false;
  say(`Installing ${what} (apt-get install ${name})…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    run(asRoot[0] ?? 'apt-get', [...asRoot.slice(1), ...(asRoot[0] ? ['apt-get'] : []), ...args], env);
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', name);
  return true;
}

/** Builds out/ unless it is newer than everything it is built from. */
export function ensureBuild() {
  if (!buildIsStale()) return;
  say('Building…');
  const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  if (!run(nodeBinary(), [tool, 'build', '--logLevel', 'warn'])) {
    throw new SetupError('The build failed: see the messages above.');
  }
}

/** Runs a script's main part: a SetupError becomes its sentence and exit code 2. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

/** Tells the person something; standard output is left to what scripts are asked for. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

// Output of the tools goes to standard error, for the same reason.
function run(command, args, env = process.env) {
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 2, 2], shell: windows });
  return status === 0;
}

function isNode24() {
  const { status, stdout } = spawnSync(nodeBinary(), ['-p', 'process.versions.node'], { encoding: 'utf8' });
  return status === 0 && Number.parseInt(stdout, 10) >= 24;
}

// Chrome on Windows opens a window instead of printing its version.
function starts(browser) {
  return windows || spawnSync(browser, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/** What to put before apt-get so that it may install: nothing for root, sudo where it asks no password; null: it may not. */
function aptPrefix() {
  if (process.platform !== 'linux' || !isDebian()) return null;
  if (process.getuid() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(() => {
    installDependencies();
    if (process.argv.includes('--browser')) ensureBrowser();
    if (process.argv.includes('--build')) ensureBuild();
  });
}
