import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import type { Office } from '../../src/shared/office.ts';
import { DEFAULT_PREFERENCES } from '../../src/shared/preferences.ts';
import { PASSPHRASE, setUpServices } from './support/services.ts';

const OFFICE: Office = {
  id: 'lisbon',
  name: 'Lisbon',
  zone: 'Europe/Lisbon',
  weekdays: [1, 2, 3, 4, 5],
  opens: '09:00',
  closes: '18:00',
  holidays: [],
};
// A Wednesday, 18:30 in Lisbon.
const LOG = [
  {
    id: 'log_1',
    timestamp: '2026-10-14T17:30:00Z',
    action: 'security.api_token_created',
    actor: { id: 'ines', name: 'Ines' },
    target: { type: 'api_token', id: 't1', name: 'ci' },
  },
];

describe('settings behind the window', () => {
  it('keep offices, and the rules run again with them', async () => {
    const { call, withEntries, events, reports } = setUpServices();
    await withEntries(LOG);
    const rules = async () => unwrap(await call('findings.list', {})).findings.map((one) => one.rule);
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(unwrap(await call('offices.list', {}))).toMatchObject({ kept: null, offices: [{ id: 'default', zone }] });
    unwrap(await call('offices.set', { offices: [{ ...OFFICE, opens: '00:00', closes: '00:00' }], by: 'Marta' }));
    expect(await rules()).not.toContain('token-created-off-hours');
    events.length = 0;
    unwrap(await call('offices.set', { offices: [OFFICE], by: 'Marta' }));
    expect(events).toContainEqual({ name: 'findings.changed', payload: {} });
    expect(await rules()).toContain('token-created-off-hours');
    expect(unwrap(await call('offices.list', {}))).toMatchObject({ kept: { by: 'Marta' }, offices: [OFFICE] });
    expect(await call('offices.set', { offices: [{ ...OFFICE, zone: 'Mars' }], by: 'Marta' })).toMatchObject({
      ok: false,
      error: { code: 'bad_input', message: expect.stringContaining('time zone') },
    });
    unwrap(await call('offices.set', { offices: [], by: 'Marta' }));
    expect(unwrap(await call('offices.list', {})).kept).toBeNull();
    expect(reports).toEqual([]);
  });

  it('keep trusted networks and countries, each with its reason', async () => {
    const { call, withEntries } = setUpServices();
    await withEntries(LOG);
    const said = { reason: 'The way out of Lisbon', by: 'Marta' };
    unwrap(await call('networks.trust', { network: '203.0.113.0/24', trust: true, ...said }));
    unwrap(await call('countries.trust', { country: 'PT', trust: true, ...said }));
    expect(unwrap(await call('networks.list', {}))).toMatchObject([{ network: '203.0.113.0/24', ...said }]);
    expect(unwrap(await call('countries.list', {}))).toMatchObject([{ country: 'PT', ...said }]);
    expect(await call('networks.trust', { network: '203.0.113.7/24', trust: true, ...said })).toMatchObject({
      ok: false,
      error: { hint: expect.stringContaining('203.0.113.0/24') },
    });
    unwrap(await call('networks.trust', { network: '203.0.113.0/24', trust: false, ...said }));
    expect(unwrap(await call('networks.list', {}))).toEqual([]);
  });

  it('cannot be changed in an archive that is open for reading only', async () => {
    const { call, create } = setUpServices();
    const { id } = await create('Alfama');
    unwrap(await call('archive.lock', {}));
    unwrap(await call('archive.open', { id, passphrase: PASSPHRASE, readOnly: true }));
    unwrap(await call('offices.list', {}));
    expect(await call('offices.set', { offices: [OFFICE], by: 'Marta' })).toMatchObject({
      ok: false,
      error: { code: 'read_only' },
    });
  });

  it('keep how a person likes the window; what cannot be read counts as not chosen', async () => {
    const { call, context } = setUpServices();
    expect(unwrap(await call('preferences.get', {}))).toEqual(DEFAULT_PREFERENCES);
    unwrap(await call('preferences.set', { density: 'compact', zone: 'UTC' }));
    unwrap(await call('preferences.set', { lockMinutes: 0, zone: null }));
    expect(unwrap(await call('preferences.get', {}))).toMatchObject({ density: 'compact', zone: null, lockMinutes: 0 });
    writeFileSync(join(context.userData, 'preferences.json'), '{"scheme":"dark","zone":null,"density":"huge"}');
    expect(unwrap(await call('preferences.get', {}))).toMatchObject({ scheme: 'dark', density: 'comfortable' });
    expect(await call('preferences.set', { lockMinutes: 7 as never })).toMatchObject({ ok: false });
  });
});
