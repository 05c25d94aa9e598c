import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/ports.ts';
import { readHouse } from './house.ts';
import { breaches, HOUSE_RULES } from './rules.ts';

const house = readHouse(process.cwd());

describe('the house', () => {
  it.each(HOUSE_RULES)('$name', (rule) => {
    expect(breaches(house, [rule])).toEqual([]);
  });

  it('has files in every room', () => {
    for (const room of [
      'src/shared/',
      'src/main/core/archive/',
      'src/main/shell/',
      'src/main/cli/',
      'src/main/worker/',
      'src/preload/',
      'src/renderer/features/',
    ]) {
      expect(house.some((file) => file.place.startsWith(room))).toBe(true);
    }
  });
});

// One file that breaks each rule: a rule that no longer notices would let the house rot in silence.
const BROKEN: readonly (readonly [place: string, text: string])[] = [
  ['src/shared/a.ts', `import { x } from '../main/core/b.ts'; export const y = x;`],
  ['src/main/core/b.ts', `export async function f() { return (await import('../cli/c.ts')).z; }`],
  ['src/main/cli/c.ts', `import type { App } from 'electron'; export type A = App;`],
  [
    'src/main/core/d.ts',
    `import { createRequire } from 'node:module'; export const D = createRequire(import.meta.url)('better-sqlite3');`,
  ],
  ['src/main/core/review/e.ts', 'export const sql = `SELECT a FROM b`;'],
  ['src/renderer/lib/f.ts', `import fs from 'node:fs'; export const f = fs;`],
  ['src/renderer/features/one/g.ts', `export { h as g } from '../two/h.ts'; export const own = 1;`],
  ['src/renderer/ui/i.ts', `import { own } from '../features/one/g.ts'; export const i = own;`],
  ['src/main/core/j.ts', `export const j = () => Date.now(); // Date.now in a comment is fine`],
  ['src/main/cli/k.ts', 'export default 1;'],
  ['src/main/cli/l.ts', `export { z } from './c.ts'; export * from './k.ts';`],
  ['src/main/worker/utils.ts', 'export const m = 1;'],
];

it('notices each rule broken on purpose', () => {
  const root = temporaryFolder();
  for (const [place, text] of BROKEN) {
    mkdirSync(dirname(join(root, place)), { recursive: true });
    writeFileSync(join(root, place), text);
  }
  const files = readHouse(root);
  for (const [i, rule] of HOUSE_RULES.entries()) {
    expect(breaches(files, [rule]), rule.name).toEqual([expect.stringContaining(BROKEN[i]?.[0] ?? '')]);
  }
});
