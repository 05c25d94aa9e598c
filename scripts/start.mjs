// npm start: opens the window, on Electron where its binary can be had, else on an installed Chromium (docs/security.md
// and test/support/electron say what differs). Arguments are passed on.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { electronBinary, hasDisplay, nodeBinary, root } from './runtime.mjs';
import { ensureBrowser, ensureBuild, installDependencies, main, SetupError, say } from './setup.mjs';

const REFUSED = join(root, '.cache/electron-refused');
const ASK_AGAIN_AFTER_MS = 24 * 60 * 60 * 1000;
const ANSWER_WITHIN_MS = 20_000;
const isRoot = process.platform === 'linux' && process.getuid() === 0;
const RELEASES = 'https://github.com/electron/electron/releases/download/';

await main(async () => {
  if (!hasDisplay()) {
    throw new SetupError(
      'There is no display to open a window on: set DISPLAY or WAYLAND_DISPLAY, or use the "logbook" command.',
    );
  }
  installDependencies();
  ensureBuild();
  const args = process.argv.slice(2);
  const electron = electronBinary() ?? downloadElectron();
  return electron ? runElectron(electron, args) : runStandIn(args);
});

function runElectron(binary, args) {
  say(`Runtime: Electron${withoutSandbox()}.`);
  return runToEnd(binary, [...(isRoot ? ['--no-sandbox'] : []), root, ...args], process.env);
}

function runStandIn(args) {
  const browser = ensureBrowser();
  say(`Runtime: Chromium (${browser}), because Electron's binary cannot be downloaded here${withoutSandbox()}.`);
  const register = pathToFileURL(join(root, 'test/support/electron/register.ts')).href;
  const env = { ...process.env, LOGBOOK_BROWSER: browser };
  return runToEnd(nodeBinary(), ['--import', register, join(root, 'out/main/index.js'), ...args], env);
}

function withoutSandbox() {
  return isRoot ? '; without its sandbox, because you are root' : '';
}

/** The executable after a download, or null where the network refuses it; a refusal is remembered for a day. */
function downloadElectron() {
  if (wasRefusedLately()) return null;
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
  const mirror = process.env.ELECTRON_MIRROR ?? RELEASES;
  const env = { ...process.env, NODE_USE_ENV_PROXY: '1' };
  // A small file first: it answers at once whether downloads work, however long Electron itself would then take.
  const probe = `fetch(process.argv[1], { method: 'HEAD', signal: AbortSignal.timeout(${ANSWER_WITHIN_MS}) }).then(
    (answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;
  const answered = spawnSync(nodeBinary(), ['-e', probe, `${mirror}v${version}/SHASUMS256.txt`], {
    env,
    stdio: 'ignore',
  });
  if (answered.status === 0) {
    say('Downloading Electron…');
    spawnSync(nodeBinary(), [join(root, 'node_modules/electron/install.js')], { env, stdio: ['ignore', 2, 2] });
  }
  const binary = electronBinary();
  if (binary) rmSync(REFUSED, { force: true });
  else rememberRefusal();
  return binary;
}

function wasRefusedLately() {
  try {
    return Date.now() - Number(readFileSync(REFUSED, 'utf8')) < ASK_AGAIN_AFTER_MS;
  } catch {
    return false;
  }
}

function rememberRefusal() {
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(REFUSED, String(Date.now()));
}

function runToEnd(command, args, env) {
  const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
  // Ctrl-C reaches the child too; it closes the archive and ends, and then so does this.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
