import { describe, expect, it } from 'vitest';
import { COUNTRIES, countryName, countryOfAddress, countryOfText } from '../../src/shared/country.ts';
import { parseQuery } from '../../src/shared/filter/parse.ts';
import { printQuery } from '../../src/shared/filter/print.ts';

it.each([
  ['PT', 'PT'],
  ['pt', 'PT'],
  ['portugal', 'PT'],
  ['Türkiye', 'TR'],
  ['turkey', 'TR'],
  ['UK', 'GB'],
  ['united kingdom', 'GB'],
  ['usa', 'US'],
  ['cote d’ivoire', 'CI'],
  ['Private network', 'private'],
  ['unknown', 'unknown'],
  ['EU', null],
  ['ZZ', null],
  ['Atlantis', null],
  ['', null],
  ['__proto__', null],
])('%j means %j', (text, country) => {
  expect(countryOfText(text)).toBe(country);
});

it('names every country, and finds each again by its name and its code', () => {
  expect(COUNTRIES.length).toBeGreaterThan(240);
  for (const code of COUNTRIES) {
    expect(countryOfText(countryName(code)), code).toBe(code);
    expect(countryOfText(code.toLowerCase())).toBe(code);
  }
});

describe('an address', () => {
  it.each([
    ['8.8.8.8', 'US', 'US'],
    ['10.1.2.3', null, 'private'],
    ['100.64.0.1', null, 'private'],
    ['fe80::1', null, 'private'],
    ['::ffff:192.168.0.1', null, 'private'],
    ['203.0.113.7', null, 'unknown'],
    ['10.1', null, 'unknown'],
    ['somewhere', null, 'unknown'],
  ])('%s, listed in %s, is in %s', (address, listed, country) => {
    expect(countryOfAddress(address, listed)).toBe(country);
  });
});

describe('in a query', () => {
  it('a country is kept by its code, however it was written', () => {
    const parsed = parseQuery('country:Germany -country:"private network" country:""');
    expect(parsed.ok && printQuery(parsed.value)).toBe('country:DE -country:private country:""');
  });

  it('one that is none is refused, and the nearest is named', () => {
    expect(parseQuery('country:Germny')).toMatchObject({
      ok: false,
      error: { message: '“Germny” is not a country.', hint: expect.stringContaining('Did you mean Germany?') },
    });
  });
});
