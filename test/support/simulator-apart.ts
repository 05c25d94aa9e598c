import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { SimulatorOptions } from '../../src/main/core/simulator/server.ts';

export type SimulatorApart = { readonly url: string; readonly token: string; close(): void };

const PROCESS = new URL('./simulator-process.ts', import.meta.url).pathname;

/** Starts a simulator in a process of its own, by the system's clock unless `now` says otherwise. */
export async function simulatorApart(options: Partial<Omit<SimulatorOptions, 'clock'>>): Promise<SimulatorApart> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROCESS, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [hello] = (await once(child.stdout, 'data')) as [Buffer];
  const { url, token } = JSON.parse(hello.toString()) as { url: string; token: string };
  return { url, token, close: () => void child.kill() };
}
