import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findBrowser, nodeBinary } from '../../scripts/runtime.mjs';
import type { Answer, Question } from './electron/test-control.ts';
import type { LaunchOptions, MainProcess } from './launch.ts';

const KILL_AFTER_MS = 15_000;

/** Starts the application on the stand-in for Electron: a child process under Node 24 that owns a Chromium. */
export async function launchStandIn(entry: string, root: string, options: LaunchOptions): Promise<MainProcess> {
  const browser = findBrowser();
  if (!browser) throw new Error('No Chromium here: run "node scripts/setup.mjs --browser".');
  const register = pathToFileURL(join(root, 'test/support/electron/register.ts')).href;
  const args = ['--import', register, entry, `--user-data-dir=${options.userData}`];
  const env = {
    ...process.env,
    HOME: options.home,
    LOGBOOK_DEBUG: '1',
    LOGBOOK_BROWSER: browser,
    LOGBOOK_STANDIN_DEBUG: '1',
    LOGBOOK_HEADLESS: options.headless === false ? '0' : '1',
    ...options.env,
  };
  const child = spawn(nodeBinary(), args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });

  let log = '';
  const collect = (chunk: Buffer) => {
    log += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);

  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  child.on('message', ({ id, ok, value }: Answer) => {
    if (ok) waiting.get(id)?.resolve(value);
    else waiting.get(id)?.reject(new Error(String(value)));
    waiting.delete(id);
  });
  const exited = new Promise<number | null>((resolve) => {
    // `close` comes after the last output, so that an error names its reason.
    child.once('close', (code) => {
      for (const { reject } of waiting.values()) reject(new Error(`The application ended (${code}).\n${log}`));
      waiting.clear();
      resolve(code);
    });
  });
  const ask = (question: Omit<Question, 'id'> & object): Promise<unknown> => {
    if (!child.connected) return exited.then((code) => Promise.reject(new Error(`Ended with ${code}.\n${log}`)));
    lastId += 1;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(lastId, answer);
    child.send({ id: lastId, ...question });
    return answer.promise;
  };

  const endpoint = (await ask({ kind: 'endpoint' })) as string;
  // `noDefaults`: the page keeps the colour scheme and size the application gave it.
  const connection = await chromium.connectOverCDP(endpoint, { noDefaults: true });
  const page = connection.contexts()[0]?.pages()[0];
  if (!page) throw new Error(`The application has no page.\n${log}`);
  return {
    runtime: 'stand-in',
    page,
    evaluate: (fn, arg) => ask({ kind: 'evaluate', source: String(fn), arg } as never) as never,
    log: () => log,
    startAgain: () =>
      new Promise((resolve) =>
        spawn(nodeBinary(), args, { cwd: root, env, stdio: 'ignore' }).once('exit', (code) => resolve(code)),
      ),
    async close() {
      const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
      ask({ kind: 'evaluate', source: '({ app }) => app.quit()', arg: null } as never).catch(() => {});
      const code = await exited;
      clearTimeout(timer);
      return code;
    },
  };
}
