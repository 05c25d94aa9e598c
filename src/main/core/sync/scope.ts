import type { DayCoverage, DayState, JettyPlan } from '../../../shared/coverage.ts';
import { ok, type Result } from '../../../shared/errors.ts';
import { addDays } from '../../../shared/instant.ts';
import { bothClocks } from './clocks.ts';
import { type DayPlan, LONGEST_WINDOW, planDays } from './planner.ts';
import { type Edge, type Probe, type ProbeTools, probeOldest, retentionEdge } from './retention.ts';
import { PROBE_HOLDS_MS, readMemory, rememberProbe } from './sync-memory.ts';
import { type DateSense, utcDay } from './window.ts';

/** What a sync was told to do. */
export type ScopeOptions = {
  readonly from: string | null;
  readonly to: string | null;
  readonly plan: JettyPlan | null;
  /** Whether the plan was named for this run; else it is what an earlier one said. */
  readonly planNamed: boolean;
  readonly full: boolean;
};

/** What a sync is about: the days to ask, those that are lost, and what is known of the server beforehand. */
export type Scope = DayPlan & {
  readonly edge: Edge;
  /** What the ledger said before. */
  readonly before: ReadonlyMap<string, DayState>;
  /** Days whose walk an earlier run broke off. */
  readonly begun: ReadonlySet<string>;
  readonly sense: DateSense;
  /** Days the first window may hold. */
  readonly size: number;
  readonly probe: Probe | null;
};

const FIRST_POSSIBLE_DAY = '1970-01-01';

/** Days back to which every plan keeps the log. */
const SURELY_KEPT_DAYS = 29;

/** The oldest day that is in retention whatever the plan. */
export function surelyKept(now: number): string {
  return addDays(utcDay(now), -SURELY_KEPT_DAYS);
}

/** Finds out what there is to do; asks the server for its oldest entry where the retention edge matters. */
export async function findScope(options: ScopeOptions, tools: ProbeTools): Promise<Result<Scope>> {
  const { writer, clock } = tools;
  const { from, to, plan, planNamed, full } = options;
  const memory = readMemory(writer);
  const firstRun = memory.reached === null;
  const known = writer.coverage(FIRST_POSSIBLE_DAY, utcDay(clock.now()));
  const probe = needsProbe(options, known, clock.now(), firstRun) ? await lookAtLog(options, tools) : ok(null);
  if (!probe.ok) return probe;
  // Whatever either clock takes for served is asked for.
  const { earliest, latest } = bothClocks(clock, tools.client);
  const today = utcDay(latest);
  const ledger = writer.coverage(FIRST_POSSIBLE_DAY, today);
  let edge = retentionEdge(earliest, plan, probe.value?.served ?? null, firstRun);
  // Where the edge is yet to be found, most days before it are empty.
  let size = edge.certain ? 1 : LONGEST_WINDOW;
  if (memory.search !== null && !edge.certain && memory.search.from > edge.day) {
    edge = { day: memory.search.from, certain: false };
    size = memory.search.size;
  }
  if (from !== null && !edge.certain && from < edge.day) edge = { day: from, certain: false };
  // A plan that is named may reach further back than what earlier runs went by.
  const reached = planNamed ? null : memory.reached;
  const days = planDays({ ledger, today, edge: edge.day, reached, from, to, full });
  return ok({
    ...days,
    begun: new Set(days.ask.filter((day) => writer.walk(day) !== null)),
    edge,
    before: new Map(ledger.map((day) => [day.day, day.state])),
    sense: full ? 'utc' : memory.sense,
    size,
    probe: probe.value,
  });
}

// A run that goes on shortly after another broke off need not look for the edge again.
async function lookAtLog(options: ScopeOptions, tools: ProbeTools): Promise<Result<Probe>> {
  const { writer, clock } = tools;
  const { probe } = readMemory(writer);
  const age = clock.now() - (probe?.at ?? 0);
  if (probe !== null && !options.full && age >= 0 && age < PROBE_HOLDS_MS) return ok(probe);
  const seen = await probeOldest(tools);
  if (!seen.ok) return seen;
  const kept = rememberProbe(writer, { ...seen.value, at: clock.now() });
  return kept.ok ? seen : kept;
}

/** The retention edge matters only where something lies near or beyond the shortest retention. */
function needsProbe(options: ScopeOptions, ledger: readonly DayCoverage[], now: number, firstRun: boolean): boolean {
  const { from, full } = options;
  const kept = surelyKept(now);
  if (from !== null && from >= kept) return false;
  if (firstRun || full || from !== null) return true;
  return hasGap(ledger, kept);
}

/** Whether a day that was never read is old enough to fall out of retention. */
function hasGap(ledger: readonly DayCoverage[], before: string): boolean {
  const states = new Map(ledger.map((day) => [day.day, day.state]));
  const first = ledger.find((day) => day.state !== 'imported')?.day ?? before;
  for (let day = first; day < before; day = addDays(day, 1)) {
    if ((states.get(day) ?? 'pending') === 'pending') return true;
  }
  return false;
}
