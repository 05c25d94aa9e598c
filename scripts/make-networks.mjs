// Makes resources/geo/networks.bin (address → network number and name) from the CSV files of the npm package
// `@ip-location-db/asn`, unpacked into the folder named as the argument. The list has 65 MB as text; here 4 MB.
//   npm pack @ip-location-db/asn && tar xzf ip-location-db-asn-*.tgz && node scripts/make-networks.mjs package

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const [folder] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const stamp = /(\d{4})(\d{2})(\d{2})\d*$/.exec(version);
const names = new Map();

/** Ranges of one family as [first, number] pairs in order; a gap is number 0. Neighbours of one network are one range. */
function rangesOf(file, shift) {
  const out = [];
  let end = -1n;
  const push = (first, number) => {
    if (out.at(-1)?.[0] === first) out.pop();
    if (out.at(-1)?.[1] !== number) out.push([first, number]);
  };
  for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
    const found = /^(\d+),(\d+),(\d+),(.*)$/.exec(line);
    if (!found) continue;
    const [first, last] = [BigInt(found[1]) >> shift, BigInt(found[2]) >> shift];
    const number = Number(found[3]);
    const name = found[4].replace(/^"|"$/g, '').replaceAll('""', '"').trim();
    if (!names.has(number)) names.set(number, name);
    if (first > end + 1n) push(end + 1n, 0);
    push(first, number);
    end = last;
  }
  push(end + 1n, 0);
  return out;
}

function varints(values) {
  const bytes = [];
  for (const value of values) {
    let rest = BigInt(value);
    while (rest > 127n) {
      bytes.push(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    bytes.push(Number(rest));
  }
  return Uint8Array.from(bytes);
}

function deltas(values) {
  let before = 0n;
  return values.map((value) => {
    const delta = BigInt(value) - before;
    before = BigInt(value);
    return delta;
  });
}

// The upper 48 bits of an IPv6 address fit a number and are as fine as routes are.
const families = [rangesOf('asn-ipv4-num.csv', 0n), rangesOf('asn-ipv6-num.csv', 80n)];
const numbers = [...names.keys()].sort((a, b) => a - b);
const place = new Map(numbers.map((number, i) => [number, i + 1]));
const parts = [
  ...families.flatMap((ranges) => [
    varints(deltas(ranges.map(([first]) => first))),
    varints(ranges.map(([, number]) => place.get(number) ?? 0)),
  ]),
  varints(deltas(numbers)),
  new TextEncoder().encode(numbers.map((number) => names.get(number)).join('\n')),
];
const head = {
  date: `${stamp[1]}-${stamp[2]}-${stamp[3]}`,
  credit: 'Route Views and DB-IP.com, CC BY 4.0, by way of ip-location-db; merged and shortened',
  counts: [families[0].length, families[1].length, numbers.length],
  lengths: parts.map((part) => part.length),
};
const text = new TextEncoder().encode(`${JSON.stringify(head)}\n`);
const whole = Buffer.concat([text, ...parts]);
const packed = brotliCompressSync(whole, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: whole.length,
  },
});
writeFileSync('resources/geo/networks.bin', packed);
console.log(head.date, head.counts, `${whole.length} bytes, ${packed.length} packed`);
