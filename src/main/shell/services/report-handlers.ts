import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { LARGEST_PART } from '../../../shared/limits.ts';
import type { ReportOrder } from '../../../shared/report-contract.ts';
import { writeAtomically } from '../../core/files/write-atomically.ts';
import type { MadeReport } from '../../core/report/make-report.ts';
import { systemClock } from '../../system-ports.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { refuseIfBroken, verifiedHere } from './last-verified.ts';
import type { Session } from './open-session.ts';
import type { Vault } from './vault.ts';

// A report of 10,000 rows lays out in about 300 MiB of heap; this leaves room, and an end.
const REPORT_MIB = 1_024;
const LARGEST_FILE = 512 * 1_048_576;

type Methods = Extract<keyof Handlers, `report.${string}`>;

type Draft = { readonly id: string; readonly session: Session; readonly order: ReportOrder; readonly made: MadeReport };

/** What was written last and can be shown in its folder. */
export type LastWritten = { path: string | null };

/** Reports: made in a thread of their own, looked at, saved where the system's dialog says, and written down. */
export function reportHandlers(context: ServiceContext, vault: Vault, last: LastWritten): Pick<Handlers, Methods> {
  let draft: Draft | null = null;
  let turns = 0;
  let running: Promise<unknown> | null = null;
  const held = (id: string): Result<Draft> => {
    const session = vault.session();
    if (!session.ok) return session;
    return draft?.id === id && draft.session === session.value
      ? ok(draft)
      : fail('not_found', 'This draft is not held any more.', 'Make the report again.');
  };
  return {
    async 'report.draft'(order) {
      const session = vault.session();
      if (!session.ok) return session;
      turns += 1;
      const turn = turns;
      draft = null;
      // Before the turn is looked at: nothing is waited for between that and the thread.
      const refused = await refuseIfBroken(session.value);
      if (refused !== null) return refused;
      // Only a draft is cut short here, never an export that somebody waits for.
      if (running) {
        session.value.cancelTask();
        await running;
      }
      if (turn !== turns) return fail('cancelled', 'Another report was asked for.', 'Nothing was written.');
      const { template, person, review, from, to, zone } = order;
      const now = systemClock.now();
      const verified = verifiedHere(session.value);
      const { resourcesDir } = context;
      const making = session.value.withTaskThread(REPORT_MIB, (thread) =>
        thread.call('report', { resourcesDir, template, person, review, from, to, zone, now, verified }, (progress) =>
          context.announce('task.progress', progress),
        ),
      );
      running = making;
      const made = await making;
      if (running === making) running = null;
      if (!made.ok) return made;
      const id = `D-${turn}`;
      if (turn === turns) draft = { id, session: session.value, order, made: made.value };
      const { pages, sha256, population, exceptions } = made.value;
      return ok({ draft: id, size: made.value.bytes.byteLength, pages, sha256, population, exceptions });
    },
    async 'report.read'({ draft: id, from, to }) {
      const found = held(id);
      if (!found.ok) return found;
      const { bytes } = found.value.made;
      if (from > to || to > bytes.byteLength || to - from > LARGEST_PART) {
        return fail('bad_input', 'This part of the draft cannot be read.', 'Ask for less of it at once.');
      }
      return ok({ bytes: Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('base64') });
    },
    async 'report.save'({ draft: id, by }) {
      const found = held(id);
      if (!found.ok) return found;
      const { session, order, made } = found.value;
      const refused = await refuseIfBroken(session);
      if (refused !== null) return refused;
      const path = await context.dialogs.saveFile({
        title: 'Save the report',
        name: nameOf(order),
        kind: 'PDF',
        extension: 'pdf',
      });
      if (path === null) return ok(null);
      const written = writeAtomically(path, made.bytes);
      if (!written.ok) return written;
      last.path = path;
      const writer = session.writer();
      // An archive that is open for reading only gives reports, and keeps no line of them.
      if (!writer.ok) return ok({ fileName: basename(path), line: null });
      const { template, person, pages, sha256, population, exceptions, head } = made;
      const { from, to, zone } = order;
      const facts = { template, person, from, to, zone, pages, sha256, population, exceptions, head };
      const noted = await writer.value.call('noteReport', { facts, word: { by, at: systemClock.now() } });
      return noted.ok ? ok({ fileName: basename(path), line: noted.value }) : noted;
    },
    async 'report.reveal'() {
      if (last.path === null)
        return fail('not_found', 'Nothing was written in this session.', 'Create a report or an export first.');
      context.safeShell.reveal(last.path);
      return ok({});
    },
    async 'report.list'() {
      const session = vault.session();
      if (!session.ok) return session;
      const reports = await session.value.reader.call('reports', {});
      return reports.ok ? ok({ reports: reports.value }) : reports;
    },
    async 'report.verify'() {
      const session = vault.session();
      if (!session.ok) return session;
      const chosen = await context.dialogs.chooseFiles({ title: 'Choose a report to verify', button: 'Verify' });
      const path = chosen?.[0];
      if (path === undefined) return ok(null);
      const bytes = bytesOf(path);
      if (!bytes.ok) return bytes;
      const checked = await session.value.reader.call('checkReport', { bytes: bytes.value });
      return checked.ok ? ok({ fileName: basename(path), ...checked.value }) : checked;
    },
  };
}

function nameOf({ template, person, from, to }: ReportOrder): string {
  const whom = person === null ? '' : `${person.replace(/[^\p{L}\p{N}.-]+/gu, '-').slice(0, 60)}-`;
  return `${template}-${whom}${from}-${to}.pdf`;
}

function bytesOf(path: string): Result<Uint8Array> {
  try {
    if (statSync(path).size > LARGEST_FILE) {
      return fail('bad_input', 'This file is larger than any report of Logbook’s.', 'Choose the PDF itself.');
    }
    return ok(readFileSync(path));
  } catch {
    return fail('disk', 'The file could not be read.', 'Check that it is there and that you may read it.');
  }
}
