import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import password from '@inquirer/password';
import { EXIT } from './exit-code.ts';
import { runLogbook } from './program.ts';

// The terminal entry. Everything it needs of the process is gathered here and handed on.

const interrupt = new AbortController();
let listening = false;

// Once somebody listens for Ctrl-C the system no longer ends the process by itself. So that happens only for commands
// that look at the signal, because they have something to finish; the others hold nothing that could be left half done.
function interruptSignal(): AbortSignal {
  if (!listening) for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interrupt.abort());
  listening = true;
  return interrupt.signal;
}

// A reader that goes away (`logbook search | head`) ends the command, quietly; a full disk behind `>` does not.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  process.stderr.write('logbook: Standard output could not be written to. Check the disk it goes to.\n');
  process.exit(EXIT.fault);
});
process.stderr.on('error', () => undefined);

const packageFile = join(import.meta.dirname, '../..', import.meta.dirname.endsWith('cli') ? '..' : '', 'package.json');
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };

const threads = join(import.meta.dirname, 'archive-worker.js');

process.exitCode = await runLogbook(
  process.argv.slice(2),
  {
    env: process.env,
    cwd: process.cwd(),
    program: [process.execPath, join(import.meta.dirname, basename(process.argv[1] ?? ''))],
    ...(existsSync(threads) ? { threads } : {}),
    resourcesDir: join(packageFile, '../resources'),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    input: () => process.stdin.setEncoding('utf8'),
    interactive: process.stderr.isTTY === true,
    askSecret: async (question) =>
      process.stdin.isTTY === true && process.stderr.isTTY === true
        ? password({ message: question, mask: '•' }, { output: process.stderr }).catch(() => null)
        : null,
    get signal() {
      return interruptSignal();
    },
  },
  version,
);
