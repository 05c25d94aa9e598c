import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseEntry, parseEntryText } from '../../../src/main/core/jetty/parse-entry.ts';

it('an entry is the same by its text as by its bytes, whatever the text holds', () => {
  const entry = (inner: string): string => `{"id":"1","timestamp":"2026-03-01T12:00:00Z","action":"${inner}"}`;
  const inner = fc.array(fc.constantFrom('a', 'ä', '😀', '\\ud800', '\ud800', '\udc00', '\u0000', '"'), {
    maxLength: 6,
  });
  const text = fc
    .tuple(fc.constantFrom('', '\ufeff', ' ', '['), inner)
    .map(([before, parts]) => `${before}${entry(parts.join(''))}`);
  fc.assert(
    fc.property(text, (one) => {
      const raw = Buffer.from(one);
      expect(parseEntryText(raw, one)).toEqual(parseEntry(raw));
    }),
    { numRuns: 1_000 },
  );
});
