import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '../../../shared/errors.ts';
import { systemClock } from '../../system-ports.ts';
import type { Handlers } from '../context.ts';
import type { KnownArchives } from './known-archives.ts';
import type { Session } from './open-session.ts';
import type { Vault } from './vault.ts';

/** What the archive knows of days, of retention and of past runs. */
export function coverageHandlers(
  vault: Vault,
  known: KnownArchives,
): Pick<Handlers, 'coverage.days' | 'coverage.retention' | 'sync.history'> {
  return {
    async 'coverage.days'({ from, to, every }) {
      const session = vault.session();
      if (!session.ok) return session;
      const now = every ? await presentOf(session.value) : null;
      const days = await session.value.reader.call('coverage', { from, to, now });
      return days.ok ? ok([...days.value]) : days;
    },
    async 'coverage.retention'() {
      const session = vault.session();
      if (!session.ok) return session;
      const now = await presentOf(session.value);
      const facts = await session.value.reader.call('retention', { now });
      if (!facts.ok) return facts;
      const dir = known.dirOf(session.value.id);
      return ok({ ...facts.value, now, bytes: dir.ok ? sizeOf(dir.value) : 0 });
    },
    async 'sync.history'() {
      const session = vault.session();
      if (!session.ok) return session;
      const runs = await session.value.reader.call('runs', {});
      return runs.ok ? ok([...runs.value]) : runs;
    },
  };
}

/** The made-up organisation's log ends with the moment it was made up; nothing of it ages. */
export async function presentOf(session: Session): Promise<number> {
  if (!session.demo) return systemClock.now();
  const made = await session.reader.call('setting', { name: 'demo_now' });
  return made.ok && made.value !== null ? Number(made.value) : systemClock.now();
}

// Looks at the files' entries only: opening and closing the database beside SQLite would drop its locks.
function sizeOf(dir: string): number {
  try {
    return readdirSync(dir).reduce((sum, name) => {
      const found = statSync(join(dir, name), { throwIfNoEntry: false });
      return sum + (found?.isFile() ? found.size : 0);
    }, 0);
  } catch {
    return 0;
  }
}
