import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { addressTest } from '../../src/shared/filter/address.ts';

const part = fc.integer({ min: 0, max: 255 });
const address = fc.tuple(part, part, part, part).map((parts) => parts.join('.'));

test('a network holds the addresses that ipaddr.js finds in it, however they are written', () => {
  fc.assert(
    fc.property(
      address,
      address,
      fc.integer({ min: 0, max: 32 }),
      fc.integer({ min: 0, max: 32 }),
      (a, b, bits, near) => {
        // Next to the network's edge as often as far from it.
        const flipped =
          near === 32
            ? b
            : ipaddr
                .fromByteArray(
                  [...ipaddr.parse(a).toByteArray()].map((byte, i) =>
                    i === near >> 3 ? byte ^ (128 >> (near & 7)) : byte,
                  ),
                )
                .toString();
        for (const one of [a, b, flipped]) {
          const wanted = (ipaddr.parse(one) as ipaddr.IPv4).match(ipaddr.parse(a) as ipaddr.IPv4, bits);
          const test = addressTest(`${a}/${bits}`);
          expect(test(one), `${one} in ${a}/${bits}`).toBe(wanted);
          expect(test(`::ffff:${one}`)).toBe(wanted);
        }
      },
    ),
  );
  const all = addressTest('0.0.0.0/0');
  expect(['256.1.1.1', '1.2.3', 'unknown', '2001:db8::1', ''].map(all)).toEqual([false, false, false, false, false]);
});
