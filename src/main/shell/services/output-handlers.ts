import { basename } from 'node:path';
import { fail, ok } from '../../../shared/errors.ts';
import { EXPORT_EXTENSIONS } from '../../../shared/export-format.ts';
import { systemClock } from '../../system-ports.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { planOf } from './entry-handlers.ts';
import { refuseIfBroken } from './last-verified.ts';
import { noteUse } from './note-use.ts';
import type { Vault } from './vault.ts';

// A report of 10,000 rows lays out in about 300 MiB of heap; this leaves room, and an end.
const REPORT_MIB = 1_024;
const EXPORT_MIB = 256;

/** Reports and exports: each in a thread of its own, saved where the system's dialog says. */
export function outputHandlers(
  context: ServiceContext,
  vault: Vault,
): Pick<Handlers, 'report.create' | 'report.reveal' | 'export.create' | 'task.cancel'> & {
  /** Remembers what was written last, to be shown in its folder. */
  wrote(file: string): void;
} {
  let written: string | null = null;
  const announce = (progress: { done: number; total: number | null; note: string }): void =>
    context.announce('task.progress', progress);
  return {
    wrote(file) {
      written = file;
    },
    async 'report.create'({ template, from, to, zone }) {
      const session = vault.session();
      if (!session.ok) return session;
      const plan = planOf({ filter: { terms: [], from, to }, zone });
      if (!plan.ok) return plan;
      const held = await refuseIfBroken(session.value);
      if (held !== null) return held;
      const out = await context.dialogs.saveFile({
        title: 'Save the report',
        name: `${template}-${from}-${to}.pdf`,
        kind: 'PDF',
        extension: 'pdf',
      });
      if (out === null) return ok(null);
      const now = systemClock.now();
      const created = await session.value.withTaskThread(REPORT_MIB, (thread) =>
        thread.call('report', { resourcesDir: context.resourcesDir, template, from, to, zone, now, out }, announce),
      );
      if (!created.ok) return created;
      written = out;
      const { pages, sha256, population, exceptions } = created.value;
      await noteUse(session.value, 'reported', { what: template, entries: population, sha256 });
      return ok({ fileName: basename(out), pages, sha256, population, exceptions });
    },
    async 'report.reveal'() {
      if (written === null)
        return fail('not_found', 'Nothing was written in this session.', 'Create a report or an export first.');
      context.safeShell.reveal(written);
      return ok({});
    },
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
        thread.call('export', { plan: plan.value, format, out, resourcesDir: context.resourcesDir }, announce),
      );
      if (!exported.ok) return exported;
      written = out;
      const { entries, sha256 } = exported.value;
      await noteUse(session.value, 'exported', { what: format, entries, sha256 });
      return ok({ fileName: basename(out), entries, sha256 });
    },
    async 'task.cancel'() {
      const session = vault.session();
      if (session.ok) session.value.cancelTask();
      return ok({});
    },
  };
}
