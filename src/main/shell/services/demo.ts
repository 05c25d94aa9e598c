import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '../../../shared/errors.ts';
import { createArchive } from '../../core/archive/open.ts';
import { type Simulator, startSimulator } from '../../core/simulator/server.ts';
import { systemClock, systemRandom } from '../../system-ports.ts';

/** The demo holds made-up people only; its passphrase protects nothing and may be known. */
export const DEMO_PASSPHRASE = 'the harbour is calm today';
export const DEMO_NAME = 'Demo organisation';

const DEMO = { entries: 25_000, days: 120, seed: 7 } as const;

/** Makes the demo archive where there is none yet. Its clock is fixed at that moment, so that a later sync adds nothing. */
export async function ensureDemoArchive(userData: string): Promise<Result<{ dir: string }>> {
  const dir = join(userData, 'Demo.logbook');
  if (existsSync(dir)) return ok({ dir });
  const created = await createArchive(
    dir,
    { name: DEMO_NAME, passphrase: DEMO_PASSPHRASE, zone: 'Europe/Lisbon' },
    { clock: systemClock, random: systemRandom },
  );
  if (!created.ok) return created;
  const set = created.value.writer.setSetting('demo_now', String(systemClock.now()));
  created.value.writer.close();
  return set.ok ? ok({ dir }) : set;
}

/** The local Jetty server of the demo, as it stood when the demo was made. */
export function startDemoServer(now: number): Promise<Result<Simulator>> {
  return startSimulator({ ...DEMO, port: 0, now });
}
