import { fail, ok, type Result } from '../../../shared/errors.ts';
import { parseQuery } from '../../../shared/filter/parse.ts';
import { isZone } from '../../../shared/instant.ts';
import { systemUser } from '../../system-user.ts';
import type { KeepingWriterCalls } from '../../worker/keeping-calls.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { presentOf } from './coverage-handlers.ts';
import type { Vault } from './vault.ts';
import type { WriterTurn } from './writer-turn.ts';

type Methods = Extract<keyof Handlers, `keeping.${string}` | `holds.${string}`>;

/** How long entries are kept here, deleting what is older, and what must not be deleted. */
export function keepingHandlers(
  context: Pick<ServiceContext, 'announce'>,
  vault: Vault,
  turn: WriterTurn,
): Pick<Handlers, Methods> {
  // Each of these waits behind whatever the writing thread does: it takes a turn instead of waiting unseen.
  const written = async <N extends keyof KeepingWriterCalls>(
    name: N,
    what: Omit<KeepingWriterCalls[N]['input'], 'by' | 'now'>,
  ): Promise<Result<KeepingWriterCalls[N]['output']>> => {
    const session = vault.session();
    const writer = session.ok ? session.value.writer() : session;
    if (!session.ok || !writer.ok) return writer as Extract<typeof writer, { ok: false }>;
    const mine = turn.take(name === 'applyKeeping' ? 'deletion' : 'setting');
    if (!mine.ok) return mine;
    try {
      const word = { by: systemUser(), now: await presentOf(session.value) };
      return await writer.value.call(name, { ...what, ...word } as KeepingWriterCalls[N]['input']);
    } finally {
      mine.value.release();
    }
  };
  return {
    async 'keeping.get'() {
      const session = vault.session();
      if (!session.ok) return session;
      // Counting what many holds cover may take a while: the list of entries must not wait for it.
      const analyst = await session.value.analyst();
      return analyst.ok ? analyst.value.call('keeping', { now: await presentOf(session.value) }) : analyst;
    },
    async 'keeping.set'({ keepDays }) {
      const set = await written('setKeep', { keepDays });
      return set.ok ? ok({}) : set;
    },
    async 'keeping.apply'({ name, before, entries }) {
      const session = vault.session();
      const state = session.ok ? await session.value.state() : session;
      if (!state.ok) return state;
      if (name.trim() !== state.value.name.trim())
        return fail('bad_input', 'That is not the name of this archive.', 'Type it as it stands at the top left.');
      const done = await written('applyKeeping', { before, entries });
      if (!done.ok || !session.ok) return done;
      const after = await session.value.state();
      if (after.ok) {
        context.announce('archive.changed', { version: after.value.version });
        context.announce('app.changed', { kind: 'open', archive: after.value });
      }
      return done;
    },
    async 'holds.add'({ query, zone, reason }) {
      if (!isZone(zone)) return fail('bad_input', `“${zone}” is not a time zone.`, 'Choose one from the list.');
      const parsed = parseQuery(query);
      if (!parsed.ok) return fail('bad_input', parsed.error.message, 'Correct what the hold covers.');
      return written('placeHold', { filter: parsed.value, zone, reason });
    },
    async 'holds.release'({ id }) {
      const released = await written('releaseHold', { id });
      return released.ok ? ok({}) : released;
    },
  };
}
