import { join } from 'node:path';
import type { AppState } from '../../../shared/contract.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import {
  addKeychain,
  changePassphrase,
  confirmRecoveryCode,
  keyStatus,
  removeKeychain,
  replaceRecoveryCode,
} from '../../core/archive/keys.ts';
import { type ArchivePorts, unlockArchive } from '../../core/archive/open.ts';
import type { Rekeyed } from '../../core/archive/rekey.ts';
import { systemClock, systemRandom } from '../../system-ports.ts';
import type { KeyCalls } from '../../worker/key-calls.ts';
import { startThread } from '../../worker/thread-client.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import type { KnownArchives } from './known-archives.ts';
import { openSession } from './open-session.ts';
import type { Vault } from './vault.ts';
import { withoutPath } from './without-path.ts';
import type { WriterTurn } from './writer-turn.ts';

/** The keys of the open archive: looked at, and changed by whoever knows the passphrase. */
export function keyHandlers(
  context: ServiceContext,
  vault: Vault,
  known: Pick<KnownArchives, 'dirOf'>,
  turn: WriterTurn,
  appState: () => Promise<AppState>,
): Pick<Handlers, Extract<keyof Handlers, `keys.${string}`>> {
  const { kdfCost } = context;
  const ports: ArchivePorts = { clock: systemClock, random: systemRandom, ...(kdfCost && { kdfCost }) };
  const openDir = (): Result<string> => {
    const session = vault.session();
    return session.ok ? known.dirOf(session.value.id) : session;
  };
  // The folder of the open archive, where its keys may be changed.
  const changeable = (): Result<string> => {
    const session = vault.session();
    if (!session.ok) return session;
    if (session.value.demo)
      return fail('forbidden', 'The made-up organisation needs no keys of its own.', 'Create an archive of your own.');
    const writer = session.value.writer();
    return writer.ok ? known.dirOf(session.value.id) : writer;
  };
  const withKey = async <T>(
    passphrase: string,
    work: (dir: string, key: Uint8Array) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const dir = changeable();
    if (!dir.ok) return dir;
    const key = await unlockArchive(dir.value, { passphrase });
    if (!key.ok) return withoutPath(key);
    try {
      const done = await work(dir.value, key.value);
      return done.ok ? done : withoutPath(done);
    } finally {
      key.value.fill(0);
    }
  };
  const rekey = async (dir: string, passphrase: string): Promise<Result<Rekeyed>> => {
    const script = join(context.mainDir, 'archive-worker.js');
    const thread = await startThread<KeyCalls>(script, { role: 'keeper', dir, key: new Uint8Array() });
    if (!thread.ok) return thread;
    try {
      return await thread.value.call('rekey', { passphrase, kdfCost: kdfCost ?? null }, (progress) =>
        context.announce('task.progress', progress),
      );
    } finally {
      await thread.value.close();
    }
  };
  // The keychain stays in this process: a thread cannot be given it, so its way in is laid anew.
  const keptByKeychain = async (dir: string, key: Uint8Array, dropped: Rekeyed['dropped']): Promise<string[]> => {
    const keychain = dropped.includes('keychain') ? await context.keychain() : null;
    const added = keychain ? await addKeychain(dir, key, keychain, ports) : null;
    return dropped.filter((kind) => !(kind === 'keychain' && added?.ok));
  };
  return {
    async 'keys.status'() {
      const dir = openDir();
      const status = dir.ok ? keyStatus(dir.value) : dir;
      if (!status.ok) return withoutPath(status);
      const keychain = await context.keychain();
      const { wraps, recoveryCodeNotShown } = status.value;
      return ok({ ways: [...wraps], recoveryCodeNotShown, keychain: keychain?.name ?? null });
    },
    'keys.changePassphrase': ({ passphrase, newPassphrase }) =>
      withKey(passphrase, async (dir, key) => {
        const changed = await changePassphrase(dir, key, newPassphrase, ports);
        return changed.ok ? ok({}) : changed;
      }),
    'keys.newRecoveryCode': ({ passphrase }) =>
      withKey(passphrase, async (dir, key) => {
        const code = await replaceRecoveryCode(dir, key, ports);
        return code.ok ? ok({ recoveryCode: code.value }) : code;
      }),
    async 'keys.recoveryCodeKept'({ recoveryCode }) {
      const dir = openDir();
      const done = dir.ok ? await confirmRecoveryCode(dir.value, recoveryCode) : dir;
      return done.ok ? ok({}) : withoutPath(done);
    },
    'keys.remember': ({ passphrase, remember }) =>
      withKey(passphrase, async (dir, key) => {
        const keychain = await context.keychain();
        if (remember && !keychain)
          return fail(
            'forbidden',
            'This system has no keychain that can be trusted with the key.',
            'Unlock with the passphrase, as before.',
          );
        const done =
          remember && keychain ? await addKeychain(dir, key, keychain, ports) : await removeKeychain(dir, key);
        return done.ok ? ok({}) : done;
      }),
    async 'keys.rekey'({ passphrase }) {
      const dir = changeable();
      if (!dir.ok) return dir;
      // Before anything is closed: a mistyped passphrase must not cost the open archive.
      const right = await unlockArchive(dir.value, { passphrase });
      if (!right.ok) return withoutPath(right);
      right.value.fill(0);
      const mine = turn.take('setting');
      if (!mine.ok) return mine;
      let answer: Result<{ recoveryCode: string; dropped: string[] }> | null = null;
      try {
        const session = await vault.replace(async () => {
          const done = await rekey(dir.value, passphrase);
          const key = await unlockArchive(dir.value, { passphrase });
          if (done.ok && key.ok) {
            const dropped = await keptByKeychain(dir.value, key.value, done.value.dropped);
            answer = ok({ recoveryCode: done.value.recoveryCode, dropped });
          } else answer = done.ok ? (key as Extract<typeof key, { ok: false }>) : done;
          if (!key.ok) return key;
          return openSession({
            dir: dir.value,
            key: key.value,
            readOnly: false,
            demo: false,
            mainDir: context.mainDir,
          });
        });
        // Whatever became of the key, the archive is open as it was; where it is not, the window must know.
        if (!session.ok) context.announce('app.changed', await appState());
        return answer ?? withoutPath(session as Extract<typeof session, { ok: false }>);
      } finally {
        mine.value.release();
      }
    },
  };
}
