import { ok, type Result } from '../../../shared/errors.ts';
import type { Verdict } from '../../../shared/triage.ts';
import type { Word } from '../../core/detection/triage/decide.ts';
import { systemClock } from '../../system-ports.ts';
import type { DetectionWriterCalls } from '../../worker/detection-calls.ts';
import type { Handlers, Parsed, ServiceContext } from '../context.ts';
import { presentOf } from './coverage-handlers.ts';
import { planOf } from './entry-handlers.ts';
import type { Session } from './open-session.ts';
import type { Vault } from './vault.ts';

type Methods = Extract<
  keyof Handlers,
  `findings.${string}` | `suppressions.${string}` | `rules.${string}` | 'geo.places'
>;
type At = { readonly zone: string; readonly now: number };

/** Findings, what was decided about them, and the rules behind them. */
export function findingHandlers(context: ServiceContext, vault: Vault): Pick<Handlers, Methods> {
  const asked = async <T>(
    question: (at: At, session: Session, analyst: Analyst) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const session = vault.session();
    if (!session.ok) return session;
    const info = await session.value.reader.call('info', {});
    if (!info.ok) return info;
    const analyst = await session.value.analyst();
    if (!analyst.ok) return analyst;
    const at = { zone: info.value.zone, now: await presentOf(session.value) };
    return question(at, session.value, analyst.value);
  };
  const written = async <N extends keyof DetectionWriterCalls>(
    session: Session,
    name: N,
    input: DetectionWriterCalls[N]['input'],
  ): Promise<Result<DetectionWriterCalls[N]['output']>> => {
    const writer = session.writer();
    if (!writer.ok) return writer;
    const done = await writer.value.call(name, input);
    if (done.ok) context.announce('findings.changed', {});
    return done;
  };
  const decide = (ids: readonly string[], verdict: Verdict, expires: number | null, word: Word) =>
    asked(async (at, session, analyst) => {
      const lines = await analyst.call('decisionLines', { ...at, ids, verdict, expires, word });
      if (!lines.ok) return lines;
      const kept = await written(session, 'appendJournal', { lines: lines.value });
      if (!kept.ok) return kept;
      const states = await analyst.call('states', { ...at, ids });
      return states.ok ? ok({ states: [...states.value] }) : states;
    });
  return {
    'findings.list': () =>
      asked(async (at, _session, analyst) => {
        const found = await analyst.call('findings', at);
        return found.ok ? ok({ ...found.value, now: at.now, findings: [...found.value.findings] }) : found;
      }),
    'findings.open': () => asked((at, _session, analyst) => analyst.call('openFindings', at)),
    'findings.ofEntries': ({ keys }) =>
      asked(async (at, _session, analyst) => {
        const found = await analyst.call('findingsOfEntries', { ...at, keys });
        return found.ok ? ok([...found.value]) : found;
      }),
    'findings.moments': () =>
      asked(async (at, _session, analyst) => {
        const moments = await analyst.call('graveMoments', at);
        return moments.ok ? ok({ moments: moments.value }) : moments;
      }),
    'findings.named': ({ text, limit }) =>
      asked(async (at, _session, analyst) => {
        const findings = await analyst.call('namedFindings', { ...at, text, limit });
        return findings.ok ? ok({ findings: findings.value }) : findings;
      }),
    'findings.decide': (input) => decide(input.ids, input.verdict, input.expires, wordOf(input)),
    'findings.undo': (input) => decide(input.ids, 'undone', null, wordOf(input)),
    'findings.baseline': ({ id }) => asked((at, _session, analyst) => analyst.call('baseline', { ...at, id })),

    'suppressions.list': () =>
      asked(async (at, _session, analyst) => {
        const rows = await analyst.call('suppressions', at);
        return rows.ok ? ok([...rows.value]) : rows;
      }),
    'suppressions.add': ({ owner, reason, ...scope }) =>
      asked(async ({ now }, session) => {
        const word = wordOf({ by: owner, reason });
        const begun = await written(session, 'beginSuppression', { scope, word, now });
        return begun.ok ? ok({ id: begun.value }) : begun;
      }),
    'suppressions.end': ({ id, showAgain, ...said }) =>
      asked((_at, session) =>
        emptied(written(session, 'endSuppression', { id, isVoid: showAgain, word: wordOf(said) })),
      ),

    'rules.list': () =>
      asked(async (at, _session, analyst) => {
        const health = await analyst.call('ruleHealth', at);
        return health.ok ? ok([...health.value]) : health;
      }),
    'rules.setEnabled': ({ rule, enabled, ...said }) =>
      asked((_at, session) => emptied(written(session, 'switchRule', { rule, enabled, word: wordOf(said) }))),
    'rules.validate': ({ text }) => asked((_at, _session, analyst) => analyst.call('validateRule', { text })),
    'rules.backTest': ({ text, from, to }) =>
      asked(async ({ zone }, _session, analyst) => {
        const dates = { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
        const plan = planOf({ filter: { terms: [], ...dates }, zone });
        return plan.ok ? analyst.call('backTest', { text, plan: plan.value, zone }) : plan;
      }),
    'rules.save': ({ text, ...said }) =>
      asked(async (_at, session) => {
        const saved = await written(session, 'saveRule', { text, word: wordOf(said) });
        return saved.ok ? ok({ ids: [...saved.value] }) : saved;
      }),
    'geo.places': ({ addresses }) =>
      asked(async (_at, _session, analyst) => {
        const found = await analyst.call('places', { addresses });
        if (!found.ok) return found;
        const { places, date, credit } = found.value;
        return ok({ places: places.map((place, i) => ({ address: addresses[i] ?? '', ...place })), date, credit });
      }),
    'rules.remove': ({ rule, ...said }) =>
      asked((_at, session) => emptied(written(session, 'removeRule', { rule, word: wordOf(said) }))),
  };
}

type Analyst = Extract<Awaited<ReturnType<Session['analyst']>>, { readonly ok: true }>['value'];

function wordOf({ by, reason }: Pick<Parsed<'findings.undo'>, 'by' | 'reason'>): Word {
  return { by, reason, at: systemClock.now() };
}

async function emptied(done: Promise<Result<null>>): Promise<Result<Record<string, never>>> {
  const result = await done;
  return result.ok ? ok({}) : result;
}
