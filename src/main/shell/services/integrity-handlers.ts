import { fail, ok } from '../../../shared/errors.ts';
import { verifiedOf } from '../../core/archive/integrity/last-verification.ts';
import { systemClock } from '../../system-ports.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { keepVerified, lastVerified } from './last-verified.ts';
import type { Vault } from './vault.ts';

const VERIFY_MIB = 768;

/** How far the archive is sealed, and proving it. */
export function integrityHandlers(
  context: Pick<ServiceContext, 'announce'>,
  vault: Vault,
): Pick<Handlers, 'integrity.get' | 'integrity.days' | 'integrity.verify'> {
  return {
    async 'integrity.get'() {
      const session = vault.session();
      if (!session.ok) return session;
      const head = await session.value.reader.call('head', {});
      if (!head.ok) return head;
      const stamp = await session.value.reader.call('stampedHead', {});
      if (!stamp.ok) return stamp;
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
        verified: await lastVerified(session.value),
        stamp:
          stamp.value === null
            ? null
            : {
                at: stamp.value.at,
                authority: stamp.value.authority,
                trusted: stamp.value.trusted,
                isNewest: stamp.value.sequence === newest?.sequence,
              },
      });
    },
    async 'integrity.days'(range) {
      const session = vault.session();
      if (!session.ok) return session;
      const days = await session.value.reader.call('sealedDays', range);
      return days.ok ? ok([...days.value]) : days;
    },
    async 'integrity.verify'() {
      const session = vault.session();
      if (!session.ok) return session;
      const state = await session.value.state();
      if (state.ok && state.value.bundle)
        return fail('read_only', 'A bundle is verified while it is opened.', 'Open it again to verify it again.');
      const done = await session.value.withTaskThread(VERIFY_MIB, (thread) =>
        thread.call('verify', {}, (progress) => context.announce('task.progress', progress)),
      );
      if (!done.ok) return done;
      const verified = verifiedOf(done.value, systemClock.now());
      keepVerified(session.value, verified);
      return ok(verified);
    },
  };
}
