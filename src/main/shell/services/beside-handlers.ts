import { ok, type Result } from '../../../shared/errors.ts';
import { systemClock } from '../../system-ports.ts';
import type { BesideWriterCalls } from '../../worker/beside-calls.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { planOf } from './entry-handlers.ts';
import type { Vault } from './vault.ts';

type Methods = Extract<keyof Handlers, `marks.${string}` | `views.${string}`>;

/** What reviewers put beside entries, and the views they keep. */
export function besideHandlers(context: ServiceContext, vault: Vault): Pick<Handlers, Methods> {
  const written = async <N extends keyof BesideWriterCalls>(
    event: 'marks.changed' | 'views.changed',
    name: N,
    input: BesideWriterCalls[N]['input'],
  ): Promise<Result<BesideWriterCalls[N]['output']>> => {
    const session = vault.session();
    if (!session.ok) return session;
    const writer = session.value.writer();
    if (!writer.ok) return writer;
    const done = await writer.value.call(name, input);
    if (done.ok) context.announce(event, {});
    return done;
  };
  const now = () => systemClock.now();
  return {
    async 'marks.list'() {
      const session = vault.session();
      return session.ok ? session.value.reader.call('marks', {}) : session;
    },
    async 'marks.change'({ entries, change, by }) {
      const plan = planOf(entries);
      return plan.ok
        ? written('marks.changed', 'markEntries', { plan: plan.value, change, word: { by, at: now() } })
        : plan;
    },
    async 'views.list'() {
      const session = vault.session();
      return session.ok ? session.value.reader.call('views', {}) : session;
    },
    async 'views.save'({ id, by, ...view }) {
      const saved = await written('views.changed', 'saveView', { id, view, word: { by, at: now() } });
      return saved.ok ? ok({ id: saved.value }) : saved;
    },
    async 'views.remove'({ id, by }) {
      const removed = await written('views.changed', 'removeView', { id, word: { by, at: now() } });
      return removed.ok ? ok({}) : removed;
    },
    async 'views.look'(input) {
      const looked = await written('views.changed', 'look', { ...input, at: now() });
      return looked.ok ? ok({ before: looked.value }) : looked;
    },
  };
}
