import type { Result } from '../../../shared/errors.ts';
import { askForStamp, type StampWish } from '../../core/stamp/authority.ts';
import { outcomeOf, type StampOutcome } from '../../core/stamp/stamp-head.ts';
import { systemFetch } from '../../system-fetch.ts';
import { systemClock, systemRandom } from '../../system-ports.ts';
import { proxyOfList } from '../../system-proxy.ts';
import type { ServiceContext } from '../context.ts';
import type { Session } from './open-session.ts';
import type { Vault } from './vault.ts';

/** Has heads time-stamped, beside other work: nothing waits for an authority, in no thread of the archive. */
export type Stamping = {
  /** Something may have been sealed. */
  look(): void;
  /** Asks now, for whoever sets an authority. Closing the archive ends it. */
  ask(wish: StampWish): ReturnType<typeof askForStamp>;
  keep(session: Session, outcome: StampOutcome): Promise<Result<null>>;
  stop(): void;
};

export function createStamping(context: Pick<ServiceContext, 'announce' | 'proxyFor'>, vault: Vault): Stamping {
  let open = new AbortController();
  let busy = false;
  vault.watch((session) => {
    open.abort();
    open = new AbortController();
    // What could not be had the last time may be had now.
    if (session !== null) look();
  });

  const ask = async (wish: StampWish) => {
    const { signal } = open;
    const proxy = proxyOfList(await context.proxyFor(wish.url));
    return askForStamp(wish, { fetch: systemFetch({ proxy }), random: systemRandom, signal });
  };
  const keep = async (session: Session, outcome: StampOutcome): Promise<Result<null>> => {
    const writer = session.writer();
    const kept = writer.ok ? await writer.value.call('noteStamp', { outcome, at: systemClock.now() }) : writer;
    context.announce('integrity.changed', {});
    return kept;
  };
  const stampIfDue = async (session: Session): Promise<void> => {
    const { signal } = open;
    if (!session.writer().ok) return;
    const due = await session.reader.call('stampDue', {});
    if (!due.ok || due.value === null || signal.aborted) return;
    const asked = await ask(due.value);
    if (!signal.aborted) await keep(session, outcomeOf(due.value, asked));
  };

  function look(): void {
    const session = vault.session();
    if (busy || !session.ok || session.value.demo) return;
    busy = true;
    void stampIfDue(session.value).finally(() => {
      busy = false;
    });
  }

  return { look, ask, keep, stop: () => open.abort() };
}
