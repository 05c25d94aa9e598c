// npm run screenshots: docs/screenshots/NAME.light.png and NAME.dark.png, a pair for every screen, of the made-up organisation at
// one and the same moment, so that a picture changes only where the window does.
//
//   npm run screenshots [-- NAME…]
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { nodeBinary, root } from './runtime.mjs';
import { ensureBrowser, ensureBuild, installDependencies, main } from './setup.mjs';

await main(() => {
  installDependencies();
  const browser = ensureBrowser();
  ensureBuild();
  const child = spawn(nodeBinary(), [join(root, 'scripts/screenshots/run.mjs'), ...process.argv.slice(2)], {
    cwd: root,
    // The office of the pictures is in Lisbon, wherever they are taken.
    env: { ...process.env, LOGBOOK_BROWSER: browser, TZ: 'Europe/Lisbon' },
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
});
