import { writeSync } from 'node:fs';
import { setImmediate as breath } from 'node:timers/promises';
import { openWriter } from '../../../../src/main/core/archive/open.ts';
import { systemClock, systemRandom } from '../../../../src/main/system-ports.ts';
import { unwrap } from '../../../../src/shared/errors.ts';
import { batchAt } from './ingest-stream.ts';

// `node ingest-process.ts DIR SEED FIRST LARGEST`, the key as the first line of standard input: stores batch after batch,
// acknowledging each on standard output once it is committed, until it is killed or its standard input ends.
const [dir = '', seed = '0', first = '0', largest = '1'] = process.argv.slice(2);
const key = await new Promise<Uint8Array>((resolve) => {
  process.stdin.once('data', (line) => resolve(Buffer.from(String(line).trim(), 'hex')));
});
process.stdin.on('end', () => process.exit(0));

const writer = unwrap(openWriter(dir, key, { clock: systemClock, random: systemRandom }));
writeSync(1, 'open\n');
for (let n = Number(first); ; n++) {
  unwrap(writer.ingest(batchAt(Number(seed), n, Number(largest))));
  writeSync(1, `${n}\n`);
  await breath();
}
