import type { Place } from '../../../shared/finding.ts';
import { call } from '../../lib/client.ts';
import type { ShownRow } from './row-source.ts';
import { useBesideRows } from './use-beside-rows.ts';

/** Country and network of the addresses of rows, as they become known; null asks for none. */
export function usePlaces(rows: ReadonlyMap<number, ShownRow> | null): ReadonlyMap<string, Place> {
  return useBesideRows(rows === null ? [] : addressesOf(rows), null, placesOf);
}

async function placesOf(addresses: string[]): Promise<(readonly [string, Place])[]> {
  const { places } = await call('geo.places', { addresses });
  return places.map((one) => [one.address, one]);
}

function* addressesOf(rows: ReadonlyMap<number, ShownRow>): Generator<string> {
  for (const { row } of rows.values()) if (row.address !== null && row.address.length <= 100) yield row.address;
}
