import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFiles } from '../../../src/main/core/sync/import.ts';
import { knownArchives } from '../../../src/main/shell/services/known-archives.ts';
import { systemClock } from '../../../src/main/system-ports.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { type LaunchedApp, launchApp } from '../../support/launch.ts';
import { newBenchArchive, PASSPHRASE } from '../archive-folder.ts';
import { dataFile } from '../data/file.ts';

/** The archive of so many made-up entries under the system's temporary folder: made once, then opened again. */
export async function archiveOf(entries: number): Promise<string> {
  const folder = join(tmpdir(), 'logbook-bench-data');
  mkdirSync(folder, { recursive: true });
  const dir = join(folder, `${entries}.logbook`);
  if (existsSync(dir)) return dir;
  const unfinished = join(folder, `${entries}.${process.pid}.logbook`);
  const writer = await newBenchArchive(unfinished);
  unwrap(await importFiles({ writer, files: [dataFile(entries).path], clock: systemClock }));
  writer.close();
  renameSync(unfinished, dir);
  return dir;
}

/** Starts the built application, with an archive among those it knows; it stands before the passphrase. */
export async function startBefore(dir: string, home: string): Promise<LaunchedApp> {
  const userData = join(home, 'data');
  mkdirSync(userData, { recursive: true });
  const known = knownArchives(userData, home);
  const { id } = unwrap(known.add(dir));
  known.opened(id, 'Bench', systemClock.now());
  const app = await launchApp({ userData, home });
  app.page.setDefaultTimeout(120_000);
  await app.page.setViewportSize({ width: 1440, height: 900 });
  await app.page.getByLabel(/^Passphrase/).fill(PASSPHRASE);
  return app;
}
