import { readFileSync, rmSync, unwatchFile, watchFile, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes the folder's lock, or tells the process that has it (its `onSecond` runs) and answers false. A lock whose
 * process is gone is taken over.
 */
export function takeInstanceLock(folder: string, onSecond: () => void): boolean {
  const lock = join(folder, 'stand-in.lock');
  const knock = join(folder, 'stand-in.knock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isRunning(Number(readFileSync(lock, 'utf8')))) {
        writeFileSync(knock, String(process.pid), { mode: 0o600 });
        return false;
      }
      rmSync(lock, { force: true });
    }
  }
  watchFile(knock, { interval: 100, persistent: false }, (now) => {
    if (now.size > 0) onSecond();
  });
  process.once('exit', () => {
    unwatchFile(knock);
    rmSync(knock, { force: true });
    rmSync(lock, { force: true });
  });
  return true;
}

/** Whether this is the number of a process of ours: numbers are given out again after a crash. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('register.ts');
  } catch {
    return process.platform !== 'linux';
  }
}
