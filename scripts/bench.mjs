// npm run bench [-- ENTRIES]: this archive (encrypted) beside an indexed, unencrypted SQLite table and DuckDB, in one run.
// npm run bench -- detection [ENTRIES]: all rules, over everything and a new day, beside a statement of SQL a rule.
// npm run bench -- sync [ENTRIES [DAYS]]: a first sync beside a bare loop that fetches the same pages.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nodeBinary, root } from './runtime.mjs';
import { installDependencies, main } from './setup.mjs';

await main(() => {
  installDependencies();
  const [first, ...rest] = process.argv.slice(2);
  const named = ['sync', 'detection'].includes(first);
  const [file, numbers] = named ? [`${first}.ts`, rest] : ['archive.ts', process.argv.slice(2)];
  const args = ['--disable-warning=ExperimentalWarning', join(root, 'test/bench', file), ...numbers];
  return spawnSync(nodeBinary(), args, { cwd: root, stdio: 'inherit' }).status ?? 1;
});
