import { join } from 'node:path';
import type { AppState } from '../../../shared/contract.ts';
import { fail, ok } from '../../../shared/errors.ts';
import { changePassphrase } from '../../core/archive/keys.ts';
import { type ArchivePorts, createArchive, type Secret, unlockArchive } from '../../core/archive/open.ts';
import { systemClock, systemRandom } from '../../system-ports.ts';
import type { WarmThreads } from '../../worker/warm-threads.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { DEMO_PASSPHRASE, ensureDemoArchive } from './demo.ts';
import type { KnownArchives } from './known-archives.ts';
import { noteUse } from './note-use.ts';
import { openSession, type Session } from './open-session.ts';
import type { SyncRuns } from './sync-handlers.ts';
import type { TokenStore } from './token-store.ts';
import type { Vault } from './vault.ts';
import { withoutPath } from './without-path.ts';

type ArchiveMethods = Extract<keyof Handlers, `archive.${string}` | 'app.state' | 'app.info'>;

/** Unlocking, creating, choosing and locking archives. */
export function archiveHandlers(
  context: ServiceContext,
  vault: Vault,
  known: KnownArchives,
  runs: SyncRuns,
  tokens: Pick<TokenStore, 'forget'>,
  warm: WarmThreads,
): Pick<Handlers, ArchiveMethods> & { appState(): Promise<AppState> } {
  const { kdfCost } = context;
  const ports: ArchivePorts = { clock: systemClock, random: systemRandom, ...(kdfCost && { kdfCost }) };
  let turnedTo: string | null = null;
  const appState = async (): Promise<AppState> => {
    const session = vault.session();
    const state = session.ok ? await session.value.state() : session;
    if (state.ok) return { kind: 'open', archive: state.value };
    const recent = known.list();
    // While somebody types a passphrase there is time for what comes after it.
    if (recent.length > 0) warm.warm();
    return { kind: 'locked', recent, next: turnedTo };
  };

  const open = async (dir: string, secret: Secret, readOnly: boolean): ReturnType<Session['state']> => {
    const key = await unlockArchive(dir, secret);
    if (!key.ok) return withoutPath(key);
    // The archive that is open may be this very one, and it has one writer only: the vault closes it first.
    const session = await vault.replace(async () => {
      const added = known.add(dir, dir === demoDir);
      if (!added.ok) return added;
      return openSession({ dir, key: key.value, readOnly, demo: added.value.demo, mainDir: context.mainDir, warm });
    });
    if (!session.ok) {
      context.announce('app.changed', await appState());
      return withoutPath(session);
    }
    turnedTo = null;
    const [state] = await Promise.all([session.value.state(), noteUse(session.value, 'unlocked')]);
    if (!state.ok) return state;
    known.opened(session.value.id, state.value.name, systemClock.now());
    if (!session.value.demo) known.sourced(session.value.id, state.value.source?.host ?? null);
    // The demo shows itself once it is filled, not as an archive that asks to be.
    if (!session.value.demo || state.value.entries > 0) {
      context.announce('app.changed', { kind: 'open', archive: state.value });
    }
    return state;
  };
  const demoDir = join(context.userData, 'Demo.logbook');

  return {
    appState,
    'app.state': async () => ok(await appState()),
    'app.info': async () => ok(context.info),
    async 'archive.create'({ name, passphrase, choosePlace }) {
      const parent = choosePlace
        ? await context.dialogs.chooseFolder({ title: 'Where to keep the archive', button: 'Create here' })
        : join(context.documents, 'Logbook');
      if (parent === null) return fail('cancelled', 'No place was chosen.', 'Choose a folder, or use the usual place.');
      const dir = join(parent, `${folderName(name)}.logbook`);
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const created = await createArchive(dir, { name, passphrase, zone }, ports);
      if (!created.ok) {
        if (created.error.code === 'exists')
          return fail('exists', `There is already an archive called “${name}” there.`, 'Choose another name or place.');
        return withoutPath(created);
      }
      created.value.writer.close();
      const state = await open(dir, { key: created.value.key }, false);
      return state.ok ? ok({ recoveryCode: created.value.recoveryCode, archive: state.value }) : state;
    },
    async 'archive.open'({ id, passphrase, readOnly }) {
      const dir = known.dirOf(id);
      return dir.ok ? open(dir.value, { passphrase }, readOnly) : dir;
    },
    async 'archive.openRemembered'({ id, readOnly }) {
      const dir = known.dirOf(id);
      if (!dir.ok) return dir;
      const keychain = await context.keychain();
      return keychain
        ? open(dir.value, { keychain }, readOnly)
        : fail('forbidden', 'This system’s keychain is not there any more.', 'Unlock with the passphrase instead.');
    },
    async 'archive.recover'({ id, recoveryCode, newPassphrase }) {
      const dir = known.dirOf(id);
      if (!dir.ok) return dir;
      const key = await unlockArchive(dir.value, { recoveryCode });
      if (!key.ok) return withoutPath(key);
      const changed = await changePassphrase(dir.value, key.value, newPassphrase, ports);
      return changed.ok ? open(dir.value, { key: key.value }, false) : withoutPath(changed);
    },
    async 'archive.choose'() {
      const dir = await context.dialogs.chooseFolder({ title: 'Open an archive', button: 'Open' });
      return dir === null ? ok(null) : known.add(dir);
    },
    async 'archive.forget'({ id }) {
      known.forget(id);
      // A token for what is no longer known would lie here for good.
      tokens.forget(id);
      return ok({});
    },
    'archive.known': async () => ok(known.list()),
    async 'archive.lock'({ next = null }) {
      turnedTo = next;
      await vault.close();
      context.announce('app.changed', await appState());
      return ok({});
    },
    async 'archive.openDemo'() {
      const demo = await ensureDemoArchive(context.userData);
      if (!demo.ok) return withoutPath(demo);
      const state = await open(demo.value.dir, { passphrase: DEMO_PASSPHRASE }, false);
      if (!state.ok || state.value.entries > 0) return state;
      const synced = await runs.start();
      if (!synced.ok) return synced;
      const session = vault.session();
      return session.ok ? session.value.state() : session;
    },
  };
}

function folderName(name: string): string {
  return (
    name
      .normalize('NFC')
      .replace(/[\u0000-\u001f<>:"/\\|?*]/g, ' ')
      .replace(/^[. ]+|[. ]+$/g, '') || 'Archive'
  );
}
