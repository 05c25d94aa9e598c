import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ok } from '../../shared/errors.ts';
import type { ArchiveReader } from '../core/archive/reader.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import { explainFile } from '../core/files/explain-file.ts';
import type { Places } from '../core/geo/places.ts';
import { actOnCase } from '../core/investigation/case-acts.ts';
import { CaseBook } from '../core/investigation/case-book.ts';
import { remediesOfCase, scopeOfCase } from '../core/investigation/case-scope.ts';
import { caseStart } from '../core/investigation/case-start.ts';
import { readForeign } from '../core/investigation/foreign.ts';
import { openCase } from '../core/investigation/open-case.ts';
import { caseDetail, caseOf, caseTimeline, listCases } from '../core/investigation/read-cases.ts';
import { scopePage } from '../core/investigation/scope/scope-page.ts';
import { systemRandom } from '../system-ports.ts';
import type { CaseReaderCalls, CaseWriterCalls } from './case-calls.ts';
import type { ServiceTable } from './service-table.ts';

/** What a reading thread knows of investigations. */
export function caseServices(reader: ArchiveReader, places: Places): ServiceTable<CaseReaderCalls> {
  const book = new CaseBook();
  return {
    caseList: () => ok(listCases(book.refresh(reader))),
    caseDetail({ id, now }) {
      const state = caseOf(book.refresh(reader), id);
      return state.ok ? caseDetail(reader, book, id, now, remediesOfCase(reader, places, state.value)) : state;
    },
    caseStart: ({ findings }) => ok(caseStart(reader, places, findings)),
    caseScope({ id, steps }) {
      const state = caseOf(book.refresh(reader), id);
      return state.ok ? ok(scopeOfCase(reader, places, state.value, steps).scope) : state;
    },
    caseScopeEntries({ id, steps, pinned, ...page }) {
      const state = caseOf(book.refresh(reader), id);
      if (!state.ok) return state;
      const keys = new Set(state.value.pinned.keys());
      const scope = scopeOfCase(reader, places, state.value, steps);
      return ok(scopePage(reader, places, scope, { pinned: keys, leaveOut: !pinned, ...page }));
    },
    caseCheck({ id }) {
      const state = caseOf(book.refresh(reader), id);
      return state.ok ? ok([...remediesOfCase(reader, places, state.value)]) : state;
    },
    caseTimeline({ id }) {
      const state = caseOf(book.refresh(reader), id);
      return state.ok ? ok(caseTimeline(reader, state.value, places)) : state;
    },
    readForeign({ path, zone }) {
      try {
        return readForeign(readFileSync(path), { name: basename(path), zone, time: null });
      } catch (error) {
        return explainFile(error, `read ${basename(path)}`);
      }
    },
    async exportCase(request) {
      const { exportCase } = await import('../core/investigation/case-export.ts');
      return exportCase(reader, { ...request, places });
    },
    async reportCase(request, { cancel, onProgress }) {
      const { reportCase } = await import('../core/report/incident/report-case.ts');
      return reportCase(reader, { ...request, places, signal: cancel, onProgress });
    },
    async bundleCase(request, { cancel, onProgress }) {
      const { bundleCase } = await import('../core/investigation/case-bundle.ts');
      return bundleCase(reader, { ...request, random: systemRandom, places, signal: cancel, onProgress });
    },
  };
}

/** What the writing thread adds. Each call is short: it is answered beside a sync that runs. */
export function caseWriting(writer: ArchiveWriter): ServiceTable<CaseWriterCalls> {
  const book = new CaseBook();
  return {
    caseAct: ({ act, now }) => actOnCase(writer, book, act, now),
    openCase: ({ opening, said }) => openCase(writer, book, opening, said),
  };
}
