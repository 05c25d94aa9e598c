// npm run bench [-- ENTRIES]: this archive (encrypted) beside an indexed, unencrypted SQLite table, in one run.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nodeBinary, root } from './runtime.mjs';
import { installDependencies, main } from './setup.mjs';

await main(() => {
  installDependencies();
  const args = ['--disable-warning=ExperimentalWarning', join(root, 'test/bench/archive.ts'), ...process.argv.slice(2)];
  return spawnSync(nodeBinary(), args, { cwd: root, stdio: 'inherit' }).status ?? 1;
});
