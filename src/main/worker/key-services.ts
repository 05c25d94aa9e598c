import { REKEY_STEPS, rekeyArchive } from '../core/archive/rekey.ts';
import { systemClock, systemRandom } from '../system-ports.ts';
import type { KeyCalls } from './key-calls.ts';
import type { ServiceTable } from './service-table.ts';

/** Changes of the data key: they copy and encrypt the whole file, which the main process must not wait for. */
export function keyServices(dir: string): ServiceTable<KeyCalls> {
  return {
    rekey: ({ passphrase, kdfCost }, { onProgress }) =>
      rekeyArchive(
        dir,
        passphrase,
        { clock: systemClock, random: systemRandom, ...(kdfCost && { kdfCost }) },
        {
          onStep: (step) =>
            onProgress({ done: REKEY_STEPS.indexOf(step), total: REKEY_STEPS.length, note: `new key: ${step}` }),
        },
      ),
  };
}
