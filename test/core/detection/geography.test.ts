import { describe, expect, it } from 'vitest';
import { detect } from '../../../src/main/core/detection/detect.ts';
import { readRegister } from '../../../src/main/core/detection/triage/register.ts';
import { trustCountry, trustNetwork } from '../../../src/main/core/detection/triage/trusted.ts';
import type { Places } from '../../../src/main/core/geo/places.ts';
import { WHOLE_ARCHIVE } from '../../../src/main/core/search/plan.ts';
import { unwrap } from '../../../src/shared/errors.ts';
import { batchOf, newArchive } from '../../support/archive.ts';

const START = Date.parse('2026-10-14T10:00:00Z');
// A made-up map: the last number of an address is its country, the one before its network.
const COUNTRIES: Readonly<Record<string, string>> = { 1: 'PT', 2: 'ES', 3: 'NL', 4: 'SG' };
const PLACES: Places = {
  date: '2026-06-01',
  credit: 'made up',
  of(address) {
    const parts = address?.split('.') ?? [];
    const country = COUNTRIES[parts[3] ?? ''] ?? null;
    const number = Number(parts[2]);
    return { country, network: country === null ? null : { number, name: `Net ${number}` } };
  },
};

let serial = 0;
const at = (minutes: number, address: string, who = 'ines', action = 'user.login', agent = 'Firefox') => ({
  id: `log_${serial++}`,
  timestamp: new Date(START + minutes * 60_000).toISOString(),
  action,
  actor: { id: who, name: who },
  context: { ip_address: address, user_agent: agent },
});

async function found(entries: readonly object[], rule: string, trusted: readonly string[] = []) {
  const { writer } = await newArchive();
  unwrap(writer.ingest(batchOf(entries)));
  const word = { by: 'Marta', reason: 'Our way out', at: START };
  for (const one of trusted)
    unwrap(/^[A-Z]/.test(one) ? trustCountry(writer, one, true, word) : trustNetwork(writer, one, true, word));
  return unwrap(detect(writer, WHOLE_ARCHIVE, { zone: 'UTC', only: [rule], places: PLACES })).findings;
}

const TRAVEL = 'impossible-travel';
const habit = Array.from({ length: 12 }, (_, i) => at(-20_000 + i * 1_440, '1.1.7.1'));

describe('impossible travel', () => {
  it('is a distance that no aeroplane covers in the time, and tells the figures', async () => {
    const [finding, ...more] = await found([at(0, '1.1.7.1'), at(60, '1.1.9.4')], TRAVEL);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'low', place: { country: 'SG' }, address: '1.1.9.4' });
    expect(finding?.why).toMatch(/60 min after 1\.1\.7\.1 \(PT\); the two countries lie 1\d,\d{3} km apart/);
    expect(finding?.signals?.[0]?.figures).toHaveLength(3);
    expect(finding?.against).toContainEqual(expect.stringContaining('same device'));
  });

  it.each([
    ['in the time that it takes', [at(0, '1.1.7.1'), at(15 * 60, '1.1.9.4')]],
    ['between neighbours, however fast', [at(0, '1.1.7.1'), at(1, '1.1.8.2')]],
    ['by failures', [at(0, '1.1.7.1'), at(1, '1.1.9.4', 'ines', 'user.login_failed')]],
    ['to where nobody knows', [at(0, '1.1.7.1'), at(1, '1.1.9.9'), at(2, '1.1.7.1')]],
    ['of two people', [at(0, '1.1.7.1'), at(1, '1.1.9.4', 'rui')]],
  ])('is not travel %s', async (_name, entries) => {
    expect(await found(entries, TRAVEL)).toEqual([]);
  });

  it('is never measured from or to an address of many people, or one that is trusted', async () => {
    const crowd = ['rui', 'eva', 'tom'].map((who, i) => at(-100 + i, '1.1.9.4', who));
    expect(await found([...crowd, at(0, '1.1.7.1'), at(1, '1.1.9.4'), at(2, '1.1.7.1')], TRAVEL)).toEqual([]);
    const jump = [at(0, '1.1.7.1'), at(1, '1.1.9.4')];
    expect(await found(jump, TRAVEL, ['1.1.9.0/24'])).toEqual([]);
    expect(await found(jump, TRAVEL, ['1.1.7.1'])).toEqual([]);
    // Whoever is expected in both countries still is in one of them at a time.
    expect(await found(jump, TRAVEL, ['PT', 'SG'])).toHaveLength(1);
  });

  it('is not judged for an account that is shared', async () => {
    const shared = Array.from({ length: 40 }, (_, i) => at(i * 10, i % 2 === 0 ? '1.1.7.1' : '1.1.9.4'));
    const entries = new Set((await found(shared, TRAVEL)).flatMap((finding) => finding.entryIds));
    expect(entries.size).toBeLessThanOrEqual(4);
  });
});

describe('an unfamiliar place', () => {
  const NEW = 'unfamiliar-sign-in';

  it('is a country where the person never was, with the figures', async () => {
    const [finding] = await found([...habit, at(0, '1.1.9.3')], NEW);
    expect(finding).toMatchObject({ severity: 'low' });
    expect(finding?.why).toContain('from 1.1.9.3 (Net 9), a network nobody here had signed in from');
    expect(finding?.why).toContain('from NL, where this person had never signed in');
    expect(finding?.signals?.[0]?.figures).toContainEqual({
      name: 'Earlier sign-ins of this person from NL',
      value: '0 of 12 (PT 12)',
    });
  });

  it('is no other address of a network that is known, nor a trusted one, nor an unknown country by itself', async () => {
    expect(await found([...habit, at(0, '200.1.7.1')], NEW)).toEqual([]);
    expect(await found([...habit, at(0, '1.1.9.3')], NEW, ['1.1.9.0/24'])).toEqual([]);
    expect(await found([...habit, at(0, '1.1.9.3')], NEW, ['NL'])).toEqual([]);
    expect(await found([...habit, at(0, '1.1.9.3')], NEW, ['SG'])).toHaveLength(1);
    const [unknown] = await found([...habit, at(0, '1.1.9.9')], NEW);
    expect(unknown?.why).not.toContain('where this person had never');
  });
});

describe('a trusted country', () => {
  it('is a country, written down and taken back', async () => {
    const { writer } = await newArchive();
    const word = { by: 'Marta', reason: 'Sales live there', at: START };
    expect(trustCountry(writer, 'Holland', true, word)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(trustCountry(writer, 'NL', false, word)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    unwrap(trustCountry(writer, 'NL', true, word));
    expect(readRegister(writer).trustedCountries).toEqual([
      { country: 'NL', by: 'Marta', reason: word.reason, at: START },
    ]);
    unwrap(trustCountry(writer, 'NL', false, word));
    expect(readRegister(writer).trustedCountries).toEqual([]);
  });
});
