import type { DayState, JettyPlan } from '../../../shared/coverage.ts';
import { addDays, endOfDay } from '../../../shared/instant.ts';
import type { LedgerChange } from '../archive/writer.ts';
import type { Evidence } from './evidence.ts';
import { edgeDays, isOver } from './planner.ts';

/** What the ledger needs to know to judge a day. */
export type DayContext = {
  readonly plan: JettyPlan | null;
  /** The oldest day expected to be served. */
  readonly edge: string;
  /** What the ledger said before. */
  readonly before: ReadonlyMap<string, DayState>;
  /** Milliseconds UTC. */
  readonly now: number;
  /** The present by the clock that is ahead of the other, ours or the server's; milliseconds UTC. */
  readonly latest: number;
};

type DayChange = Extract<LedgerChange, { kind: 'day' }>;

/** The ledger's entries for days that were walked without a gap. What was settled before stays settled. */
export function settledDays(days: readonly string[], evidence: Evidence, context: DayContext): DayChange[] {
  const changes: DayChange[] = [];
  for (const day of days) {
    const { state, note } = judge(day, evidence.startedAt, context);
    if (state === 'partial' && context.before.get(day) === 'complete') continue;
    const served = evidence.perDay.get(day) ?? 0;
    changes.push({ kind: 'day', day, state, served, checkedAt: context.now, note });
  }
  return changes;
}

/** The ledger's entries for days that were read, but not provably whole. */
export function unsettledDays(days: readonly string[], note: string, context: DayContext): DayChange[] {
  return days
    .filter((day) => context.before.get(day) !== 'complete')
    .map((day) => ({ kind: 'day', day, state: 'partial', served: null, checkedAt: context.now, note }));
}

/** The ledger's entries for days that were asked in vain: nothing tells an empty day from one that has expired. */
export function vanishedDays(days: readonly string[], context: DayContext): DayChange[] {
  const firstKnown = [...context.before].find(([, state]) => state !== 'imported')?.[0];
  const note = 'Nothing was served for this day or any before it: it may have been out of retention.';
  return days
    .filter((day) => firstKnown !== undefined && day >= firstKnown && isOpen(context.before.get(day)))
    .map((day) => ({ kind: 'day', day, state: 'lost', served: null, checkedAt: context.now, note }));
}

function isOpen(state: DayState | undefined): boolean {
  return state === undefined || state === 'pending';
}

/**
 * Whether the retention edge lay in a day between two instants, or had passed it, so that a part of it may have expired
 * unseen.
 */
export function isCut(
  day: string,
  since: number,
  { plan, edge, latest = since }: Pick<DayContext, 'plan' | 'edge'> & { readonly latest?: number },
): boolean {
  const until = Math.max(since, latest);
  if (plan !== null) return day <= edgeDays(until, plan)[0]!;
  if (day > edge) return false;
  const edges = new Set([...edgeDays(since, null), ...edgeDays(until, null)]);
  return edges.has(day) || edges.has(addDays(day, 1));
}

function judge(day: string, startedAt: number, context: DayContext): { state: DayState; note: string | null } {
  if (!isOver(day, startedAt)) {
    const note =
      endOfDay(day, 'UTC') > startedAt
        ? 'The day was not over when it was read.'
        : 'Read within an hour of the end of the day, when late entries may still arrive.';
    return { state: 'partial', note };
  }
  if (isCut(day, startedAt, context)) {
    const note = 'The retention edge lay within this day when it was read: what had expired before is not here.';
    return { state: 'partial', note };
  }
  return { state: 'complete', note: null };
}
