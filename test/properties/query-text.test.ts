import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseQuery } from '../../src/shared/filter/parse.ts';
import { printQuery } from '../../src/shared/filter/print.ts';
import { anyFilterBeside } from './support/hostile.ts';

it('parses what it prints, for any filter', () => {
  fc.assert(
    fc.property(anyFilterBeside, (filter) => {
      const parsed = parseQuery(printQuery(filter));
      expect(parsed).toEqual({ ok: true, value: filter });
    }),
    { numRuns: 2_000 },
  );
});

it('never throws on any text, and points inside it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc
          .array(fc.constantFrom('-', '"', '\\', ':', 'actor', 'from', ' ', 'x', '*', 'ip', '10.0.0.0/8'))
          .map((parts) => parts.join('')),
      ),
      (text) => {
        const parsed = parseQuery(text);
        if (parsed.ok) {
          expect(parseQuery(printQuery(parsed.value))).toEqual(parsed);
        } else {
          expect(parsed.error.at).toBeGreaterThanOrEqual(0);
          expect(parsed.error.at + parsed.error.length).toBeLessThanOrEqual(text.length);
          expect(parsed.error.hint).not.toBe('');
        }
      },
    ),
    { numRuns: 5_000 },
  );
});
