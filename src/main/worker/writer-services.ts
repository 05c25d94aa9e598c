import { ok } from '../../shared/errors.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import { lookForWatched } from '../core/investigation/watch.ts';
import { createClient } from '../core/jetty/client.ts';
import { beginRun } from '../core/sync/run-history.ts';
import { rememberSync } from '../core/sync/source.ts';
import { runSync } from '../core/sync/sync.ts';
import { systemFetch } from '../system-fetch.ts';
import { systemClock, systemRandom } from '../system-ports.ts';
import { besideWriting } from './beside-services.ts';
import type { WriterCalls } from './calls.ts';
import { caseWriting } from './case-services.ts';
import { decisionServices } from './detection-services.ts';
import { importServices } from './import-services.ts';
import { keepingWriterServices } from './keeping-services.ts';
import { reportWriterServices } from './report-services.ts';
import { reviewWriting } from './review-services.ts';
import type { ServiceTable } from './service-table.ts';
import { settingsWriterServices } from './settings-services.ts';
import { stampWriterServices } from './stamp-services.ts';

/** The writing services over the one connection that writes. */
export function writerServices(writer: ArchiveWriter): ServiceTable<WriterCalls> {
  return {
    async sync({ address, token, plan, proxy, reconcile }, { signal, onProgress }) {
      const client = createClient({
        address,
        token,
        fetch: systemFetch({ proxy }),
        clock: systemClock,
        random: systemRandom,
      });
      if (!client.ok) return client;
      const run = beginRun(writer, systemClock, { kind: 'sync', source: client.value.host });
      const synced = await runSync({
        writer,
        client: client.value,
        clock: systemClock,
        ...(plan === null ? {} : { plan }),
        reconcile,
        onProgress,
        signal,
      });
      const noted = run.synced(synced.achieved, synced.ok ? null : synced.error);
      if (!synced.ok) return synced;
      if (!noted.ok) return noted;
      const remembered = rememberSync(writer, { host: client.value.host, plan, at: systemClock.now() });
      if (!remembered.ok) return remembered;
      const seen = lookForWatched(writer, systemClock.now());
      return seen.ok ? ok({ ...synced.value, seen: seen.value }) : seen;
    },
    ...importServices(writer),
    ...decisionServices(writer),
    ...besideWriting(writer),
    ...reviewWriting(writer),
    ...caseWriting(writer),
    ...settingsWriterServices(writer),
    ...keepingWriterServices(writer),
    ...reportWriterServices(writer),
    ...stampWriterServices(writer),
    setSetting({ name, value }) {
      const set = writer.setSetting(name, value);
      return set.ok ? ok(null) : set;
    },
  };
}
