import { fail, ok } from '../../../shared/errors.ts';
import { isZone } from '../../../shared/instant.ts';
import type { Handlers } from '../context.ts';
import { presentOf } from './coverage-handlers.ts';
import type { Vault } from './vault.ts';

/** Pages of people, addresses, tunnels, teams and tokens. */
export function profileHandlers(vault: Vault): Pick<Handlers, Extract<keyof Handlers, `profile.${string}`>> {
  return {
    async 'profile.get'({ zone, ...entity }) {
      if (!isZone(zone)) return fail('bad_input', `“${zone}” is not a time zone.`, 'Choose one from the list.');
      const session = vault.session();
      return session.ok ? session.value.reader.call('profile', { entity, zone }) : session;
    },
    async 'profile.findings'({ limit, ...entity }) {
      const session = vault.session();
      if (!session.ok) return session;
      const info = await session.value.reader.call('info', {});
      if (!info.ok) return info;
      const analyst = await session.value.analyst();
      if (!analyst.ok) return analyst;
      const at = { zone: info.value.zone, now: await presentOf(session.value) };
      const found = await analyst.value.call('findingsConcerning', { ...at, entity, limit });
      return found.ok ? ok({ ...found.value }) : found;
    },
  };
}
