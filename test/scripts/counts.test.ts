import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../..');
const TEST = `import { it } from 'vitest';`;

/** Runs vitest on files of its own with the reporter that npm test counts with. */
function countsOf(files: Readonly<Record<string, string>>): unknown {
  mkdirSync(join(root, '.cache'), { recursive: true });
  // Inside the checkout, so that vitest is found from there.
  const folder = mkdtempSync(join(root, '.cache/counts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.test.ts`), text);
  writeFileSync(join(folder, 'vitest.config.ts'), 'export default { test: {} };');
  const counts = join(folder, 'counts.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--root', folder, `--reporter=${join(root, 'scripts/test/counts.mjs')}`];
  spawnSync(process.execPath, args, { env: { ...process.env, LOGBOOK_TEST_COUNTS: counts } });
  return JSON.parse(readFileSync(counts, 'utf8'));
}

it('what passed, failed and was skipped is counted', () => {
  const mixed = `${TEST} it('passes', () => {}); it('fails', () => { throw new Error('no'); }); it.skip('waits', () => {});`;
  expect(countsOf({ mixed, good: `${TEST} it('passes', () => {});` })).toEqual({ passed: 2, failed: 1 });
});

it.each([
  ['a file that cannot be loaded', `throw new Error('no');`, { passed: 1, failed: 1 }],
  [
    'an error outside every test',
    `${TEST} it('passes', () => { void Promise.reject(new Error('no')); });`,
    { passed: 2, failed: 1 },
  ],
  // The process that ended, and the test that did not.
  [
    'a process that crashed',
    `${TEST} it('crashes', () => { process.kill(process.pid, 'SIGSEGV'); });`,
    { passed: 1, failed: 2 },
  ],
])('%s counts as failed', (_what, bad, counts) => {
  expect(countsOf({ bad, good: `${TEST} it('passes', () => {});` })).toEqual(counts);
});
