import fc from 'fast-check';
import { expect, it } from 'vitest';
import { refsFrom } from '../../../../src/main/core/archive/columns/day-refs.ts';
import { byteText, joinText, layText, textFrom } from '../../../../src/main/core/archive/columns/day-text.ts';
import { ListedDay } from '../../../../src/main/core/archive/columns/listed-day.ts';
import type { Dictionaries } from '../../../../src/main/core/archive/dictionary.ts';
import { toSearchable, toStored } from '../../../../src/main/core/archive/stored-text.ts';
import { metadataLeaves } from '../../../../src/main/core/search/metadata-text.ts';
import type { Entry, Json } from '../../../../src/shared/entry.ts';

const TS = Date.parse('2026-03-01T12:00:00Z');
const NOTHING = { tuple: () => null };
const DICTIONARIES = {
  actor: NOTHING,
  action: { tuple: () => '' },
  target: NOTHING,
  address: NOTHING,
  agent: NOTHING,
  team: NOTHING,
} as unknown as Dictionaries;

// Few, and such that different ones are folded to the same, or are no text that UTF-8 can hold.
const TEXTS = ['a', 'A', 'ä', 'Ä', 'ﬁ', 'fi', 'FI', 'é', '\ud800', '\u{f0000}', '\xff', '', '1', 'true', 'ß'];
const text = fc.constantFrom(...TEXTS);
const scalar = fc.oneof(text, fc.constantFrom(1, true, null));
const metadata = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 4 }),
  fc.dictionary(text, fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), { maxKeys: 4 }),
) as fc.Arbitrary<Json>;

const kept = (value: Json): string[] => metadataLeaves(value).map(toSearchable);
const inBytes = (value: Json): string[] => kept(value).map(byteText).sort();
const entryOf = (id: string, value: Json): Entry => ({
  id,
  ts: TS,
  timestamp: '',
  actor: null,
  action: '',
  target: null,
  address: null,
  agent: null,
  team: null,
  metadata: value,
});

function columnsOf(length: number) {
  const none = new Uint16Array(length);
  const keys = Float64Array.from({ length }, () => TS * 2048);
  const ids = { actor: none, action: none, target: none, address: none, agent: none, team: none, source: none };
  return { length, keys, shift: null, ids };
}

it('an entry is held to be listed as it is exactly where its texts are', () => {
  let listed = 0;
  let others = 0;
  fc.assert(
    fc.property(
      fc.array(metadata, { minLength: 1, maxLength: 6 }),
      fc.array(metadata, { maxLength: 6 }),
      fc.boolean(),
      metadata,
      (first, second, joined, other) => {
        const parts = [first, second].map((values) => textFrom(values.map(kept)));
        const all = [...first, ...second];
        const ids = all.map((_value, i) => toStored(`log_${i}${TEXTS[i % TEXTS.length]}`));
        const places = Uint32Array.from(all, (_value, i) => i);
        const day = new ListedDay(
          columnsOf(all.length),
          refsFrom(ids, places, places),
          joined ? joinText(parts, null) : layText(parts, null),
          DICTIONARIES,
        );
        for (const [i, value] of all.entries()) {
          const id = `log_${i}${TEXTS[i % TEXTS.length]}`;
          for (const asked of [value, other, all[(i + 1) % all.length]!]) {
            const isSame = JSON.stringify(inBytes(asked)) === JSON.stringify(inBytes(value));
            const holds = day.holds({ key: 0, entry: entryOf(id, asked), source: 0, block: i, slot: i }, i);
            if (
              kept(asked).every((one) => one.isWellFormed()) &&
              metadataLeaves(asked).every((one) => one.isWellFormed())
            )
              expect(holds).toBe(isSame);
            else if (holds) expect(isSame).toBe(true);
            if (holds) listed++;
            else others++;
          }
          expect(day.holds({ key: 0, entry: entryOf(`${id}x`, value), source: 0, block: i, slot: i }, i)).toBe(false);
          expect(day.holds({ key: 0, entry: entryOf(id, value), source: 0, block: i + 1, slot: i }, i)).toBe(false);
          expect(day.holds({ key: 0, entry: entryOf(id, value), source: 1, block: i, slot: i }, i)).toBe(false);
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(Math.min(listed, others)).toBeGreaterThan(300);
});
