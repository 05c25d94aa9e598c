import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { EVERYTHING } from '../../../shared/filter/filter.ts';
import { resolveRange } from '../../../shared/filter/range.ts';
import { MOST_LISTED } from '../../../shared/limits.ts';
import { useArchive } from '../../lib/app-state.ts';
import { countOptions, type Question } from '../../lib/queries.ts';
import type { RowSource } from './row-source.ts';

/** Entries picked: of a question all but `keys`, or, without one, `keys` alone. */
type State = { readonly all: Question | null; readonly keys: ReadonlySet<number> };

const NOTHING: State = { all: null, keys: new Set() };

export type Picked = {
  /** How many are picked, exactly; null until it is counted. */
  readonly count: number | null;
  readonly any: boolean;
  /** Whether all that match were picked at once. */
  readonly all: boolean;
  /** What is picked, as a question; null where nothing is. */
  readonly question: Question | null;
  has(key: number): boolean;
  /** Picks entries, or, where all of them are picked, lets go of them. False where that were too many one by one. */
  toggle(keys: readonly number[]): boolean;
  /** Picks every entry between two rows of a list. False where there are more than can be picked one by one. */
  extend(source: RowSource, from: number, to: number): Promise<boolean>;
  pickAll(question: Question, nowMs: number): void;
  clear(): void;
};

/** Which entries something is to be done with. Never in the address: it is over when the screen is left. */
export function usePicked(zone: string): Picked {
  const archive = useArchive();
  const [{ all, keys }, setState] = useState<State>(NOTHING);
  const question = questionOf(all, keys, zone);
  const counting = useQuery({
    ...countOptions(archive, question ?? { filter: EVERYTHING, zone }),
    enabled: all !== null,
  });
  const counted = counting.isPlaceholderData ? null : (counting.data?.total ?? null);
  const turn = useRef(0);

  const latest = useRef<State>(NOTHING);
  latest.current = { all, keys };
  const toggle = useCallback((some: readonly number[]): boolean => {
    if (toggled(latest.current, some).keys.size > MOST_LISTED) return false;
    setState((before) => toggled(before, some));
    return true;
  }, []);

  const extend = useCallback(async (source: RowSource, from: number, to: number): Promise<boolean> => {
    const [first, last] = from < to ? [from, to] : [to, from];
    turn.current++;
    const mine = turn.current;
    const span = await source.keysBetween(first, last, MOST_LISTED);
    if (span === null) return false;
    if (mine !== turn.current) return true;
    setState((before) => {
      const next = new Set(before.keys);
      for (const key of span) {
        if (before.all) next.delete(key);
        else if (next.size < MOST_LISTED) next.add(key);
      }
      return { ...before, keys: next };
    });
    return true;
  }, []);

  const pickAll = useCallback((asked: Question, nowMs: number) => {
    turn.current++;
    setState({ all: fixed(asked, nowMs), keys: new Set() });
  }, []);
  const clear = useCallback(() => {
    turn.current++;
    setState(NOTHING);
  }, []);

  return {
    count: all === null ? keys.size : counted,
    any: all !== null || keys.size > 0,
    all: all !== null,
    question,
    has: (key) => keys.has(key) !== (all !== null),
    toggle,
    extend,
    pickAll,
    clear,
  };
}

function toggled({ all, keys }: State, some: readonly number[]): State {
  const picked = !some.every((key) => keys.has(key) !== (all !== null));
  const next = new Set(keys);
  for (const key of some) {
    if (picked === (all === null)) next.add(key);
    else next.delete(key);
  }
  return { all, keys: next };
}

function questionOf(all: Question | null, keys: ReadonlySet<number>, zone: string): Question | null {
  if (all !== null) return keys.size === 0 ? all : { ...all, listed: { keys: [...keys], negated: true } };
  return keys.size === 0 ? null : { filter: EVERYTHING, zone, listed: { keys: [...keys], negated: false } };
}

// "The last 24 hours" go on moving; what was picked does not.
function fixed(question: Question, nowMs: number): Question {
  const { filter, zone } = question;
  if (filter.last === undefined) return question;
  const range = resolveRange(filter, zone, nowMs);
  if (!range.ok || range.value.fromMs === null || range.value.toMs === null) return question;
  const { fromMs, toMs } = range.value;
  return {
    zone,
    filter: { terms: filter.terms, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() },
  };
}
