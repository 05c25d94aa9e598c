import { basename } from 'node:path';
import { ok } from '../../../shared/errors.ts';
import { EXPORT_EXTENSIONS } from '../../../shared/export-format.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { planOf } from './entry-handlers.ts';
import { refuseIfBroken } from './last-verified.ts';
import { noteUse } from './note-use.ts';
import type { Vault } from './vault.ts';

const EXPORT_MIB = 256;

/** Exports: each in a thread of its own, saved where the system's dialog says. */
export function outputHandlers(
  context: ServiceContext,
  vault: Vault,
  wrote: (file: string) => void,
): Pick<Handlers, 'export.create' | 'task.cancel'> {
  const announce = (progress: { done: number; total: number | null; note: string }): void =>
    context.announce('task.progress', progress);
  return {
    async 'export.create'({ format, ...query }) {
      const session = vault.session();
      if (!session.ok) return session;
      const plan = planOf(query);
      if (!plan.ok) return plan;
      const held = await refuseIfBroken(session.value);
      if (held !== null) return held;
      const out = await context.dialogs.saveFile({
        title: 'Save the entries',
        name: format === 'ocsf' ? 'entries.ocsf.ndjson' : `entries.${EXPORT_EXTENSIONS[format]}`,
        kind: format.toUpperCase(),
        extension: EXPORT_EXTENSIONS[format],
      });
      if (out === null) return ok(null);
      const exported = await session.value.withTaskThread(EXPORT_MIB, (thread) =>
        thread.call(
          'export',
          { plan: plan.value, format, out, resourcesDir: context.resourcesDir, sidecar: true },
          announce,
        ),
      );
      if (!exported.ok) return exported;
      wrote(out);
      const { entries, sha256 } = exported.value;
      await noteUse(session.value, 'exported', { what: format, entries, sha256 });
      return ok({ fileName: basename(out), sidecar: `${basename(out)}.json`, entries, sha256 });
    },
    async 'task.cancel'() {
      const session = vault.session();
      if (session.ok) session.value.cancelTask();
      return ok({});
    },
  };
}
