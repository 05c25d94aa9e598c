import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { shippedResource } from '../files/shipped-resource.ts';

const file = z.object({ unitKm: z.number(), codes: z.string(), rows: z.string() });

type Table = { readonly unitKm: number; readonly index: ReadonlyMap<string, number>; readonly rows: Uint8Array };
let table: Table | null = null;

/**
 * The shortest way between two countries' borders, in kilometres, rounded down; 0 for neighbours. Null where a country
 * is not on the map.
 */
export function countryDistanceKm(a: string, b: string): number | null {
  table ??= load();
  const [i, j] = [table.index.get(a), table.index.get(b)];
  if (i === undefined || j === undefined) return null;
  if (i === j) return 0;
  const [high, low] = i > j ? [i, j] : [j, i];
  return (table.rows[(high * (high - 1)) / 2 + low] ?? 0) * table.unitKm;
}

function load(): Table {
  const path = shippedResource('geo', 'distances.json');
  if (path === null) return { unitKm: 0, index: new Map(), rows: new Uint8Array() };
  const { unitKm, codes, rows } = file.parse(JSON.parse(readFileSync(path, 'utf8')));
  return {
    unitKm,
    index: new Map(codes.split(' ').map((code, i) => [code, i])),
    rows: new Uint8Array(Buffer.from(rows, 'base64')),
  };
}
