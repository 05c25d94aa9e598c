import { spawn } from 'node:child_process';
import type * as Electron from 'electron';
import { _electron } from 'playwright-core';
import type { LaunchOptions, MainProcess } from './launch.ts';

/** Starts the application on Electron itself. */
export async function launchElectron(binary: string, root: string, options: LaunchOptions): Promise<MainProcess> {
  let log = '';
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [...sandbox, root, `--user-data-dir=${options.userData}`];
  const env = { ...(process.env as Record<string, string>), HOME: options.home, LOGBOOK_DEBUG: '1', ...options.env };
  const application = await _electron.launch({ executablePath: binary, args, env });
  const child = application.process();
  const collect = (chunk: Buffer) => {
    log += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const page = await application.firstWindow();
  await page.waitForLoadState();
  return {
    runtime: 'electron',
    page,
    evaluate: (fn, arg) => application.evaluate(fn as never, arg) as never,
    log: () => log,
    startAgain: () =>
      new Promise((resolve) => spawn(binary, args, { env, stdio: 'ignore' }).once('exit', (code) => resolve(code))),
    async close() {
      await application.evaluate(({ app }: typeof Electron) => app.quit()).catch(() => {});
      return exited;
    },
  };
}
