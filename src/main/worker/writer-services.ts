import { ok } from '../../shared/errors.ts';
import type { ArchiveWriter } from '../core/archive/writer.ts';
import { createClient } from '../core/jetty/client.ts';
import { rememberSync } from '../core/sync/source.ts';
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
      const synced = await runSync({
        writer,
        client: client.value,
        clock: systemClock,
        ...(plan === null ? {} : { plan }),
        onProgress,
        signal,
      });
      if (!synced.ok) return synced;
      const remembered = rememberSync(writer, { host: client.value.host, plan, at: systemClock.now() });
      return remembered.ok ? synced : remembered;
    },
    setSetting({ name, value }) {
      const set = writer.setSetting(name, value);
      return set.ok ? ok(null) : set;
    },
  };
}
