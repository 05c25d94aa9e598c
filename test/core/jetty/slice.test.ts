import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPageBody } from '../../../src/main/core/jetty/envelope.ts';
import {
  elementSpans,
  firstValue,
  memberSpan,
  memberSpans,
  memberWithElements,
} from '../../../src/main/core/jetty/slice.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const space = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 3 });

/** A JSON text of a value with white space wherever it may stand and characters escaped at random. */
function written(value: unknown): fc.Arbitrary<string> {
  if (typeof value === 'string') return writtenString(value);
  if (typeof value !== 'object' || value === null) return fc.constant(JSON.stringify(value));
  const parts = Array.isArray(value)
    ? value.map((one) => written(one))
    : Object.entries(value).map(([key, one]) =>
        fc.tuple(writtenString(key), space, space, written(one)).map(([k, a, b, v]) => `${k}${a}:${b}${v}`),
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const padded = parts.map((part) => fc.tuple(space, part, space).map((three) => three.join('')));
  return fc.tuple(space, fc.tuple(...padded)).map(([empty, list]) => `${open}${list.join(',') || empty}${close}`);
}

function writtenString(text: string): fc.Arbitrary<string> {
  const units = [...Array(text.length).keys()].map((i) => text[i]!);
  return fc.array(fc.boolean(), { minLength: units.length, maxLength: units.length }).map((escaped) => {
    const signs = units.map((unit, i) => {
      const lone = /[\ud800-\udfff]/.test(unit);
      if (lone || escaped[i] || unit < ' ') return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
      return unit === '"' || unit === '\\' ? `\\${unit}` : unit;
    });
    return `"${signs.join('')}"`;
  });
}

const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('"', '\\', '[', ']', '{', '}', ',', ':', '\ud800', '\udc00'),
  ),
});
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    anyText,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(anyText, tie('value'), { maxKeys: 5 }),
  ),
})).value;

const arrayText = fc.array(anyJson, { maxLength: 8 }).chain((values) => written(values));
const objectText = fc.dictionary(anyText, anyJson, { maxKeys: 8 }).chain((value) => written(value));

describe('against JSON.parse', () => {
  test('the elements of any array, wherever it begins', () => {
    fc.assert(
      fc.property(arrayText, space, (text, before) => {
        const bytes = encoder.encode(before + text);
        const found = elementSpans(bytes, firstValue(bytes)).map(({ start, end }) =>
          JSON.parse(decoder.decode(bytes.subarray(start, end))),
        );
        expect(found).toEqual(JSON.parse(text));
      }),
      { numRuns: 400 },
    );
  });

  test('the members of any object', () => {
    fc.assert(
      fc.property(objectText, (text) => {
        const bytes = encoder.encode(text);
        const entries = memberSpans(bytes, 0).map(({ key, value }) => [
          key,
          JSON.parse(decoder.decode(bytes.subarray(value.start, value.end))),
        ]);
        expect(Object.fromEntries(entries)).toEqual(JSON.parse(text));
        for (const { key, value } of memberSpans(bytes, 0)) {
          const elements = bytes[value.start] === 0x5b ? elementSpans(bytes, value.start) : null;
          expect(memberWithElements(bytes, 0, key)).toEqual({ key, value, elements });
        }
      }),
      { numRuns: 400 },
    );
  });

  test('spans hold the value and nothing around it', () => {
    fc.assert(
      fc.property(arrayText, (text) => {
        const bytes = encoder.encode(text);
        let at = 1;
        for (const { start, end } of elementSpans(bytes, 0)) {
          expect(decoder.decode(bytes.subarray(at, start))).toMatch(/^[\s,]*$/);
          expect(decoder.decode(bytes.subarray(start, end)).trim()).toBe(decoder.decode(bytes.subarray(start, end)));
          at = end;
        }
        expect(decoder.decode(bytes.subarray(at))).toMatch(/^\s*\]$/);
      }),
    );
  });

  test('a page in an envelope gives its entries back byte for byte', () => {
    const page = fc.tuple(
      fc.array(anyJson.chain(written), { maxLength: 6 }),
      space,
      anyJson.chain(written),
      fc.boolean(),
    );
    fc.assert(
      fc.property(page, ([entries, gap, other, after]) => {
        const data = `"data"${gap}:${gap}[${gap}${entries.join(`${gap},`)}]`;
        const more = `"x":${other}`;
        const read = readPageBody(encoder.encode(`{${after ? `${data},${more}` : `${more},${data}`}}`));
        if ('reason' in read) throw new Error(read.reason);
        expect(read.items.map((item) => decoder.decode(item.raw))).toEqual(entries);
      }),
    );
  });
});

test('of a repeated key the last counts, as for JSON.parse', () => {
  const bytes = encoder.encode('{"data":[1],"\\u0064ata":[2,3]}');
  const span = memberSpan(bytes, 0, 'data');
  expect(decoder.decode(bytes.subarray(span?.start, span?.end))).toBe('[2,3]');
});

test('a byte-order mark is passed over', () => {
  expect(firstValue(encoder.encode('\ufeff \n[]'))).toBe(5);
});

test('100,000 levels are no problem', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  expect(elementSpans(encoder.encode(`[${deep}]`), 0)).toEqual([{ start: 1, end: 200_001 }]);
});
