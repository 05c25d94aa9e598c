import { describe, expect, it } from 'vitest';
import { completed, ownSuggestions, wordAt } from '../../src/renderer/features/explorer/completion.ts';

/** A query with the caret where the bar is. */
const at = (marked: string) => ({ query: marked.replace('|', ''), caret: marked.indexOf('|') });
const word = (marked: string) => {
  const { query, caret } = at(marked);
  return wordAt(query, caret);
};

describe('the word at the caret', () => {
  it.each([
    ['|', { field: null, typed: '', negated: false }],
    ['act|', { field: null, typed: 'act' }],
    ['actor:|', { field: 'actor', typed: '' }],
    ['actor:ali|ce rest', { field: 'actor', typed: 'ali', from: 0, to: 11 }],
    ['one -team:O|', { field: 'team', typed: 'O', negated: true, from: 4 }],
    ['actor:"Alice C|', { field: 'actor', typed: 'Alice C' }],
    ['last:7d |', { field: null, typed: '', from: 8, to: 8 }],
    ['ac|tor:alice', { field: 'actor', typed: '' }],
  ])('%s', (marked, wanted) => {
    expect(word(marked)).toMatchObject(wanted);
  });
});

describe('a suggestion', () => {
  it('of a field leaves the caret behind its colon, one of a value behind a space', () => {
    const { query, caret } = at('last:7d -ac| "x"');
    const here = wordAt(query, caret);
    const suggested = ownSuggestions(here);
    expect(suggested.map((one) => one.label)).toEqual(['-actor:', '-action:']);
    expect(completed(query, here, suggested[0]!)).toEqual({ text: 'last:7d -actor: "x"', caret: 15 });
    const value = { insert: 'actor:a@b.example', label: '', hint: '', more: false };
    expect(completed('actor:a', wordAt('actor:a', 7), value)).toEqual({ text: 'actor:a@b.example ', caret: 18 });
  });

  it('is made of spans of time where these are asked for, and of nothing where the archive knows the values', () => {
    expect(ownSuggestions(word('last:|')).map((one) => one.insert)).toContain('last:30d');
    expect(ownSuggestions(word('actor:x|'))).toEqual([]);
  });
});
