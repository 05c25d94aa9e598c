import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import password from '@inquirer/password';
import { runLogbook } from './program.ts';

// The terminal entry. Everything it needs of the process is gathered here and handed on.

const interrupt = new AbortController();
process.on('SIGINT', () => interrupt.abort());
process.on('SIGTERM', () => interrupt.abort());
// A reader that goes away (`logbook search | head`) ends the command, quietly.
process.stdout.on('error', () => process.exit(0));

const packageFile = join(import.meta.dirname, '../..', import.meta.dirname.endsWith('cli') ? '..' : '', 'package.json');
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };

process.exitCode = await runLogbook(
  process.argv.slice(2),
  {
    env: process.env,
    cwd: process.cwd(),
    resourcesDir: join(packageFile, '../resources'),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    interactive: process.stderr.isTTY === true,
    askSecret: async (question) =>
      process.stdin.isTTY === true && process.stderr.isTTY === true
        ? password({ message: question, mask: '•' }, { output: process.stderr, signal: interrupt.signal }).catch(
            () => null,
          )
        : null,
    signal: interrupt.signal,
  },
  version,
);
