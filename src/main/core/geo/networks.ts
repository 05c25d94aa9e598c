import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import type ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** The number and the name under which a network is known to the Internet's routing. */
export type Network = { readonly number: number; readonly name: string };

/** Networks by address, from one list. */
export type NetworkList = {
  of(address: ipaddr.IPv4 | ipaddr.IPv6): Network | null;
  /** `YYYY-MM-DD` of the list. */
  readonly date: string;
  readonly credit: string;
};

const head = z.object({
  date: z.string(),
  credit: z.string(),
  counts: z.tuple([z.int(), z.int(), z.int()]),
  lengths: z.array(z.int()).length(6),
});

/** Reads the packed list that scripts/make-networks.mjs makes. Throws where the file is none. */
export function readNetworks(file: string): NetworkList {
  const bytes = brotliDecompressSync(readFileSync(file));
  const begin = bytes.indexOf(10) + 1;
  const { date, credit, counts, lengths } = head.parse(JSON.parse(bytes.subarray(0, begin).toString('utf8')));
  let at = begin;
  const part = (i: number): Uint8Array => {
    const begun = at;
    at += lengths[i] ?? 0;
    return bytes.subarray(begun, at);
  };
  const families = [0, 1].map((family) => ({
    first: sums(part(family * 2), counts[family] ?? 0),
    place: Uint32Array.from(numbers(part(family * 2 + 1), counts[family] ?? 0)),
  })) as [Family, Family];
  const known = sums(part(4), counts[2]);
  const names = new TextDecoder().decode(part(5)).split('\n');
  return {
    date,
    credit,
    of(address) {
      const family = families[address.kind() === 'ipv4' ? 0 : 1];
      const place = family.place[indexOf(family.first, numberOf(address))] ?? 0;
      return place === 0 ? null : { number: known[place - 1] ?? 0, name: names[place - 1] ?? '' };
    },
  };
}

type Family = { readonly first: Float64Array; readonly place: Uint32Array };

// All 32 bits of an IPv4 address, the upper 48 of an IPv6 one: as fine as the list is.
function numberOf(address: ipaddr.IPv4 | ipaddr.IPv6): number {
  const bytes = address.toByteArray();
  return bytes.slice(0, bytes.length === 4 ? 4 : 6).reduce((sum, byte) => sum * 256 + byte, 0);
}

// The last range that begins at or before the address.
function indexOf(first: Float64Array, wanted: number): number {
  let low = 0;
  let high = first.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((first[middle] as number) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function numbers(bytes: Uint8Array, count: number): Float64Array {
  const values = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    let value = 0;
    let weight = 1;
    for (let byte = 128; byte > 127; weight *= 128) {
      byte = bytes[at++] as number;
      value += (byte & 127) * weight;
    }
    values[i] = value;
  }
  return values;
}

function sums(bytes: Uint8Array, count: number): Float64Array {
  const values = numbers(bytes, count);
  for (let i = 1; i < count; i++) values[i] = (values[i] as number) + (values[i - 1] as number);
  return values;
}
