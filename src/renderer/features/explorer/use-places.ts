import type { EntryRow } from '../../../shared/entry.ts';
import type { Place } from '../../../shared/finding.ts';
import { call } from '../../lib/client.ts';
import { useBesideRows } from './use-beside-rows.ts';

/** Country and network of the addresses of rows, as they become known; null asks for none. */
export function usePlaces(rows: ReadonlyMap<number, EntryRow> | null): ReadonlyMap<string, Place> {
  return useBesideRows(rows === null ? [] : addressesOf(rows), null, placesOf);
}

async function placesOf(addresses: string[]): Promise<(readonly [string, Place])[]> {
  const { places } = await call('geo.places', { addresses });
  return places.map((one) => [one.address, one]);
}

function* addressesOf(rows: ReadonlyMap<number, EntryRow>): Generator<string> {
  for (const { address } of rows.values()) if (address !== null && address.length <= 100) yield address;
}
