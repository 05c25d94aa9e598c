// npm run demo: the main job from end to end, on a local Jetty server with a made-up organisation or on a file of entries.
//
//   npm run demo [-- --import FILE] [-- --open]
//
// Everything is done by the public command (`logbook …`), so that what the demo shows anybody can do.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { nodeBinary, root } from './runtime.mjs';
import { ensureBuild, installDependencies, main } from './setup.mjs';

await main(async () => {
  installDependencies();
  ensureBuild();
  // From here on under Node 24, whose TypeScript the screenshot needs.
  const child = spawn(nodeBinary(), [join(root, 'scripts/demo/run.mjs'), ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
});
