import type { Output } from '../../../shared/contract.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { normaliseAddress } from '../../core/jetty/address.ts';
import { systemClock } from '../../system-ports.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import type { Vault } from './archive-handlers.ts';
import { startDemoServer } from './demo.ts';
import type { Session } from './open-session.ts';
import type { TokenStore } from './token-store.ts';

/** One sync at a time, of the open archive. */
export type SyncRuns = { start(): Promise<Result<Output<'sync.start'>>>; cancel(): void };

type Source = { readonly address: string; readonly token: string; release(): Promise<void> };

export function createSyncRuns(context: ServiceContext, vault: Vault, tokens: TokenStore): SyncRuns {
  let running = false;
  const run = async (session: Session): Promise<Result<Output<'sync.start'>>> => {
    const writer = session.writer();
    if (!writer.ok) return writer;
    const source = await findSource(session, tokens);
    if (!source.ok) return source;
    const before = await session.state();
    if (!before.ok) return before;
    const synced = await writer.value.call(
      'sync',
      { address: source.value.address, token: source.value.token, plan: before.value.source?.plan ?? null },
      (progress) => context.announce('sync.progress', progress),
    );
    await source.value.release();
    const state = await session.state();
    if (state.ok) {
      context.announce('archive.changed', { version: state.value.version });
      context.announce('app.changed', { kind: 'open', archive: state.value });
    }
    if (!synced.ok) return synced;
    const { oldest: _oldest, newest: _newest, ...shown } = synced.value;
    return ok(shown);
  };
  return {
    async start() {
      const session = vault.session();
      if (!session.ok) return session;
      if (running) return fail('in_use', 'A sync is running already.', 'Wait for it, or cancel it.');
      running = true;
      try {
        return await run(session.value);
      } finally {
        running = false;
      }
    },
    cancel() {
      const session = vault.session();
      const writer = session.ok ? session.value.writer() : session;
      if (writer.ok) writer.value.cancel();
    },
  };
}

async function findSource(session: Session, tokens: TokenStore): Promise<Result<Source>> {
  if (session.demo) {
    const now = await session.reader.call('setting', { name: 'demo_now' });
    if (!now.ok) return now;
    const server = await startDemoServer(Number(now.value ?? systemClock.now()));
    if (!server.ok) return server;
    return ok({ address: server.value.url, token: server.value.token, release: () => server.value.close() });
  }
  const address = await session.reader.call('setting', { name: 'source_address' });
  if (!address.ok) return address;
  if (address.value === null)
    return fail('bad_input', 'This archive is not connected to Jetty yet.', 'Give its address and an API token.');
  const token = await tokens.find(session.id);
  return token.ok ? ok({ address: address.value, token: token.value, release: async () => undefined }) : token;
}

/** Connecting the open archive to a Jetty server, and syncing it. */
export function syncHandlers(
  vault: Vault,
  tokens: TokenStore,
  runs: SyncRuns,
): Pick<Handlers, 'sync.connect' | 'sync.start' | 'sync.cancel' | 'coverage.days'> {
  return {
    async 'sync.connect'({ url, token, plan }) {
      const address = normaliseAddress(url);
      if (!address.ok) return address;
      const session = vault.session();
      if (!session.ok) return session;
      const writer = session.value.writer();
      if (!writer.ok) return writer;
      for (const [name, value] of Object.entries({
        source_address: address.value,
        source_host: new URL(address.value).host,
        plan: plan ?? '',
      })) {
        const set = await writer.value.call('setSetting', { name, value });
        if (!set.ok) return set;
      }
      await tokens.keep(session.value.id, token.trim());
      return ok({});
    },
    'sync.start': () => runs.start(),
    async 'sync.cancel'() {
      runs.cancel();
      return ok({});
    },
    async 'coverage.days'(range) {
      const session = vault.session();
      if (!session.ok) return session;
      const days = await session.value.reader.call('coverage', range);
      return days.ok ? ok([...days.value]) : days;
    },
  };
}
