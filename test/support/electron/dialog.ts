import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, parse } from 'node:path';
import type { OpenDialogOptions, OpenDialogReturnValue, SaveDialogOptions, SaveDialogReturnValue } from 'electron';
import { loud } from './loud.ts';

const ZENITY = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'zenity'))
  .find(existsSync);

/** What the person chose in zenity, the desktop's dialog program; undefined where there is none to ask with. */
async function ask(title: string | undefined, path: string, flags: readonly string[]): Promise<string[] | undefined> {
  if (!ZENITY || !process.env.DISPLAY || process.env.LOGBOOK_HEADLESS === '1') return undefined;
  const args = ['--file-selection', `--title=${title ?? 'Logbook'}`, `--filename=${path}`, '--separator=\n', ...flags];
  return new Promise((resolve) => {
    execFile(ZENITY, args, (error, answer) => resolve(error ? [] : answer.trim().split('\n')));
  });
}

function take(path: string): string[] {
  process.stderr.write(`No file dialog here; taken: ${path}\n`);
  return [path];
}

/** The path, with a number before its extension where a file of that name is there already. */
function unused(path: string): string {
  const { dir, name, ext } = parse(path);
  let candidate = path;
  for (let n = 2; existsSync(candidate); n += 1) candidate = join(dir, `${name} ${n}${ext}`);
  return candidate;
}

/** Dialogs take an optional parent window first. */
const optionsOf = <T>(args: readonly unknown[]): T => args.at(-1) as T;

export const dialog = loud('dialog', {
  async showOpenDialog(...args: unknown[]): Promise<OpenDialogReturnValue> {
    const { title, defaultPath = homedir(), properties = [] } = optionsOf<OpenDialogOptions>(args);
    const folder = properties.includes('openDirectory');
    const flags = [
      ...(folder ? ['--directory'] : []),
      ...(properties.includes('multiSelections') ? ['--multiple'] : []),
    ];
    const chosen = (await ask(title, `${defaultPath}/`, flags)) ?? (folder ? take(defaultPath) : []);
    return { canceled: chosen.length === 0, filePaths: chosen };
  },
  async showSaveDialog(...args: unknown[]): Promise<SaveDialogReturnValue> {
    const { title, defaultPath = homedir() } = optionsOf<SaveDialogOptions>(args);
    const chosen = (await ask(title, defaultPath, ['--save', '--confirm-overwrite'])) ?? take(unused(defaultPath));
    return { canceled: chosen.length === 0, filePath: chosen[0] ?? '' };
  },
});
