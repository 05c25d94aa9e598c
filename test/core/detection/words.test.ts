import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wordsOf } from '../../../src/main/core/detection/reading/words.ts';

it.each([
  ['team.member_added', ['team', 'member', 'added']],
  ['CreateAccessKey', ['create', 'access', 'key']],
  ['SSOSettings changed', ['sso', 'settings', 'changed']],
  ['updateIPAllowList2Rules', ['update', 'ip', 'allow', 'list2', 'rules']],
  ['tunnel.*', ['tunnel', '*']],
  ['', []],
])('the words of %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

it('are those between runs of capitals, wherever these stand', () => {
  const letters = fc.string({ unit: fc.constantFrom('A', 'B', 'a', 'b', 'Ж', 'ж', '1', '.', ' '), maxLength: 30 });
  fc.assert(
    fc.property(letters, (text) => {
      const byRuns = text
        .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
        .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
        .toLowerCase()
        .split(/[^\p{L}\p{N}*]+/u);
      expect(wordsOf(text)).toEqual(byRuns.filter((word) => word !== ''));
    }),
  );
});

it('of a name of a million capitals are found in one pass', () => {
  expect(wordsOf('Ж'.repeat(1_000_000))).toHaveLength(1);
});
