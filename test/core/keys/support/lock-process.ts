import { setImmediate } from 'node:timers/promises';
import { lockForWriting, lockKeyring } from '../../../../src/main/core/archive/lock.ts';
import { unwrap } from '../../../../src/shared/errors.ts';

// Holds both locks of an archive until it is killed: `node --expose-gc lock-process.ts DIR`. What it was given it drops,
// and everything that can be collected is, so that a lock that lives only as long as its handle is noticed.
const [dir = ''] = process.argv.slice(2);
const { gc } = globalThis;
if (!gc) throw new Error('This process needs --expose-gc.');
unwrap(lockForWriting(dir, null));
unwrap(lockKeyring(dir));
for (let turn = 0; turn < 3; turn += 1) {
  // Handles are closed in the turn of the event loop after the collection.
  await setImmediate();
  gc();
}
await setImmediate();
process.stdout.write('held\n');
process.stdin.resume();
