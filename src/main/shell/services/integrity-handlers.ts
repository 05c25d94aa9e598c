import { ok } from '../../../shared/errors.ts';
import { parseVerified, type Verified } from '../../../shared/integrity-contract.ts';
import { systemClock } from '../../system-ports.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import type { Session } from './open-session.ts';
import type { Vault } from './vault.ts';

const VERIFY_MIB = 768;
const TOLD = 50;
const SETTING = 'verified';

/** How far the archive is sealed, and proving it. */
export function integrityHandlers(
  context: Pick<ServiceContext, 'announce'>,
  vault: Vault,
): Pick<Handlers, 'integrity.get' | 'integrity.verify'> {
  // What was found since the archive was opened: an archive that is only read keeps nothing, and a sync keeps one waiting.
  const found = new WeakMap<Session, Verified>();
  return {
    async 'integrity.get'() {
      const session = vault.session();
      const reader = session.ok ? await session.value.analyst() : session;
      if (!session.ok || !reader.ok) return reader as Extract<typeof reader, { ok: false }>;
      const head = await reader.value.call('head', {});
      const kept = head.ok ? await reader.value.call('setting', { name: SETTING }) : head;
      if (!head.ok || !kept.ok) return kept as Extract<typeof kept, { ok: false }>;
      const newest = head.value;
      return ok({
        head:
          newest === null
            ? null
            : {
                hash: newest.hash,
                day: newest.day,
                sealedDays: newest.sealedDays,
                fingerprint: newest.fingerprint,
              },
        verified: found.get(session.value) ?? parseVerified(kept.value),
      });
    },
    async 'integrity.verify'() {
      const session = vault.session();
      if (!session.ok) return session;
      const done = await session.value.withTaskThread(VERIFY_MIB, (thread) =>
        thread.call('verify', {}, (progress) => context.announce('task.progress', progress)),
      );
      if (!done.ok) return done;
      const { entries, days, problems } = done.value;
      const messages = problems.slice(0, TOLD).map(({ what, message }) => ({ what, message }));
      const verified = { at: systemClock.now(), found: done.value.found, entries, days, messages };
      found.set(session.value, verified);
      const writer = session.value.writer();
      if (writer.ok) void writer.value.call('setSetting', { name: SETTING, value: JSON.stringify(verified) });
      return ok(verified);
    },
  };
}
