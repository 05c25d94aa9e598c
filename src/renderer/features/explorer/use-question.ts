import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { EVERYTHING, type Filter } from '../../../shared/filter/filter.ts';
import { type FilterError, parseQuery } from '../../../shared/filter/parse.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import { useZone } from '../../lib/app-state.ts';
import { keyInLink } from '../../lib/entry-link.ts';
import { type Question, questionKey } from '../../lib/queries.ts';

export type Asked = {
  readonly text: string;
  /** What is shown: the query in the address, or, where that cannot be read, the last one that could. */
  readonly question: Question;
  readonly problem: FilterError | null;
  /** Whether the address has caught up with what is typed. What costs more than the rows may wait for that. */
  readonly atRest: boolean;
  /** Puts another query into the address. */
  readonly ask: (text: string) => void;
  /** Shows another query at once and puts it into the address when typing stops; `sameVisit` adds no step back. */
  readonly type: (text: string, sameVisit: boolean) => void;
  /** Typing has stopped. */
  readonly rest: () => void;
  /** Puts what is made of the query that is shown into the address. */
  readonly edit: (change: (filter: Filter) => Filter) => void;
};

/** How long after the last key the address follows, milliseconds: browsers slow down whoever writes it with every key. */
const REST = 150;

/** The query of the Explorer, which lives in the address; what is being typed is a moment ahead of it. */
export function useAsked(): Asked {
  const { q = '' } = useSearch({ from: '/' });
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? q;
  const zone = useZone();
  const navigate = useNavigate();
  const lastGood = useRef<Filter>(EVERYTHING);
  const parsed = useMemo(() => parseQuery(text), [text]);
  if (parsed.ok) lastGood.current = parsed.value;
  const filter = lastGood.current;

  // The same meaning keeps the same object, so that a space typed more asks nothing again.
  const kept = useRef<Question>({ filter, zone });
  if (questionKey(kept.current) !== questionKey({ filter, zone })) kept.current = { filter, zone };

  const go = useCallback(
    (next: string, replace: boolean) => {
      // The address of an entry, pasted, opens it.
      const key = keyInLink(next);
      if (key !== null) {
        void navigate({ to: '/', search: ({ q: _old, ...rest }) => ({ ...rest, e: key }) });
        return;
      }
      void navigate({
        to: '/',
        search: (before) => {
          const { q: _old, ...rest } = before;
          return next.trim() === '' ? rest : { ...rest, q: next };
        },
        replace,
      });
    },
    [navigate],
  );

  const now = useRef({ q, typed, filter });
  now.current = { q, typed, filter };
  /** What was typed and is on its way into the address. */
  const under = useRef<string | null>(null);
  /** Whether this visit to the field has its step in the history. */
  const stepped = useRef(false);
  const ask = useCallback(
    (next: string) => {
      under.current = null;
      setTyped(null);
      go(next, false);
    },
    [go],
  );
  const type = useCallback(
    (next: string, sameVisit: boolean) => {
      if (keyInLink(next) !== null) return ask(next);
      if (!sameVisit) stepped.current = false;
      setTyped(next.trim() === '' ? '' : next);
    },
    [ask],
  );
  const rest = useCallback(() => {
    const { q: before, typed: ahead } = now.current;
    if (ahead === null) return;
    if (ahead === before) setTyped(null);
    else if (under.current !== ahead) {
      under.current = ahead;
      go(ahead, stepped.current);
      stepped.current = true;
    }
  }, [go]);
  const edit = useCallback((make: (before: Filter) => Filter) => ask(printQuery(make(now.current.filter))), [ask]);

  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(rest, REST);
    return () => clearTimeout(timer);
  }, [typed, rest]);
  // The address has caught up, or somebody went elsewhere in it. A letter typed meanwhile is ahead of it again.
  useEffect(() => {
    const own = under.current === q;
    under.current = null;
    setTyped((ahead) => (own && ahead !== q ? ahead : null));
  }, [q]);

  const problem = parsed.ok ? null : parsed.error;
  return { text, question: kept.current, problem, atRest: typed === null, ask, type, rest, edit };
}
