import { lockKeyring } from '../../../../src/main/core/archive/lock.ts';
import { unwrap } from '../../../../src/shared/errors.ts';

// Holds the lock of an archive's keyring until it is killed: `node lock-process.ts DIR`.
unwrap(lockKeyring(process.argv[2] ?? ''));
process.stdout.write('held\n');
process.stdin.resume();
