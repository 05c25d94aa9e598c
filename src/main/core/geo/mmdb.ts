import { readFileSync } from 'node:fs';
import { Reader } from 'mmdb-lib';
import { z } from 'zod';

/** What a MaxMind file can tell of an address; a file tells of countries, of networks, or of both. */
export type MmdbList = {
  country(address: string): string | null;
  network(address: string): { readonly number: number; readonly name: string } | null;
  readonly date: string;
  readonly kind: 'country' | 'network';
};

// The shapes of the two families in use: MaxMind's own, and the flat one of ip-location-db.
const shape = z.looseObject({
  country_code: z.string().optional(),
  country: z.looseObject({ iso_code: z.string().optional() }).optional(),
  autonomous_system_number: z.number().optional(),
  autonomous_system_organization: z.string().optional(),
});

/** Opens a MaxMind file (country, city or network lists). Throws where it is none. */
export function readMmdb(file: string): MmdbList {
  const reader = new Reader<never>(readFileSync(file));
  const { buildEpoch, databaseType } = reader.metadata;
  const record = (address: string): z.output<typeof shape> | null => {
    const parsed = shape.safeParse(reader.get(address));
    return parsed.success ? parsed.data : null;
  };
  return {
    kind: /asn|isp/i.test(databaseType) ? 'network' : 'country',
    date: new Date(buildEpoch).toISOString().slice(0, 10),
    country(address) {
      const found = record(address);
      const code = found?.country_code ?? found?.country?.iso_code ?? '';
      return /^[A-Z]{2}$/.test(code) ? code : null;
    },
    network(address) {
      const found = record(address);
      return found?.autonomous_system_number
        ? { number: found.autonomous_system_number, name: found.autonomous_system_organization ?? '' }
        : null;
    },
  };
}
