// npm run eval: how good detection is, on data that stands beside the checkout and on the local server's stories.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nodeBinary, root } from './runtime.mjs';
import { installDependencies, main } from './setup.mjs';

await main(() => {
  installDependencies();
  const args = ['--disable-warning=ExperimentalWarning', join(root, 'test/eval/run.ts')];
  return spawnSync(nodeBinary(), args, { cwd: root, stdio: 'inherit' }).status ?? 1;
});
