// npm run bench: all of these, one after the other.
// npm run bench -- archive [ENTRIES]: this archive (encrypted) beside an indexed, unencrypted SQLite table and DuckDB, in one run.
// npm run bench -- detection [ENTRIES]: all rules, over everything and a new day, beside a statement of SQL a rule.
// npm run bench:window -- [ENTRIES] [--queries N] [--minutes M] [--far ENTRIES] [--report EXCEPTIONS]: the built application, measured inside its window.
// npm run bench -- report [EXCEPTIONS]: an evidence report of so many exceptions.
// npm run bench -- sync [ENTRIES [DAYS]]: a first sync beside a bare loop that fetches the same pages.
// npm run bench -- integrity [ENTRIES]: what sealing adds to an import, and a full verification beside hashing the same bytes.
// npm run bench -- review [ENTRIES]: a review of so many entries, from its frozen population to its verification.
// npm run bench -- scope [ENTRIES]: the scope of an incident, step by step, beside a plain loop over the rows.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nodeBinary, root } from './runtime.mjs';
import { ensureBrowser, ensureBuild, installDependencies, main } from './setup.mjs';

const BENCHES = ['archive', 'detection', 'sync', 'review', 'integrity', 'report', 'scope'];
// Takes a build, a browser and minutes: only where it is asked for.
const APART = ['window'];

await main(() => {
  installDependencies();
  const [first, ...rest] = process.argv.slice(2);
  const named = [...BENCHES, ...APART].includes(first);
  // A number alone has always meant the archive.
  const wanted = named ? [first] : first === undefined ? BENCHES : ['archive'];
  const numbers = named ? rest : process.argv.slice(2);
  if (wanted.includes('window')) ensureBrowser();
  // Threads run built JavaScript.
  if (wanted.includes('window') || wanted.includes('integrity')) ensureBuild();
  const failed = wanted.filter((name) => {
    const args = ['--disable-warning=ExperimentalWarning', join(root, `test/bench/${name}.ts`), ...numbers];
    return spawnSync(nodeBinary(), args, { cwd: root, stdio: 'inherit' }).status !== 0;
  });
  return failed.length === 0 ? 0 : 1;
});
