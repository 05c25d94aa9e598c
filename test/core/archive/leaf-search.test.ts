import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markHolders, textFrom } from '../../../src/main/core/archive/columns/day-text.ts';

// Few letters, of one, two and three bytes, so that needles overlap themselves and each other.
const letters = fc.constantFrom('a', 'b', 'é', '愛');
const word = fc.array(letters, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
const entries = fc.array(fc.array(word, { maxLength: 4 }), { minLength: 1, maxLength: 30 });

test('what is found for a needle is the same whatever was looked for before it', () => {
  fc.assert(
    fc.property(entries, fc.array(word, { minLength: 1, maxLength: 12 }), (leaves, words) => {
      const text = textFrom(leaves);
      // Typed letter by letter, taken back, and typed in the middle.
      const typed = words.flatMap((one) => Array.from(one, (_letter, i) => [...one].slice(0, i + 1).join('')));
      for (const needle of [...typed, ...words.map((one) => [...one].slice(1).join('')).filter((one) => one !== '')]) {
        const mask = new Uint8Array(leaves.length);
        markHolders(text, Buffer.from(needle), mask);
        const wanted = leaves.map((own) => (own.some((leaf) => leaf.includes(needle)) ? 1 : 0));
        expect([...mask], needle).toEqual(wanted);
      }
    }),
  );
});
