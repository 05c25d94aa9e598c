import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DayCoverage, DayState } from '../../../shared/coverage.ts';
import { dayOf, daysFromTo } from '../../../shared/instant.ts';
import { useArchive } from '../../lib/app-state.ts';
import { sealedDaysOptions } from '../../lib/integrity.ts';
import { coverageOptions } from '../../lib/queries.ts';
import type { Span } from './answer.ts';

/** Worst first: a local day that touches two UTC days is as good as the worse of them. */
const WORST_FIRST: readonly DayState[] = ['lost', 'pending', 'partial', 'imported', 'complete'];

/** How whole a span of time is. */
export type Wholeness = {
  /** Null where the ledger says nothing. */
  readonly state: DayState | null;
  /** Whether every UTC day of it is sealed. */
  readonly sealed: boolean;
};

export type Coverage = {
  /** How whole the UTC days are that a span of time touches. */
  readonly of: (fromMs: number, toMs: number) => Wholeness;
  /** Days of the whole span that are not provably whole, the running day aside. */
  readonly incomplete: number;
  readonly lost: number;
  readonly known: boolean;
};

export function useCoverage(span: Span | null, nowMs: number): Coverage {
  const archive = useArchive();
  // Nothing is to be known of days before any log, nor of those to come.
  const end = Math.max(nowMs, archive.newest ?? 0);
  const from = dayOf(Math.min(Math.max(0, span?.fromMs ?? 0), end), 'UTC');
  const to = dayOf(Math.min(Math.max(0, span?.toMs ?? 0), end), 'UTC');
  const enabled = span !== null;
  const days = useQuery({ ...coverageOptions(archive, from, to, true), enabled }).data;
  const sealed = useQuery({ ...sealedDaysOptions(archive, from, to), enabled }).data;
  return useMemo(() => judge(days ?? [], new Set(sealed), dayOf(nowMs, 'UTC')), [days, sealed, nowMs]);
}

function judge(days: readonly DayCoverage[], sealed: ReadonlySet<string>, today: string): Coverage {
  const states = new Map(days.map((one) => [one.day, one.state]));
  const past = days.filter((one) => one.day < today);
  return {
    of: (fromMs, toMs) => {
      const touched = daysFromTo(dayOf(fromMs, 'UTC'), dayOf(toMs, 'UTC'));
      const known = touched.map((day) => states.get(day));
      return {
        state: WORST_FIRST.find((state) => known.includes(state)) ?? null,
        sealed: touched.every((day) => sealed.has(day)),
      };
    },
    incomplete: past.filter((one) => one.state !== 'complete' && one.state !== 'imported').length,
    lost: past.filter((one) => one.state === 'lost').length,
    known: days.length > 0,
  };
}
