import type { QueryInput } from '../../../shared/contract.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Filter } from '../../../shared/filter/filter.ts';
import { isZone } from '../../../shared/instant.ts';
import { parseEntry } from '../../core/jetty/parse-entry.ts';
import { planQuery, type QueryPlan } from '../../core/search/plan.ts';
import { systemClock } from '../../system-ports.ts';
import type { Handlers } from '../context.ts';
import type { Session } from './open-session.ts';
import { Tickets } from './tickets.ts';
import type { Vault } from './vault.ts';

const decoder = new TextDecoder();
const AROUND_MS = 3_600_000;
const NEIGHBOURS = 8;
/** Entries whose text is read ahead in one go: a question that comes meanwhile waits no longer than that. */
const AHEAD = 20_000;

/** Fixes the dates of a query from the window. */
export function planOf({ filter, zone, listed }: QueryInput): Result<QueryPlan> {
  if (!isZone(zone)) return fail('bad_input', `“${zone}” is not a time zone.`, 'Choose one from the list.');
  const plan = planQuery(filter as Filter, zone, systemClock.now());
  return plan.ok && listed !== undefined ? ok({ ...plan.value, listed }) : plan;
}

/** Questions about entries of the open archive. */
export function entryHandlers(vault: Vault): Pick<Handlers, Extract<keyof Handlers, `entries.${string}`>> {
  const tickets = new Tickets();
  const asked = async <T>(
    { ticket, ...query }: QueryInput & { ticket?: number | undefined },
    question: (session: Session, plan: QueryPlan, signal: AbortSignal | undefined) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const session = vault.session();
    if (!session.ok) return session;
    const plan = planOf(query);
    return plan.ok ? tickets.hold(ticket, (signal) => question(session.value, plan.value, signal)) : plan;
  };
  return {
    'entries.count': (query) =>
      asked(query, async ({ reader }, plan, signal) => {
        const total = await reader.call('count', { plan }, undefined, signal);
        return total.ok ? ok({ total: total.value }) : total;
      }),
    'entries.rows': ({ offset, limit, ...query }) =>
      asked(query, ({ reader }, plan, signal) => reader.call('rowsAt', { plan, offset, limit }, undefined, signal)),
    'entries.listing': ({ limit, ...query }) =>
      asked(query, ({ reader }, plan, signal) =>
        reader.call('listing', { plan, zone: query.zone, limit }, undefined, signal),
      ),
    'entries.foldedListing': ({ limit, ...query }) =>
      asked(query, ({ reader }, plan, signal) =>
        reader.call('foldedListing', { plan, zone: query.zone, limit }, undefined, signal),
      ),
    'entries.lines': ({ offset, limit, ...query }) =>
      asked(query, async ({ reader }, plan, signal) => {
        const lines = await reader.call('linesAt', { plan, zone: query.zone, offset, limit }, undefined, signal);
        return lines.ok ? ok({ lines: lines.value }) : lines;
      }),
    'entries.linesOf': ({ keys, ...query }) =>
      asked(query, async ({ reader }, plan, signal) => {
        const lines = await reader.call('linesOf', { plan, zone: query.zone, keys }, undefined, signal);
        return lines.ok ? ok({ lines: lines.value }) : lines;
      }),
    'entries.facets': ({ fields, limit, ...query }) =>
      asked(query, ({ reader }, plan, signal) => reader.call('facets', { plan, fields, limit }, undefined, signal)),
    'entries.histogram': ({ by, ...query }) =>
      asked(query, ({ reader }, plan, signal) =>
        reader.call('histogram', { plan, by, zone: query.zone }, undefined, signal),
      ),
    async 'entries.giveUp'({ ticket }) {
      tickets.giveUp(ticket);
      return ok({});
    },
    async 'entries.readAhead'() {
      const session = vault.session();
      if (!session.ok) return session;
      const more = await session.value.reader.call('readAhead', { entries: AHEAD });
      return more.ok ? ok({ more: more.value }) : more;
    },
    'entries.newerThan': ({ at, ...query }) =>
      asked(query, async ({ reader }, plan) => {
        const newer = await reader.call('newerThan', { plan, at });
        return newer.ok ? ok({ count: newer.value }) : newer;
      }),
    async 'entries.distinct'(input) {
      const session = vault.session();
      return session.ok ? session.value.reader.call('distinct', input) : session;
    },
    async 'entries.neighbours'(input) {
      const session = vault.session();
      if (!session.ok) return session;
      return session.value.reader.call('neighbours', { ...input, spanMs: AROUND_MS, limit: NEIGHBOURS });
    },
    async 'entries.get'({ key }) {
      const session = vault.session();
      if (!session.ok) return session;
      const found = await session.value.reader.call('entry', { key });
      if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
      const { row, raw, sha256, provenance, versions } = found.value;
      return ok({
        row,
        timestamp: parseEntry(raw).entry?.timestamp ?? '',
        raw: decoder.decode(raw),
        sha256,
        ...provenance,
        versions: versions.map((version) => ({ raw: decoder.decode(version.raw), ...version.provenance })),
      });
    },
  };
}
