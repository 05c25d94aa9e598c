#!/usr/bin/env node
// The terminal command of a checkout: starts the build on the Node that npm installed with the project, because the SQLite
// module does not survive an older one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { nodeBinary, root } from './runtime.mjs';

const cli = join(root, 'out/main/cli.js');
for (const [file, how] of [
  [nodeBinary(), 'npm ci'],
  [cli, 'npm run build'],
]) {
  if (!existsSync(file)) {
    console.error(`logbook: this checkout is not ready. Run ${how} in it first.`);
    process.exit(1);
  }
}
// Laying out pages makes much that is soon of no use: collected early, a large report stays below half a gigabyte.
const flags = process.argv[2] === 'report' ? ['--max-semi-space-size=4'] : [];
const child = spawn(nodeBinary(), [...flags, cli, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
// Ended by a signal it counts as shells count: 130 after Ctrl-C.
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
