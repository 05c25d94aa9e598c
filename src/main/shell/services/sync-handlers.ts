import type { Output, SyncState } from '../../../shared/contract.ts';
import { type Failure, fail, ok, type Result } from '../../../shared/errors.ts';
import { normaliseAddress } from '../../core/jetty/address.ts';
import { systemClock } from '../../system-ports.ts';
import { proxyOfList } from '../../system-proxy.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { startDemoServer } from './demo.ts';
import type { KnownArchives } from './known-archives.ts';
import type { Session } from './open-session.ts';
import { tellSeen } from './tell-seen.ts';
import type { TokenStore } from './token-store.ts';
import type { Vault } from './vault.ts';
import type { WriterTurn } from './writer-turn.ts';

/** One sync at a time, of the open archive. */
export type SyncRuns = {
  start(by?: 'person' | 'schedule', reconcile?: boolean): Promise<Result<Output<'sync.start'>>>;
  cancel(): void;
  state(): SyncState;
};

export type SyncEnd = {
  readonly archiveId: string;
  readonly by: 'person' | 'schedule';
  readonly error: Failure | null;
  /** It ended because its archive was closed. */
  readonly locked: boolean;
};

/** Told when a sync begins and when it ends. */
export type SyncWatcher = {
  began(archiveId: string): void;
  ended(end: SyncEnd): void;
};

const TELL_EVERY_MS = 5_000;
const IDLE: SyncState = { running: false, by: null, result: null, error: null };

type Source = { readonly address: string; readonly token: string; release(): Promise<void> };

export function createSyncRuns(
  context: ServiceContext,
  vault: Vault,
  tokens: TokenStore,
  turn: WriterTurn,
  watcher: SyncWatcher = { began: () => undefined, ended: () => undefined },
): SyncRuns {
  let state = IDLE;
  const show = (next: SyncState): void => {
    state = next;
    context.announce('sync.changed', next);
  };
  vault.watch(() => {
    state = IDLE;
  });
  const run = async (session: Session, reconcile: boolean): Promise<Result<Output<'sync.start'>>> => {
    const writer = session.writer();
    if (!writer.ok) return writer;
    const before = await session.state();
    if (!before.ok) return before;
    const source = await findSource(session, tokens);
    if (!source.ok) return source;
    const synced = await writer.value.call(
      'sync',
      {
        address: source.value.address,
        token: source.value.token,
        plan: before.value.source?.plan ?? null,
        proxy: proxyOfList(await context.proxyFor(source.value.address)),
        reconcile,
      },
      (progress) => {
        context.announce('sync.progress', progress);
        void tellSeldom(session);
      },
    );
    await source.value.release();
    if (!synced.ok) return synced;
    const { oldest: _oldest, newest: _newest, seen, ...told } = synced.value;
    tellSeen(context, session, seen);
    return ok(told);
  };
  let toldAt = 0;
  // What has arrived shows while more arrives; asking everything anew for every page would keep the reader busy.
  const tellSeldom = async (session: Session): Promise<void> => {
    const now = systemClock.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    const info = await session.reader.call('info', {});
    if (info.ok) context.announce('archive.changed', { version: info.value.version });
  };
  const tell = async (session: Session): Promise<void> => {
    const after = await session.state();
    if (!after.ok) return;
    context.announce('archive.changed', { version: after.value.version });
    context.announce('app.changed', { kind: 'open', archive: after.value });
  };
  return {
    async start(by = 'person', reconcile = false) {
      const session = vault.session();
      if (!session.ok) return session;
      const mine = turn.take('sync');
      if (!mine.ok) return mine;
      watcher.began(session.value.id);
      show({ running: true, by, result: null, error: null });
      toldAt = systemClock.now();
      try {
        const done = await run(session.value, reconcile);
        const now = vault.session();
        const locked = !now.ok || now.value !== session.value;
        const error = done.ok ? null : done.error;
        mine.value.release();
        if (!locked) {
          show({ running: false, by, result: done.ok ? done.value : null, error });
          await tell(session.value);
        }
        watcher.ended({ archiveId: session.value.id, by, error, locked });
        return done;
      } finally {
        mine.value.release();
      }
    },
    cancel() {
      const session = vault.session();
      const writer = session.ok ? session.value.writer() : session;
      if (writer.ok && turn.current() === 'sync') writer.value.cancel();
    },
    state: () => state,
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
  context: ServiceContext,
  vault: Vault,
  known: Pick<KnownArchives, 'sourced'>,
  tokens: TokenStore,
  runs: SyncRuns,
  turn: WriterTurn,
): Pick<Handlers, 'sync.connect' | 'sync.setPlan' | 'sync.start' | 'sync.cancel' | 'sync.state'> {
  return {
    async 'sync.connect'({ url, token, plan }) {
      const address = normaliseAddress(url);
      if (!address.ok) return address;
      const session = vault.session();
      if (!session.ok) return session;
      if (session.value.demo)
        return fail(
          'forbidden',
          'The made-up organisation cannot be connected to a real Jetty.',
          'Create an archive of your own for it.',
        );
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
      known.sourced(session.value.id, new URL(address.value).host);
      await tokens.keep(session.value.id, token.trim());
      return ok({});
    },
    'sync.start': ({ reconcile }) => runs.start('person', reconcile),
    async 'sync.cancel'() {
      runs.cancel();
      return ok({});
    },
    'sync.state': async () => ok(runs.state()),
    async 'sync.setPlan'({ plan }) {
      const session = vault.session();
      if (!session.ok) return session;
      const writer = session.value.writer();
      if (!writer.ok) return writer;
      // The writing thread does one thing after the other: this would wait, unseen, for the sync to end.
      const mine = turn.take('setting');
      if (!mine.ok) return mine;
      const set = await writer.value.call('setSetting', { name: 'plan', value: plan ?? '' });
      mine.value.release();
      if (!set.ok) return set;
      const state = await session.value.state();
      if (state.ok) context.announce('app.changed', { kind: 'open', archive: state.value });
      return ok({});
    },
  };
}
