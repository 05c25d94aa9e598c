#!/usr/bin/env node
// Starts the terminal command on a Node that the SQLite module survives, whatever Node this is.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundled = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const recent = Number(process.versions.node.split('.')[0]) >= 24;
const node = recent ? process.execPath : bundled;
const cli = join(root, 'out/main/cli.js');

if (!recent && !existsSync(bundled)) {
  console.error('logbook: Node 24 is not installed yet. Run npm ci in the checkout first.');
  process.exit(1);
}
if (!existsSync(cli)) {
  console.error('logbook: It has not been built yet. Run npm run build in the checkout first.');
  process.exit(1);
}
const child = spawn(node, ['--disable-warning=ExperimentalWarning', cli, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
