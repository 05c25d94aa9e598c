import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as Electron from 'electron';
import type { Page } from 'playwright-core';
import { electronBinary } from '../../scripts/runtime.mjs';
import { launchElectron } from './launch-electron.ts';
import { launchStandIn } from './launch-stand-in.ts';

export type LaunchOptions = {
  /** Folder of the application's own data; a fresh one for every test that does not test a second start. */
  readonly userData: string;
  /** Home of the started process: `Documents` lies in it. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  /** False shows the window where there is a display. */
  readonly headless?: boolean;
};

/** The application's main process, wherever it runs. */
export type MainProcess = {
  readonly runtime: 'electron' | 'stand-in';
  readonly page: Page;
  /**
   * Runs a function in the main process with the `electron` module. Only its source crosses: it must use nothing of
   * the test but its argument, which crosses by copy, as does what it returns.
   */
  evaluate<R, A>(fn: (electron: typeof Electron, arg: A) => R | Promise<R>, arg: A): Promise<R>;
  /** What it has written to standard output and standard error so far. */
  log(): string;
  /** Starts it once more on the same data, as a second click on its icon does; answers that process's exit code. */
  startAgain(): Promise<number | null>;
  /** Ends it as a person does; answers its exit code. */
  close(): Promise<number | null>;
};

export type LaunchedApp = MainProcess & {
  /** What the page's console has shown since the window was there, faults that nobody caught among it. */
  console(): string;
  /** The next file dialog, to open or to save, answers this path; null cancels. */
  answerNextDialog(path: string | null): Promise<void>;
};

const root = join(import.meta.dirname, '../..');

/** Starts the built application (`npm run build`) on Electron where its binary is there, else on the stand-in. */
export async function launchApp(options: LaunchOptions): Promise<LaunchedApp> {
  const entry = join(root, process.env.LOGBOOK_OUT ?? 'out', 'main/index.js');
  if (!existsSync(entry)) throw new Error(`There is no build at ${entry}: run "npm run build" first.`);
  const binary = electronBinary();
  const main = binary ? await launchElectron(binary, root, options) : await launchStandIn(entry, root, options);
  return { ...main, console: listenTo(main.page), answerNextDialog: (path) => main.evaluate(scriptDialogs, path) };
}

function listenTo(page: Page): () => string {
  const lines: string[] = [];
  page.on('console', (message) => void lines.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => void lines.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('crash', () => void lines.push('The page crashed.'));
  return () => lines.join('\n');
}

// Runs in the main process. Answers queue up: a dialog nobody scripted fails by name instead of waiting for a person.
function scriptDialogs({ dialog }: typeof Electron, path: string | null): void {
  const scripted = dialog as unknown as Record<string, unknown> & { answers?: (string | null)[] };
  const queue = 'answers' in scripted && scripted.answers ? scripted.answers : [];
  queue.push(path);
  Object.defineProperty(dialog, 'answers', { value: queue, configurable: true });
  const next = () => {
    if (queue.length === 0) throw new Error('A file dialog opened that the test has no answer for.');
    return queue.shift() ?? null;
  };
  scripted.showOpenDialog = async () => {
    const answer = next();
    return { canceled: answer === null, filePaths: answer === null ? [] : [answer] };
  };
  scripted.showSaveDialog = async () => {
    const answer = next();
    return { canceled: answer === null, filePath: answer ?? '' };
  };
}
