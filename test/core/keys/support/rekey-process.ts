import { rekeyArchive } from '../../../../src/main/core/archive/rekey.ts';
import { systemClock, systemRandom } from '../../../../src/main/system-ports.ts';

// Changes an archive's data key in a process of its own: `node rekey-process.ts DIR STEP`, the passphrase in the
// environment. It kills itself where the step begins; for the step `none` it says that it has begun, to be killed from outside.
const [dir = '', killAt = ''] = process.argv.slice(2);
const result = await rekeyArchive(
  dir,
  process.env.PASSPHRASE ?? '',
  { clock: systemClock, random: systemRandom, kdfCost: { memoryKiB: 8, passes: 1, lanes: 1 } },
  {
    onStep(step) {
      if (step === 'announce') process.stdout.write('begun\n');
      if (step === killAt) process.kill(process.pid, 'SIGKILL');
    },
  },
);
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = result.ok ? 0 : 1;
