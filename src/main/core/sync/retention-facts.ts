import { type DayCoverage, type DayState, type JettyPlan, PLANS } from '../../../shared/coverage.ts';
import { endOfDay, startOfDay } from '../../../shared/instant.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { type AtRisk, oldestAtRisk } from './at-risk.ts';
import { knownSource } from './source.ts';
import { utcDay } from './window.ts';

/** What retention means for an archive at an instant. Days are UTC dates, instants ms UTC. */
export type RetentionFacts = {
  /** First and last day of the ledger. */
  readonly first: string | null;
  readonly last: string | null;
  /** Days of log the server keeps. Without a plan, so many at least as it was seen to serve. */
  readonly keeps: number;
  readonly byPlan: boolean;
  /** The oldest day the server still has some of, when the last of that goes, and how it is held here. */
  readonly edge: string;
  readonly edgeGone: number;
  readonly edgeState: DayState | null;
  /** Days older than that of which the archive holds what there was, or a part of it. */
  readonly onlyHere: number;
  readonly atRisk: AtRisk | null;
};

const DAY_MS = 86_400_000;
const ALL_DAYS = ['1970-01-01', '9999-12-31'] as const;

/** Works out the retention edge and what lies on either side of it. */
export function retentionFacts(reader: Pick<ArchiveReader, 'coverage' | 'setting'>, now: number): RetentionFacts {
  const ledger = reader.coverage(...ALL_DAYS);
  const { plan, host } = knownSource(reader);
  const keeps = plan === null ? seenToKeep(ledger) : PLANS[plan];
  const edge = utcDay(now - keeps * DAY_MS);
  const held = ledger.filter((row) => row.state !== 'lost' && row.state !== 'pending');
  return {
    first: ledger[0]?.day ?? null,
    last: ledger.at(-1)?.day ?? null,
    keeps,
    byPlan: plan !== null,
    edge,
    edgeGone: endOfDay(edge, 'UTC') + keeps * DAY_MS,
    edgeState: ledger.find((row) => row.day === edge)?.state ?? null,
    onlyHere: held.filter((row) => row.day < edge).length,
    atRisk: host === null ? null : oldestAtRisk({ ledger, keeps, plan, reached: reader.setting('sync_reached'), now }),
  };
}

/** The shortest retention there is that explains how old days were when they were served. */
function seenToKeep(ledger: readonly DayCoverage[]): number {
  let oldest = 0;
  for (const row of ledger) {
    if (row.checkedAt === null || row.served === null || row.served === 0 || row.state === 'imported') continue;
    oldest = Math.max(oldest, Math.floor((Date.parse(row.checkedAt) - startOfDay(row.day, 'UTC')) / DAY_MS));
  }
  const lengths: readonly number[] = (Object.keys(PLANS) as JettyPlan[]).map((name) => PLANS[name]);
  return lengths.find((days) => days >= oldest) ?? PLANS.fleet;
}
