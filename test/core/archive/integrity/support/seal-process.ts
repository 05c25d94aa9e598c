import { writeSync } from 'node:fs';
import { setImmediate as breath } from 'node:timers/promises';
import { openWriter } from '../../../../../src/main/core/archive/open.ts';
import { systemClock, systemRandom } from '../../../../../src/main/system-ports.ts';
import { unwrap } from '../../../../../src/shared/errors.ts';
import { stepOf } from './sealing-stream.ts';

// `node seal-process.ts DIR SEED FIRST`, the key as the first line of standard input: stores, decides, deletes and seals, a
// line on standard output after each step, until it is killed or its standard input ends.
const [dir = '', seed = '0', first = '0'] = process.argv.slice(2);
const key = await new Promise<Uint8Array>((resolve) => {
  process.stdin.once('data', (line) => resolve(Buffer.from(String(line).trim(), 'hex')));
});
process.stdin.on('end', () => process.exit(0));

const writer = unwrap(openWriter(dir, key, { clock: systemClock, random: systemRandom }));
writeSync(1, 'open\n');
for (let n = Number(first); ; n++) {
  stepOf(writer, Number(seed), n);
  writeSync(1, `${n}\n`);
  await breath();
}
