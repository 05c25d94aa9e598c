import { expect, it } from 'vitest';
import { readNetwork } from '../../src/shared/filter/network.ts';

it.each([
  ['203.0.113.0/24', '203.0.113.0/24'],
  [' 203.0.113.7 ', '203.0.113.7'],
  ['2001:DB8:0::/32', '2001:db8::/32'],
  ['2001:db8::1', '2001:db8::1'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['203.0.113.7/32', '203.0.113.7/32'],
])('%s is a network', (text, network) => {
  expect(readNetwork(text)).toEqual({ ok: true, network });
});

it.each([
  ['', 'not an address'],
  ['hello', 'not an address'],
  ['hello/24', 'not an address'],
  ['10.1/8', 'not an address'],
  ['203.0.113.0/24/1', 'not an address'],
  ['fe80::1%eth0', 'not an address'],
  ['203.0.113.0/33', 'from 1 to 32'],
  ['203.0.113.0/', 'from 1 to 32'],
  ['203.0.113.0/2a', 'from 1 to 32'],
  ['2001:db8::/129', 'from 1 to 128'],
  ['0.0.0.0/0', 'every address'],
  ['::/0', 'every address'],
  ['203.0.113.7/24', '203.0.113.0/24'],
  ['::ffff:203.0.113.7', 'IPv4'],
])('%s is refused: %s', (text, why) => {
  const read = readNetwork(text);
  expect(read.ok ? 'accepted' : `${read.problem} ${read.hint}`).toContain(why);
});
