import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AppState } from '../../../shared/contract.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { identitiesIn, type Opener } from '../../core/bundle/age-file.ts';
import { openerKind } from '../../core/bundle/open.ts';
import { explainFile } from '../../core/files/explain-file.ts';
import { systemClock, systemRandom } from '../../system-ports.ts';
import type { OpenBundleCalls } from '../../worker/bundle-calls.ts';
import { startThread } from '../../worker/thread-client.ts';
import type { WarmThreads } from '../../worker/warm-threads.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { planOf } from './entry-handlers.ts';
import { refuseIfBroken } from './last-verified.ts';
import { noteUse } from './note-use.ts';
import { openSession } from './open-session.ts';
import type { Vault } from './vault.ts';
import { withoutPath } from './without-path.ts';

const BUNDLE_MIB = 512;

/** Evidence bundles: opened as archives that last as long as they are open, and made of what is open. */
export function bundleHandlers(
  context: ServiceContext,
  vault: Vault,
  appState: () => Promise<AppState>,
  wrote: (file: string) => void,
  warm: WarmThreads,
): Pick<Handlers, Extract<keyof Handlers, `bundle.${string}`>> {
  const folder = join(context.userData, 'opened-bundles');
  // What a process that was killed left: nobody has its key.
  rmSync(folder, { recursive: true, force: true });
  let chosen: { readonly file: string; readonly opener: 'passphrase' | 'key' | null } | null = null;
  let keyFile: string | null = null;

  // While somebody types what opens it there is time for what comes after it.
  const standReady = () => warm.warm(['keeper', 'reader']);

  const openerFor = (passphrase: string | null): Result<Opener | null> => {
    if (chosen?.opener === null) return ok(null);
    if (chosen?.opener === 'passphrase') return ok({ passphrase: passphrase ?? '' });
    if (keyFile === null) return fail('bad_input', 'No key file was chosen.', 'Choose the one that age-keygen wrote.');
    try {
      return ok({ identities: identitiesIn(readFileSync(keyFile, 'utf8')) });
    } catch (error) {
      return explainFile(error, `read ${basename(keyFile)}`);
    }
  };

  return {
    async 'bundle.choose'() {
      const [file] = (await context.dialogs.chooseFiles({ title: 'Open an evidence bundle', button: 'Choose' })) ?? [];
      if (file === undefined) return ok(null);
      const opener = openerKind(file);
      if (!opener.ok) return withoutPath(opener);
      chosen = { file, opener: opener.value };
      keyFile = null;
      standReady();
      return ok({ fileName: basename(file), opener: opener.value });
    },
    async 'bundle.chooseKey'() {
      const [file] = (await context.dialogs.chooseFiles({ title: 'The key that opens it', button: 'Choose' })) ?? [];
      if (file === undefined) return ok(null);
      keyFile = file;
      return ok({ fileName: basename(file) });
    },
    async 'bundle.open'({ passphrase, known }) {
      if (chosen === null) return fail('bad_input', 'No bundle was chosen.', 'Choose its file first.');
      const { file } = chosen;
      const opener = openerFor(passphrase);
      if (!opener.ok) return withoutPath(opener);
      const dir = join(folder, Buffer.from(systemRandom.bytes(12)).toString('hex'));
      const remove = () => rmSync(dir, { recursive: true, force: true });
      const key = await made(dir, { file, opener: opener.value, known });
      if (!key.ok) {
        remove();
        standReady();
        return withoutPath(key);
      }
      const session = await vault.replace(async () => {
        const opened = await openSession({
          dir,
          key: key.value,
          readOnly: true,
          demo: false,
          mainDir: context.mainDir,
          warm,
        });
        if (!opened.ok) remove();
        return opened.ok
          ? ok({
              ...opened.value,
              async close() {
                await opened.value.close();
                remove();
              },
            })
          : opened;
      });
      context.announce('app.changed', await appState());
      return session.ok ? session.value.state() : withoutPath(session);
    },
    async 'bundle.create'({ passphrase, recipients, pseudonymise, ...query }) {
      const session = vault.session();
      if (!session.ok) return session;
      const plan = planOf(query);
      if (!plan.ok) return plan;
      const held = await refuseIfBroken(session.value);
      if (held !== null) return held;
      if ((passphrase === null) === (recipients.length === 0))
        return fail('bad_input', 'A bundle is encrypted to a passphrase or to keys.', 'Give one of the two.');
      const out = await context.dialogs.saveFile({
        title: 'Save the evidence bundle',
        name: pseudonymise ? 'evidence-pseudonymised.age' : 'evidence.age',
        kind: 'age',
        extension: 'age',
      });
      if (out === null) return ok(null);
      const whom = passphrase === null ? { recipients } : { passphrase };
      const request = { plan: plan.value, zone: query.zone, now: systemClock.now(), out, whom, pseudonymise };
      const created = await session.value.withTaskThread(BUNDLE_MIB, (thread) =>
        thread.call('createBundle', request, (progress) => context.announce('task.progress', progress)),
      );
      if (!created.ok) return withoutPath(created);
      wrote(out);
      const { entries, versions, proven, findings, sha256 } = created.value;
      await noteUse(session.value, 'bundled', { what: 'age', entries, sha256 });
      return ok({ fileName: basename(out), entries, findings, unproven: entries + versions - proven, sha256 });
    },
  };

  async function made(dir: string, input: OpenBundleCalls['openBundle']['input']): Promise<Result<Uint8Array>> {
    const script = join(context.mainDir, 'archive-worker.js');
    const setup = { role: 'keeper', dir, key: new Uint8Array() } as const;
    const thread = await startThread<OpenBundleCalls>(script, setup, undefined, warm.take('keeper'));
    if (!thread.ok) return thread;
    try {
      return await thread.value.call('openBundle', input);
    } finally {
      await thread.value.close();
    }
  }
}
