import type { Input, Output } from '../../src/shared/contract.ts';
import type { Result } from '../../src/shared/errors.ts';
import type { FakeOptions } from './fake-bridge.ts';

/**
 * What the main process answers about preferences and settings, in memory, on top of the fake bridge. Put into a page as
 * text, so it reaches for nothing outside itself.
 */
export function installFakeSettings(options: FakeOptions): void {
  type Bridge = Record<string, (input: never) => Promise<Result<unknown>>>;
  const page = window as unknown as {
    logbook: Bridge;
    fake: { calls: { name: string; input: unknown }[] };
  };
  let preferences: Output<'preferences.get'> = {
    scheme: options.scheme,
    zone: null,
    density: options.density,
    lockMinutes: 15,
  };

  const methods: Record<string, (input: never) => unknown> = {
    preferencesGet: () => preferences,
    preferencesSet: (patch: Input<'preferences.set'>) => {
      preferences = { ...preferences, ...patch } as typeof preferences;
      return {};
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
