// The `logbook` command as the demo calls it: its progress goes to the terminal, its answer comes back.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../runtime.mjs';

const CLI = join(root, 'out/main/cli.js');

/** Runs a command with --json and answers its document; a failure ends the demo with its one line. */
export async function logbookJson(args) {
  const child = spawn(process.execPath, [CLI, ...args, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const parts = [];
  child.stdout.on('data', (part) => parts.push(part));
  const [code] = await once(child, 'close');
  // What failed has been said on standard error.
  if (code !== 0) process.exit(code ?? 1);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

/** Starts `logbook simulate`; answers its address and token, and how to stop it. */
export async function startServer(args) {
  const child = spawn(process.execPath, [CLI, 'simulate', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'close');
  };
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), once(child, 'close').then(() => null)]);
  if (line === null) process.exit(child.exitCode ?? 1);
  return { ...JSON.parse(line[0]), stop };
}
