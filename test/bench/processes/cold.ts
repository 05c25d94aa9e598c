import { join } from 'node:path';
import { openReader } from '../../../src/main/core/archive/open.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { benchKey } from '../archive-folder.ts';
import { readColumnBytes } from '../column-bytes.ts';
import { linesOf } from '../question.ts';
import { duckDb } from '../rivals/duckdb.ts';
import { logbook } from '../rivals/logbook.ts';
import { sqlite } from '../rivals/sqlite.ts';
import { timed } from '../timing.ts';
import { answer } from './answer.ts';

// `cold.ts WHO PATH`: how long it takes a process that has opened nothing yet to open a file and give its first page; or
// to read the bytes of the archive's columns through the cipher, and nothing else. Loading the modules is not counted.

/** `bytes` of the columns, where those are what is read. */
export type Cold = { readonly ms: number; readonly bytes?: number };

const [who = '', path = ''] = process.argv.slice(2);
const first = linesOf(0, 0)[0]?.question;
if (first === undefined) throw new Error('there is no question');

const STARTS: Readonly<Record<string, () => Promise<Cold>>> = {
  async archive() {
    const key = await benchKey(path);
    return timed(() => logbook(unwrap(openReader(path, key))).ask(first));
  },
  sqlite: () => timed(() => sqlite(path).ask(first)),
  duckdb: () => timed(async () => (await duckDb(path)).ask(first)),
  async cipher() {
    const key = await benchKey(path);
    const { ms, value: bytes } = await timed(() => readColumnBytes(join(path, 'entries.db'), key));
    return { ms, bytes };
  },
};
const start = STARTS[who];
if (start === undefined) throw new Error(`nobody is called ${who}`);
const { ms, bytes } = await start();
answer({ ms, bytes });
// What holds a database open would keep the process.
process.exit(0);
