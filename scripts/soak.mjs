// npm run soak [-- NAME…]: the long trials of test/soak, one after the other. Each file exports a `title` and `run(say)`,
// which prints its figures and returns whether it held.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nodeBinary, root } from './runtime.mjs';
import { installDependencies, main } from './setup.mjs';

const folder = join(root, 'test/soak');
const TRIAL = `
  const { title, run } = await import(process.argv[1]);
  console.log('\\n— ' + title);
  const started = performance.now();
  const held = await run((line) => console.log('  ' + line));
  console.log('  ' + (held ? 'held' : 'DID NOT HOLD') + ', ' + Math.round((performance.now() - started) / 1000) + ' s');
  process.exitCode = held ? 0 : 1;
`;

await main(() => {
  installDependencies();
  const wanted = process.argv.slice(2);
  const trials = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => wanted.length === 0 || wanted.includes(basename(file, '.ts')));
  if (trials.length === 0) {
    console.error(
      `There is no such trial. Trials: ${readdirSync(folder)
        .map((file) => basename(file, '.ts'))
        .join(', ')}`,
    );
    return 2;
  }
  // A process each, so that none stands on what another left behind.
  const failed = trials.filter((file) => {
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', TRIAL, join(folder, file)];
    return spawnSync(nodeBinary(), args, { cwd: root, stdio: 'inherit' }).status !== 0;
  });
  console.log(`\n${trials.length - failed.length} held, ${failed.length} did not`);
  return failed.length === 0 ? 0 : 1;
});
