import type { Input, Output } from '../../src/shared/contract.ts';
import type { Result } from '../../src/shared/errors.ts';
import type { FakeOptions } from './fake-bridge.ts';

/**
 * What the main process answers about preferences and settings, in memory, on top of the fake bridge. Put into a page as
 * text, so it reaches for nothing outside itself.
 */
export function installFakeSettings(options: FakeOptions): void {
  const { now } = options;
  type Bridge = Record<string, (input: never) => Promise<Result<unknown>>>;
  const page = window as unknown as {
    logbook: Bridge;
    fake: { calls: { name: string; input: unknown }[]; emit: (event: string, payload: unknown) => void };
  };
  let preferences: Output<'preferences.get'> = {
    scheme: options.scheme,
    zone: null,
    density: options.density,
    lockMinutes: 15,
    columns: null,
  };
  let offices: Output<'offices.list'> = {
    offices: [
      {
        id: 'default',
        name: 'Office',
        zone: options.zone,
        weekdays: [1, 2, 3, 4, 5],
        opens: '07:00',
        closes: '20:00',
        holidays: [],
      },
    ],
    kept: null,
  };
  const initial = offices;
  let networks: Output<'networks.list'> = [];
  let countries: Output<'countries.list'> = [];

  let keeping: Output<'keeping.get'> = {
    keepDays: null,
    before: null,
    due: 0,
    held: 0,
    holds: [],
    deletions: [],
  };

  function refuse(message: string, hint: string): never {
    throw { code: options.readOnly ? 'read_only' : 'bad_input', message, hint, retryable: false };
  }
  function writing(): void {
    if (options.readOnly) refuse('This archive is open for reading only.', 'Lock it and open it for writing.');
  }
  let remembered = false;
  let token: Output<'source.get'>['token'] = 'keychain';
  function known(passphrase: string): true {
    writing();
    if (passphrase === 'wrong') refuse('The passphrase does not open this archive.', 'Type it again.');
    return true;
  }
  function changed(): Record<string, never> {
    page.fake.emit('FindingsChanged', {});
    return {};
  }

  const methods: Record<string, (input: never) => unknown> = {
    windowTouched: () => ({}),
    preferencesGet: () => preferences,
    preferencesSet: (patch: Input<'preferences.set'>) => {
      preferences = { ...preferences, ...patch } as typeof preferences;
      return {};
    },
    officesList: () => offices,
    officesSet: (given: Input<'offices.set'>) => {
      writing();
      offices = given.offices.length === 0 ? initial : { offices: given.offices, kept: { by: given.by, at: now } };
      return changed();
    },
    sourceGet: () => ({ address: 'https://eu.usejetty.online', token }),
    sourceTest: () => ({ host: 'eu.usejetty.online' }),
    sourceReplaceToken: (given: Input<'source.replaceToken'>) => {
      writing();
      if (given.token === 'wrong') refuse('Jetty refused the token.', 'Create a new token and paste it here.');
      token = 'keychain';
      return { tried: true };
    },
    sourceDisconnect: () => {
      writing();
      token = null;
      return {};
    },
    keysStatus: () => ({
      ways: [
        { kind: 'passphrase', created: '2026-03-04T10:00:00.000Z', method: 'Argon2id, 65536 KiB, 3 passes, 4 lanes' },
        { kind: 'recovery', created: '2026-03-04T10:00:00.000Z', method: 'HKDF-SHA-256 of a 160-bit code' },
        ...(remembered ? [{ kind: 'keychain', created: null, method: 'Test keychain' }] : []),
      ],
      recoveryCodeNotShown: false,
      keychain: 'Test keychain',
    }),
    keysChangePassphrase: ({ passphrase }: Input<'keys.changePassphrase'>) => known(passphrase) && {},
    keysNewRecoveryCode: ({ passphrase }: Input<'keys.newRecoveryCode'>) =>
      known(passphrase) && { recoveryCode: '7K2MQ-8XW3D-PQ9RT-ABCDE-FGHJK-MNPQR-STVWX-YZ234' },
    keysRecoveryCodeKept: () => ({}),
    keysRekey: ({ passphrase }: Input<'keys.rekey'>) =>
      known(passphrase) && { recoveryCode: '9Z9Z9-8XW3D-PQ9RT-ABCDE-FGHJK-MNPQR-STVWX-YZ234', dropped: [] },
    keysRemember: ({ passphrase, remember }: Input<'keys.remember'>) => {
      known(passphrase);
      remembered = remember;
      return {};
    },
    keepingGet: () => keeping,
    keepingSet: ({ keepDays }: Input<'keeping.set'>) => {
      writing();
      const before = keepDays === null ? null : new Date(now - keepDays * 86_400_000).toISOString().slice(0, 10);
      keeping = { ...keeping, keepDays, before, due: keepDays === null ? 0 : 1_240 };
      return {};
    },
    keepingApply: ({ before, entries }: Input<'keeping.apply'>) => {
      writing();
      const { held } = keeping;
      const done = { id: 1, at: now, before, reason: `kept for ${keeping.keepDays} days`, entries, held };
      keeping = { ...keeping, due: held, deletions: [...keeping.deletions, done] };
      return done;
    },
    holdsAdd: ({ query, reason }: Input<'holds.add'>) => {
      writing();
      const id = keeping.holds.length + 1;
      const hold = { id, reason, query, from: null, to: null, createdAt: now, releasedAt: null, entries: 12 };
      keeping = { ...keeping, held: 12, holds: [...keeping.holds, hold] };
      return { id, entries: 12 };
    },
    holdsRelease: ({ id }: Input<'holds.release'>) => {
      writing();
      const holds = keeping.holds.map((one) => (one.id === id ? { ...one, releasedAt: now } : one));
      keeping = { ...keeping, held: 0, holds };
      return {};
    },
    networksList: () => networks,
    networksTrust: ({ network, trust, ...said }: Input<'networks.trust'>) => {
      writing();
      if (network === '203.0.113.7/24') refuse('203.0.113.7 is inside the network.', 'Write 203.0.113.0/24.');
      networks = networks.filter((one) => one.network !== network);
      if (trust) networks = [...networks, { network, ...said, at: now }];
      return changed();
    },
    countriesList: () => countries,
    countriesTrust: ({ country, trust, ...said }: Input<'countries.trust'>) => {
      writing();
      countries = countries.filter((one) => one.country !== country);
      if (trust) countries = [...countries, { country, ...said, at: now }];
      return changed();
    },
  };
  for (const [name, method] of Object.entries(methods)) {
    page.logbook[name] = async (input: never) => {
      page.fake.calls.push({ name, input: structuredClone(input) });
      try {
        return { ok: true, value: structuredClone(await method(input)) };
      } catch (error) {
        return { ok: false, error: error as never };
      }
    };
  }
}
