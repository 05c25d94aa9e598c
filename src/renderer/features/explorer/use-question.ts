import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef } from 'react';
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
  /** Puts another query into the address; `typing` replaces the one before instead of adding a step back. */
  readonly ask: (text: string, typing?: boolean) => void;
  readonly change: (filter: Filter) => void;
};

/** The query of the Explorer, which lives in the address and nowhere else. */
export function useAsked(): Asked {
  const { q: text = '' } = useSearch({ from: '/' });
  const zone = useZone();
  const navigate = useNavigate();
  const lastGood = useRef<Filter>(EVERYTHING);
  const parsed = useMemo(() => parseQuery(text), [text]);
  if (parsed.ok) lastGood.current = parsed.value;
  const filter = lastGood.current;

  // The same meaning keeps the same object, so that a space typed more asks nothing again.
  const kept = useRef<Question>({ filter, zone });
  if (questionKey(kept.current) !== questionKey({ filter, zone })) kept.current = { filter, zone };

  const ask = useCallback(
    (next: string, typing = false) => {
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
        replace: typing,
      });
    },
    [navigate],
  );
  const change = useCallback((next: Filter) => ask(printQuery(next)), [ask]);
  return { text, question: kept.current, problem: parsed.ok ? null : parsed.error, ask, change };
}
