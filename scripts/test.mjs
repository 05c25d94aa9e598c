// npm test: installs what is missing and runs everything: types, lint, layering, unit, integration, end-to-end.
// Ends with the line "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBinary, root } from './runtime.mjs';
import {
  ensureAge,
  ensureBrowser,
  ensureBuild,
  ensureOpenssl,
  ensureQpdf,
  installDependencies,
  main,
} from './setup.mjs';

const COUNTS = join(root, '.cache/test-counts.json');

await main(() => {
  installDependencies();
  const browser = ensureBrowser();
  ensureAge();
  ensureQpdf();
  ensureOpenssl();
  ensureBuild();
  const env = {
    ...process.env,
    LOGBOOK_BROWSER: browser,
    LOGBOOK_TEST_COUNTS: COUNTS,
    PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
  };
  const tool = (path, ...args) =>
    spawnSync(nodeBinary(), [join(root, 'node_modules', path), ...args], { cwd: root, env, stdio: 'inherit' })
      .status === 0;

  console.log('\n— types');
  const types = tool('typescript/bin/tsc', '--noEmit');
  console.log('\n— lint and format');
  const lint = tool('@biomejs/biome/bin/biome', 'check', '--error-on-warnings');
  console.log('\n— tests');
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(COUNTS, { force: true });
  const tests = tool(
    'vitest/vitest.mjs',
    'run',
    '--reporter=default',
    `--reporter=${join(root, 'scripts/test/counts.mjs')}`,
    ...process.argv.slice(2),
  );

  const counts = readCounts();
  const failed = counts.failed + [types, lint].filter((ok) => !ok).length + (counts.failed === 0 && !tests ? 1 : 0);
  console.log(`\ntypes ${types ? 'ok' : 'FAILED'}, lint ${lint ? 'ok' : 'FAILED'}, tests ${tests ? 'ok' : 'FAILED'}`);
  console.log(`${counts.passed + [types, lint].filter(Boolean).length} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});

function readCounts() {
  try {
    return JSON.parse(readFileSync(COUNTS, 'utf8'));
  } catch {
    // Vitest itself did not come to its end.
    return { passed: 0, failed: 1 };
  }
}
