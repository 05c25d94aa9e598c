// The window on the demo's archive, with a data folder of its own, so that the person's own list stays as it is.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../runtime.mjs';

/** Makes a data folder in which the archive is already known. */
export function knowArchive(userData, archive) {
  const name = basename(archive, '.logbook');
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  const { archiveId: id } = JSON.parse(readFileSync(join(archive, 'keyring.json'), 'utf8'));
  const known = { version: 1, archives: [{ id, name, dir: archive, lastOpened: null, demo: false }] };
  writeFileSync(join(userData, 'archives.json'), JSON.stringify(known));
}

/** Opens the window and waits until it is closed; answers the exit code. */
export function openWindow({ archive, userData }) {
  knowArchive(userData, archive);
  return (
    spawnSync(process.execPath, [join(root, 'scripts/start.mjs'), `--user-data-dir=${userData}`], {
      cwd: root,
      stdio: 'inherit',
    }).status ?? 1
  );
}
