import { basename } from 'node:path';
import type { CASE_METHODS } from '../../../shared/case-contract.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { isZone } from '../../../shared/instant.ts';
import { unlockArchive } from '../../core/archive/open.ts';
import type { CaseAct, CaseActed } from '../../core/investigation/case-acts.ts';
import type { OnProgress } from '../../core/ports.ts';
import type { CaseReaderCalls } from '../../worker/case-calls.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { presentOf } from './coverage-handlers.ts';
import { planOf } from './entry-handlers.ts';
import type { KnownArchives } from './known-archives.ts';
import { refuseIfBroken } from './last-verified.ts';
import { noteUse } from './note-use.ts';
import type { Session } from './open-session.ts';
import type { Vault } from './vault.ts';
import { withoutPath } from './without-path.ts';

type Methods = keyof typeof CASE_METHODS;

const EXPORT_MIB = 256;
const BUNDLE_MIB = 512;
const REPORT_MIB = 512;
const NAMES = {
  csv: 'timeline.csv',
  ndjson: 'timeline.ndjson',
  ocsf: 'incident.ocsf.json',
  pdf: 'incident.pdf',
} as const;

/** Investigations: cases, their timelines, and what leaves the archive of them. */
export function caseHandlers(
  context: ServiceContext,
  vault: Vault,
  known: Pick<KnownArchives, 'dirOf'>,
  wrote: (file: string) => void,
): Pick<Handlers, Methods> {
  const tell: OnProgress = (progress) => context.announce('task.progress', progress);
  const within = async <T>(work: (session: Session, now: number) => Promise<Result<T>>): Promise<Result<T>> => {
    const session = vault.session();
    return session.ok ? work(session.value, await presentOf(session.value)) : session;
  };
  const acted = (act: CaseAct): Promise<Result<CaseActed>> =>
    within(async (session, now) => {
      const writer = session.writer();
      if (!writer.ok) return writer;
      const done = await writer.value.call('caseAct', { act, now });
      if (done.ok) context.announce('cases.changed', {});
      return done;
    });
  // The scope is looked for over the whole archive: a list never waits for it.
  const studied = <N extends keyof CaseReaderCalls>(
    name: N,
    input: (now: number) => CaseReaderCalls[N]['input'],
  ): Promise<Result<CaseReaderCalls[N]['output']>> =>
    within(async (session, now) => {
      const analyst = await session.analyst();
      return analyst.ok ? analyst.value.call(name, input(now)) : analyst;
    });
  const line = async (act: CaseAct): Promise<Result<{ line: number }>> => {
    const done = await acted(act);
    if (!done.ok) return done;
    return done.value.line === null
      ? fail('bad_input', 'There is nothing to write down.', 'Nothing changed.')
      : ok({ line: done.value.line });
  };

  return {
    'cases.list': () =>
      within(async (session, now) => {
        const cases = await session.reader.call('caseList', {});
        return cases.ok ? ok({ now, cases: cases.value }) : cases;
      }),
    'cases.create': ({ findings: ids, by, ...given }) =>
      within(async (session, now) => {
        const writer = session.writer();
        if (!writer.ok) return writer;
        const findings = ids.length === 0 ? ok([]) : await findingsOf(session, ids, now);
        if (!findings.ok) return findings;
        const start = await studied('caseStart', () => ({ findings: findings.value }));
        if (!start.ok) return start;
        const opening = { ...given, findings: findings.value, ...start.value };
        const id = await writer.value.call('openCase', { opening, said: { by, at: now } });
        if (!id.ok) return id;
        context.announce('cases.changed', {});
        if (ids.length > 0) context.announce('findings.changed', {});
        return ok({ id: id.value });
      }),
    'cases.open': ({ id }) => studied('caseDetail', (now) => ({ id, now })),
    'cases.timeline': ({ id }) => within((session) => session.reader.call('caseTimeline', { id })),
    'cases.update': (what) => line({ do: 'update', ...what }),
    async 'cases.setStatus'({ passphrase, ...what }) {
      if (what.status === 'closed') {
        const may = await mayClose(what.id, passphrase);
        if (!may.ok) return may;
      }
      return line({ do: 'setStatus', ...what });
    },
    'cases.addClock': (what) => line({ do: 'addClock', ...what }),
    'cases.meetClock': (what) => line({ do: 'meetClock', ...what }),
    async 'cases.pin'({ entries, ...what }) {
      const plan = planOf(entries);
      if (!plan.ok) return plan;
      const done = await acted({ do: 'pin', plan: plan.value, ...what });
      return done.ok ? ok({ line: done.value.line, keys: [...done.value.keys] }) : done;
    },
    'cases.unpin': (what) => line({ do: 'unpin', ...what }),
    'cases.classify': (what) => line({ do: 'classify', ...what }),
    'cases.note': (what) => line({ do: 'note', ...what }),
    'cases.addManual': (what) => line({ do: 'addManual', ...what }),
    'cases.importForeign': ({ id, by, zone }) =>
      within(async (session) => {
        if (!isZone(zone)) return fail('bad_input', `“${zone}” is not a time zone.`, 'Choose one from the list.');
        const [path] = (await context.dialogs.chooseFiles({ title: 'Lines of another log', button: 'Bring in' })) ?? [];
        if (path === undefined) return ok(null);
        const read = await session.reader.call('readForeign', { path, zone });
        if (!read.ok) return withoutPath(read);
        const { file, read: count, rejected } = read.value;
        const done = await acted({ do: 'foreign', id, by, file });
        if (!done.ok) return done;
        const added = file.lines.length;
        return ok({ line: done.value.line, fileName: file.file, read: count, added, rejected: [...rejected] });
      }),
    'cases.undo': (what) => line({ do: 'undo', ...what }),
    'cases.addSeed': (what) => line({ do: 'addSeed', ...what }),
    'cases.removeSeed': (what) => line({ do: 'removeSeed', ...what }),
    'cases.decideThing': (what) => line({ do: 'decideThing', ...what }),
    'cases.decideEntries': (what) => line({ do: 'decideEntries', ...what }),
    'cases.decideRemedy': (what) => line({ do: 'decideRemedy', ...what }),
    'cases.watch': (what) => line({ do: 'watch', ...what }),
    'cases.saveStory': (what) => line({ do: 'saveStory', ...what }),
    'cases.scope': (what) => studied('caseScope', () => what),
    'cases.scopeEntries': (what) => studied('caseScopeEntries', () => what),
    'cases.check': (what) => studied('caseCheck', () => what),
    'cases.export': ({ id, by, format, zone }) =>
      within(async (session, now) => {
        const held = await refuseIfBroken(session);
        if (held !== null) return held;
        const name = `${id}-${NAMES[format]}`;
        const extension = name.slice(name.lastIndexOf('.') + 1);
        const out = await context.dialogs.saveFile({
          title: 'Save the case',
          name,
          kind: format.toUpperCase(),
          extension,
        });
        if (out === null) return ok(null);
        if (format === 'pdf') return report(session, { id, by, out, zone, now });
        const request = { id, format, out, now, resourcesDir: context.resourcesDir, sidecar: true };
        const exported = await session.withTaskThread(EXPORT_MIB, (thread) => thread.call('exportCase', request));
        if (!exported.ok) return withoutPath(exported);
        wrote(out);
        const { events, sha256 } = exported.value;
        if (session.writer().ok) await acted({ do: 'exported', id, by, format, events, sha256 });
        return ok({ fileName: basename(out), events, sha256 });
      }),
    'cases.bundle': ({ id, by, zone, passphrase, recipients }) =>
      within(async (session, now) => {
        const held = await refuseIfBroken(session);
        if (held !== null) return held;
        if ((passphrase === null) === (recipients.length === 0))
          return fail('bad_input', 'A bundle is encrypted to a passphrase or to keys.', 'Give one of the two.');
        const out = await context.dialogs.saveFile({
          title: 'Save the evidence bundle of the case',
          name: `${id}-evidence.age`,
          kind: 'age',
          extension: 'age',
        });
        if (out === null) return ok(null);
        const whom = passphrase === null ? { recipients } : { passphrase };
        const request = { id, zone, now, out, whom };
        const made = await session.withTaskThread(BUNDLE_MIB, (thread) => thread.call('bundleCase', request, tell));
        if (!made.ok) return withoutPath(made);
        wrote(out);
        const { entries, versions, proven, sha256 } = made.value;
        if (session.writer().ok) await acted({ do: 'exported', id, by, format: 'bundle', events: entries, sha256 });
        await noteUse(session, 'bundled', { what: 'age', entries, sha256 });
        return ok({ fileName: basename(out), entries, unproven: entries + versions - proven, sha256 });
      }),
  };

  // The report is told from a changed one later by its hash, as every report is.
  async function report(session: Session, what: { id: string; by: string; out: string; zone: string; now: number }) {
    const { by, ...request } = what;
    const made = await session.withTaskThread(REPORT_MIB, (thread) => thread.call('reportCase', request, tell));
    if (!made.ok) return withoutPath(made);
    wrote(what.out);
    const { population: events, sha256 } = made.value;
    const writer = session.writer();
    if (writer.ok) {
      await writer.value.call('noteReport', { facts: made.value, word: { by, at: what.now } });
      await acted({ do: 'exported', id: what.id, by, format: 'pdf', events, sha256 });
    }
    return ok({ fileName: basename(what.out), events, sha256 });
  }

  // A case is closed by somebody who knows the passphrase, once nothing is missing; the made-up organisation has none.
  function mayClose(id: string, passphrase: string | null): Promise<Result<void>> {
    return within(async (session, now) => {
      const detail = await studied('caseDetail', () => ({ id, now }));
      if (!detail.ok) return detail;
      const { missing } = detail.value;
      if (missing.length > 0)
        return fail(
          'bad_input',
          `${id} cannot be closed yet. ${missing.join(' ')}`,
          'Do what is missing, then close it.',
        );
      if (session.demo) return ok(undefined);
      const dir = known.dirOf(session.id);
      if (!dir.ok) return dir;
      const key = await unlockArchive(dir.value, { passphrase: passphrase ?? '' });
      if (!key.ok) return withoutPath(key);
      key.value.fill(0);
      return ok(undefined);
    });
  }
}

async function findingsOf(session: Session, ids: readonly string[], now: number) {
  const analyst = await session.analyst();
  if (!analyst.ok) return analyst;
  const state = await session.state();
  if (!state.ok) return state;
  const all = await analyst.value.call('findings', { zone: state.value.zone, now });
  if (!all.ok) return all;
  const byId = new Map(all.value.findings.map((finding) => [finding.id, finding]));
  const gone = ids.find((id) => !byId.has(id));
  return gone === undefined
    ? ok(ids.flatMap((id) => byId.get(id) ?? []))
    : fail('not_found', `The finding ${gone} is not there any more.`, 'Look at the list again.');
}
