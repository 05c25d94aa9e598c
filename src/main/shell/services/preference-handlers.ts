import { ok } from '../../../shared/errors.ts';
import type { Preferences } from '../../../shared/preferences.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import type { JsonFile } from './json-file.ts';

/** Keeps how this person likes the window, and makes it so at once. */
export function preferenceHandlers(
  context: Pick<ServiceContext, 'setScheme'>,
  file: JsonFile<Preferences>,
): Pick<Handlers, 'preferences.get' | 'preferences.set'> {
  return {
    'preferences.get': async () => ok(file.read()),
    async 'preferences.set'(patch) {
      const before = file.read();
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const next: Preferences = { ...before, ...given };
      const kept = file.write(next);
      if (!kept.ok) return kept;
      if (next.scheme !== before.scheme) context.setScheme(next.scheme);
      return ok({});
    },
  };
}
