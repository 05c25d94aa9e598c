import { ok } from '../../shared/errors.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import { createClient } from '../core/jetty/client.ts';
import { runSync } from '../core/sync/sync.ts';
import { systemClock, systemRandom } from '../system-ports.ts';
import type { WriterCalls } from './calls.ts';
import type { ServiceTable } from './service-table.ts';

/** The writing services over the one connection that writes. */
export function writerServices(writer: ArchiveWriter): ServiceTable<WriterCalls> {
  return {
    async sync({ address, token, plan }, { signal, onProgress }) {
      const client = createClient({
        address,
        token,
        fetch: (url, init) => fetch(url, init),
        clock: systemClock,
        random: systemRandom,
      });
      if (!client.ok) return client;
      return runSync({
        writer,
        client: client.value,
        clock: systemClock,
        ...(plan === null ? {} : { plan }),
        onProgress,
        signal,
      });
    },
    setSetting({ name, value }) {
      const set = writer.setSetting(name, value);
      return set.ok ? ok(null) : set;
    },
  };
}
