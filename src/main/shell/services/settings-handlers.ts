import { ok, type Result } from '../../../shared/errors.ts';
import { officesOr } from '../../../shared/office.ts';
import { systemClock } from '../../system-ports.ts';
import type { SettingsWriterCalls } from '../../worker/settings-calls.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import type { Vault } from './vault.ts';

type Methods = Extract<keyof Handlers, `offices.${string}` | `networks.${string}` | `countries.${string}`>;

/** What the open archive keeps of its organisation: offices, and networks and countries that are its own. */
export function settingsHandlers(context: Pick<ServiceContext, 'announce'>, vault: Vault): Pick<Handlers, Methods> {
  const trusted = async () => {
    const session = vault.session();
    return session.ok ? session.value.reader.call('trusted', {}) : session;
  };
  const written = async <N extends keyof SettingsWriterCalls>(
    name: N,
    input: SettingsWriterCalls[N]['input'],
  ): Promise<Result<Record<string, never>>> => {
    const session = vault.session();
    const writer = session.ok ? session.value.writer() : session;
    if (!writer.ok) return writer;
    const done = await writer.value.call(name, input);
    if (!done.ok) return done;
    // The rules run again with what was said now.
    context.announce('findings.changed', {});
    return ok({});
  };
  const now = () => systemClock.now();
  return {
    async 'offices.list'() {
      const session = vault.session();
      if (!session.ok) return session;
      const info = await session.value.reader.call('info', {});
      if (!info.ok) return info;
      const kept = await session.value.reader.call('offices', {});
      if (!kept.ok) return kept;
      const said = kept.value?.offices.length ? kept.value : null;
      return ok({
        offices: officesOr(said?.offices ?? null, info.value.zone),
        kept: said && { by: said.by, at: said.at },
      });
    },
    'offices.set': ({ offices, by }) => written('setOffices', { offices, word: { by, at: now() } }),
    async 'networks.list'() {
      const known = await trusted();
      return known.ok ? ok([...known.value.networks]) : known;
    },
    'networks.trust': ({ network, trust, reason, by }) =>
      written('trustNetwork', { network, trust, word: { by, reason, at: now() } }),
    async 'countries.list'() {
      const known = await trusted();
      return known.ok ? ok([...known.value.countries]) : known;
    },
    'countries.trust': ({ country, trust, reason, by }) =>
      written('trustCountry', { country, trust, word: { by, reason, at: now() } }),
  };
}
