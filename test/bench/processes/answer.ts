import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs one of the files beside this one in a process of its own; what it printed, read as JSON. */
export function fresh<T>(name: 'load' | 'cold' | 'memory' | 'verify', ...args: readonly string[]): T {
  const file = join(import.meta.dirname, `${name}.ts`);
  const flags = ['--disable-warning=ExperimentalWarning', file, ...args];
  return JSON.parse(
    execFileSync(process.execPath, flags, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  ) as T;
}

/** Hands an answer back to the process that asked. */
export function answer(value: unknown): void {
  process.stdout.write(JSON.stringify(value));
}
