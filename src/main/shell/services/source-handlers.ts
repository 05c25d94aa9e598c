import { fail, ok, type Result } from '../../../shared/errors.ts';
import { createClient } from '../../core/jetty/client.ts';
import { systemFetch } from '../../system-fetch.ts';
import { systemClock, systemRandom } from '../../system-ports.ts';
import { proxyOfList } from '../../system-proxy.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import type { Session } from './open-session.ts';
import type { TokenStore } from './token-store.ts';
import type { Vault } from './vault.ts';
import type { WriterTurn } from './writer-turn.ts';

/** What a server says of a token that it will never take. */
const REFUSED = new Set(['unauthenticated', 'forbidden', 'bad_input']);

/** The open archive's source, and the token for it. */
export function sourceHandlers(
  context: Pick<ServiceContext, 'proxyFor'>,
  vault: Vault,
  tokens: TokenStore,
  turn: WriterTurn,
  schedule: Pick<Handlers, 'schedule.get' | 'schedule.set'>,
): Pick<Handlers, Extract<keyof Handlers, `source.${string}`>> {
  const addressOf = async (session: Session): Promise<Result<string>> => {
    const address = await session.reader.call('setting', { name: 'source_address' });
    if (!address.ok) return address;
    return address.value === null
      ? fail('bad_input', 'This archive is not connected to Jetty yet.', 'Give its address and an API token.')
      : ok(address.value);
  };
  // The session whose source may be changed: of an archive of one's own, open for writing, that does not sync just now.
  const changeable = (): Result<Session> => {
    const session = vault.session();
    if (!session.ok) return session;
    if (session.value.demo)
      return fail('forbidden', 'The made-up organisation has no token.', 'Create an archive of your own.');
    const writer = session.value.writer();
    if (!writer.ok) return writer;
    return turn.current() === 'sync'
      ? fail('in_use', 'A sync is running with the present token.', 'Wait for it, or cancel it.')
      : session;
  };
  const ask = async (address: string, token: string): Promise<Result<{ host: string }>> => {
    const client = createClient({
      address,
      token,
      fetch: systemFetch({ proxy: proxyOfList(await context.proxyFor(address)) }),
      clock: systemClock,
      random: systemRandom,
      retry: { tries: 1, slowDowns: 0 },
    });
    if (!client.ok) return client;
    const page = await client.value.fetchPage({ page: 1, perPage: 1 });
    return page.ok ? ok({ host: client.value.host }) : page;
  };
  return {
    async 'source.get'() {
      const session = vault.session();
      if (!session.ok) return session;
      const address = await session.value.reader.call('setting', { name: 'source_address' });
      if (!address.ok) return address;
      return ok({ address: address.value, token: await tokens.keptIn(session.value.id) });
    },
    async 'source.test'() {
      const session = vault.session();
      if (!session.ok) return session;
      const address = await addressOf(session.value);
      if (!address.ok) return address;
      const token = await tokens.find(session.value.id);
      return token.ok ? ask(address.value, token.value) : token;
    },
    async 'source.replaceToken'({ token }) {
      const session = changeable();
      if (!session.ok) return session;
      const address = await addressOf(session.value);
      if (!address.ok) return address;
      const tried = await ask(address.value, token);
      if (!tried.ok && REFUSED.has(tried.error.code)) return tried;
      await tokens.keep(session.value.id, token);
      return ok({ tried: tried.ok });
    },
    async 'source.disconnect'() {
      const session = changeable();
      if (!session.ok) return session;
      const now = await schedule['schedule.get']({});
      if (!now.ok) return now;
      const still = await schedule['schedule.set']({
        ...now.value.schedule,
        onOpen: false,
        everyHours: 0,
        onWake: false,
      });
      if (!still.ok) return still;
      tokens.forget(session.value.id);
      return ok({});
    },
  };
}
