import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openWriter, unlockArchive } from '../../src/main/core/archive/open.ts';
import { createClient } from '../../src/main/core/jetty/client.ts';
import { runSync } from '../../src/main/core/sync/sync.ts';
import { DEMO_PASSPHRASE, ensureDemoArchive, startDemoServer } from '../../src/main/shell/services/demo.ts';
import { systemFetch } from '../../src/main/system-fetch.ts';
import { systemClock, systemRandom } from '../../src/main/system-ports.ts';
import { unwrap } from '../../src/shared/errors.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of an archive of the made-up organisation, fetched whole. */
    madeDemo: string;
  }
}

/** Makes the archive of the made-up organisation once for all walks that begin in it; one walk makes its own. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'logbook-demo-'));
  const { dir } = unwrap(await ensureDemoArchive(folder));
  const key = unwrap(await unlockArchive(dir, { passphrase: DEMO_PASSPHRASE }));
  const writer = unwrap(openWriter(dir, key, { clock: systemClock, random: systemRandom }));
  const server = unwrap(await startDemoServer(Number(writer.setting('demo_now'))));
  const client = unwrap(
    createClient({
      address: server.url,
      token: server.token,
      fetch: systemFetch({ compressHere: true }),
      clock: systemClock,
      random: systemRandom,
    }),
  );
  const outcome = await runSync({ writer, client, clock: systemClock });
  writer.close();
  await server.close();
  if (!outcome.ok) throw new Error(outcome.error.message);
  project.provide('madeDemo', dir);
  return () => rmSync(folder, { recursive: true, force: true });
}
