import { describe, expect, it } from 'vitest';
import { unwrap } from '../../src/shared/errors.ts';
import { fakeKeychain } from '../core/keys/support/fake-keychain.ts';
import { PASSPHRASE, setUpServices } from './support/services.ts';

const NEW = 'seven quiet otters cross the river';
const LOG = [{ id: 'log_1', timestamp: '2026-10-14T17:30:00Z', action: 'user.login', actor: { id: 'ines' } }];

async function setUp() {
  const services = setUpServices();
  await services.withEntries(LOG);
  const { call } = services;
  const state = unwrap(await call('app.state', {}));
  const id = state.kind === 'open' ? state.archive.id : '';
  const relock = async () => unwrap(await call('archive.lock', {}));
  const opens = async (passphrase: string) => {
    await relock();
    return (await call('archive.open', { id, passphrase, readOnly: false })).ok;
  };
  const total = async () => unwrap(await call('entries.count', { filter: { terms: [] }, zone: 'UTC' })).total;
  return { ...services, id, relock, opens, total };
}

describe('keys behind the window', () => {
  it('change the passphrase by the present one alone', async () => {
    const { call, opens } = await setUp();
    expect(await call('keys.changePassphrase', { passphrase: 'wrong', newPassphrase: NEW })).toMatchObject({
      ok: false,
      error: { code: 'wrong_passphrase' },
    });
    unwrap(await call('keys.changePassphrase', { passphrase: PASSPHRASE, newPassphrase: NEW }));
    expect([await opens(PASSPHRASE), await opens(NEW)]).toEqual([false, true]);
  });

  it('make a recovery code that opens, and the one before no more', async () => {
    const { call, id, relock } = await setUp();
    const first = unwrap(await call('keys.newRecoveryCode', { passphrase: PASSPHRASE })).recoveryCode;
    const second = unwrap(await call('keys.newRecoveryCode', { passphrase: PASSPHRASE })).recoveryCode;
    // Until somebody says that it is kept, and then of this one.
    const notShown = async () => unwrap(await call('keys.status', {})).recoveryCodeNotShown;
    expect((await call('keys.recoveryCodeKept', { recoveryCode: first })).ok).toBe(false);
    expect(await notShown()).toBe(true);
    unwrap(await call('keys.recoveryCodeKept', { recoveryCode: second }));
    expect(await notShown()).toBe(false);
    await relock();
    const recover = (recoveryCode: string) => call('archive.recover', { id, recoveryCode, newPassphrase: NEW });
    expect((await recover(first)).ok).toBe(false);
    unwrap(await recover(second));
  });

  it('encrypt the archive anew, and leave it open as it was', async () => {
    const { call, events, opens, total, reports } = await setUp();
    expect(await call('keys.rekey', { passphrase: 'wrong' })).toMatchObject({
      ok: false,
      error: { code: 'wrong_passphrase' },
    });
    expect(await total()).toBe(1);
    events.length = 0;
    const done = unwrap(await call('keys.rekey', { passphrase: PASSPHRASE }));
    expect(done).toEqual({ recoveryCode: expect.stringMatching(/\w{5}-/), dropped: [] });
    expect(events.filter((one) => one.name === 'app.changed')).toEqual([]);
    expect(await total()).toBe(1);
    unwrap(await call('keeping.set', { keepDays: 400 }));
    expect(await opens(PASSPHRASE)).toBe(true);
    expect(reports).toEqual([]);
  });

  it('are lent to the system’s keychain and taken back, through a change of the key too', async () => {
    const { call, context, id, relock, total } = await setUp();
    expect(unwrap(await call('keys.status', {}))).toMatchObject({ keychain: null, recoveryCodeNotShown: false });
    expect(await call('keys.remember', { passphrase: PASSPHRASE, remember: true })).toMatchObject({ ok: false });
    const keychain = fakeKeychain();
    Object.assign(context, { keychain: async () => keychain });
    unwrap(await call('keys.remember', { passphrase: PASSPHRASE, remember: true }));
    expect(unwrap(await call('keys.rekey', { passphrase: PASSPHRASE })).dropped).toEqual([]);
    expect(unwrap(await call('archive.known', {}))).toMatchObject([{ id, remembered: 'Test keychain' }]);
    await relock();
    unwrap(await call('archive.openRemembered', { id, readOnly: false }));
    expect(await total()).toBe(1);
    unwrap(await call('keys.remember', { passphrase: PASSPHRASE, remember: false }));
    expect(unwrap(await call('archive.known', {}))).toMatchObject([{ remembered: null }]);
    await relock();
    expect(await call('archive.openRemembered', { id, readOnly: false })).toMatchObject({
      ok: false,
      error: { code: 'wrong_passphrase' },
    });
  });

  it('stay as they are in an archive that is open for reading only', async () => {
    const { call, id, relock } = await setUp();
    await relock();
    unwrap(await call('archive.open', { id, passphrase: PASSPHRASE, readOnly: true }));
    unwrap(await call('keys.status', {}));
    for (const done of [
      await call('keys.newRecoveryCode', { passphrase: PASSPHRASE }),
      await call('keys.rekey', { passphrase: PASSPHRASE }),
      await call('keys.changePassphrase', { passphrase: PASSPHRASE, newPassphrase: NEW }),
    ])
      expect(done).toMatchObject({ ok: false, error: { code: 'read_only' } });
  });
});
