import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DayCoverage, DayState } from '../../../shared/coverage.ts';
import { dayOf, daysFromTo } from '../../../shared/instant.ts';
import { useArchive } from '../../lib/app-state.ts';
import { coverageOptions } from '../../lib/queries.ts';
import type { Span } from './answer.ts';

/** Worst first: a local day that touches two UTC days is as good as the worse of them. */
const WORST_FIRST: readonly DayState[] = ['lost', 'pending', 'partial', 'imported', 'complete'];

export type Coverage = {
  /** State of the UTC days that a span of time touches; null where the ledger says nothing. */
  readonly stateOf: (fromMs: number, toMs: number) => DayState | null;
  /** Days of the whole span that are not provably whole, the running day aside. */
  readonly incomplete: number;
  readonly lost: number;
  readonly known: boolean;
};

export function useCoverage(span: Span | null, nowMs: number): Coverage {
  const archive = useArchive();
  const from = dayOf(span?.fromMs ?? 0, 'UTC');
  const to = dayOf(span?.toMs ?? 0, 'UTC');
  const days = useQuery({ ...coverageOptions(archive, from, to), enabled: span !== null }).data;
  return useMemo(() => judge(days ?? [], dayOf(nowMs, 'UTC')), [days, nowMs]);
}

function judge(days: readonly DayCoverage[], today: string): Coverage {
  const states = new Map(days.map((one) => [one.day, one.state]));
  const past = days.filter((one) => one.day < today);
  return {
    stateOf: (fromMs, toMs) => {
      const touched = daysFromTo(dayOf(fromMs, 'UTC'), dayOf(toMs, 'UTC')).map((day) => states.get(day));
      return WORST_FIRST.find((state) => touched.includes(state)) ?? null;
    },
    incomplete: past.filter((one) => one.state !== 'complete' && one.state !== 'imported').length,
    lost: past.filter((one) => one.state === 'lost').length,
    known: days.length > 0,
  };
}
