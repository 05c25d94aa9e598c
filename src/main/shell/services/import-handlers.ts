import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { ImportRejection } from '../../core/sync/import.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { receiveDrop, removeLeftDrops } from './dropped-files.ts';
import { tellSeen } from './tell-seen.ts';
import type { Vault } from './vault.ts';
import type { WriterTurn } from './writer-turn.ts';

/** What was chosen or dropped. The window knows it by its id; where it lies stays here. */
type Batch = { readonly id: string; readonly label: string; paths(): Result<readonly string[]>; remove(): void };

// Looking through files remembers every entry in them by its id; this is room for some millions.
const PREVIEW_MIB = 2_048;
const MOST_REASONS = 200;

/** Importing earlier exports: choose or drop, look at what would happen, import. */
export function importHandlers(
  context: ServiceContext,
  vault: Vault,
  turn: WriterTurn,
): Pick<Handlers, Extract<keyof Handlers, `import.${string}`>> & { forgetDrops(): void } {
  let batch: Batch | null = null;
  let drop: { readonly id: string; add(file: number, bytes: Uint8Array): Result<void> } | null = null;
  const forget = (): void => {
    batch?.remove();
    batch = null;
    drop = null;
  };
  vault.watch(forget);
  removeLeftDrops(context.userData);
  const announce = (progress: { done: number; total: number | null; note: string }): void =>
    context.announce('import.progress', progress);
  const pathsOf = (id: string): Result<{ readonly paths: readonly string[]; readonly label: string }> => {
    if (batch?.id !== id)
      return fail('not_found', 'These files are not at hand any more.', 'Choose or drop them again.');
    const paths = batch.paths();
    return paths.ok ? ok({ paths: paths.value, label: batch.label }) : paths;
  };

  return {
    async 'import.choose'({ kind }) {
      const session = vault.session();
      if (!session.ok) return session;
      const chosen =
        kind === 'files'
          ? await context.dialogs.chooseFiles({ title: 'Import exports of the audit log', button: 'Look through' })
          : await context.dialogs
              .chooseFolder({ title: 'Import a folder of exports', button: 'Look through' })
              .then((folder) => (folder === null ? null : [folder]));
      if (chosen === null) return ok(null);
      forget();
      const label = labelOf(chosen.map((path) => basename(path)));
      batch = { id: randomUUID(), label, paths: () => ok(chosen), remove: () => undefined };
      return ok({ id: batch.id, label });
    },
    async 'import.begin'({ files }) {
      const session = vault.session();
      if (!session.ok) return session;
      forget();
      const id = randomUUID();
      const received = receiveDrop(context.userData, id, files);
      if (!received.ok) return received;
      const label = labelOf(files.map((file) => file.name));
      batch = { id, label, paths: received.value.paths, remove: received.value.remove };
      drop = { id, add: received.value.add };
      return ok({ id, label });
    },
    async 'import.piece'({ id, file, bytes }) {
      if (drop?.id !== id) return fail('not_found', 'These files are not at hand any more.', 'Drop them again.');
      const added = drop.add(file, bytes);
      return added.ok ? ok({}) : added;
    },
    async 'import.preview'({ id }) {
      const session = vault.session();
      if (!session.ok) return session;
      const found = pathsOf(id);
      if (!found.ok) return found;
      const { paths } = found.value;
      const seen = await session.value.withTaskThread(PREVIEW_MIB, (thread) =>
        thread.call('previewImport', { paths }, announce),
      );
      return seen.ok ? ok({ ...seen.value, ...reasonsOf(seen.value.rejected) }) : seen;
    },
    async 'import.run'({ id }) {
      const session = vault.session();
      if (!session.ok) return session;
      const writer = session.value.writer();
      if (!writer.ok) return writer;
      const found = pathsOf(id);
      if (!found.ok) return found;
      const mine = turn.take('import');
      if (!mine.ok) return mine;
      try {
        const done = await writer.value.call('importFiles', found.value, announce);
        mine.value.release();
        if (done.ok && batch?.id === id) forget();
        const state = await session.value.state();
        if (state.ok) {
          context.announce('archive.changed', { version: state.value.version });
          context.announce('app.changed', { kind: 'open', archive: state.value });
        }
        if (!done.ok) return done;
        const { seen, ...told } = done.value;
        tellSeen(context, session.value, seen);
        return ok({ ...told, ...reasonsOf(told.rejected) });
      } finally {
        mine.value.release();
      }
    },
    async 'import.cancel'() {
      const session = vault.session();
      if (!session.ok) return ok({});
      session.value.cancelTask();
      const writer = session.value.writer();
      if (writer.ok && turn.current() === 'import') writer.value.cancel();
      return ok({});
    },
    async 'import.discard'({ id }) {
      if (batch?.id === id) forget();
      return ok({});
    },
    forgetDrops: forget,
  };
}

function labelOf(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '').slice(-200) : `${names.length} files`;
}

function reasonsOf(rejected: readonly ImportRejection[]): { rejected: number; reasons: ImportRejection[] } {
  return { rejected: rejected.length, reasons: rejected.slice(0, MOST_REASONS) };
}
