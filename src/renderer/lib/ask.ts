import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { knownActions } from '../../shared/action.ts';
import { answer, type Offer, readQuestion } from '../../shared/ask/ask.ts';
import { lookUps } from '../../shared/ask/names.ts';
import type { Output } from '../../shared/contract.ts';
import { EVERYTHING } from '../../shared/filter/filter.ts';
import { useArchive, useZone } from './app-state.ts';
import { distinctOptions, facetOptions } from './queries.ts';

const ACTIONS = 100;
// One more than are named one by one, which tells that there are many.
const VALUES = 5;

export type Asking = Offer & {
  readonly text: string;
  /** It is a question at its face, which Enter answers. */
  readonly question: boolean;
  /** False while the names of the text are still being looked up. */
  readonly ready: boolean;
};

/**
 * The filter that answers a plain question, by rules and by the names in the archive; null where the text is none, or while
 * its names are being looked up.
 */
export function useAsk(text: string): Asking | null {
  const archive = useArchive();
  const zone = useZone();
  const everything = useMemo(() => ({ filter: EVERYTHING, zone }), [zone]);
  const actions = useQuery(facetOptions(archive, everything, 'action', ACTIONS)).data;
  const held = useMemo(() => heldIn(actions ?? null), [actions]);
  const reading = useMemo(() => readQuestion(text, { zone, nowMs: Date.now(), held }), [text, zone, held]);
  const wanted = useMemo(() => lookUps(reading?.names ?? []), [reading]);
  const found = useQueries({
    queries: wanted.map(({ name, field }) => {
      // What begins with another name answers nothing.
      const { placeholderData: _others, ...options } = distinctOptions(archive, field, name, VALUES);
      return options;
    }),
  });
  const last = useRef<Asking | null>(null);
  if (reading === null) {
    last.current = null;
    return null;
  }
  // The offer before stays in sight meanwhile, so that nothing jumps.
  if (found.some((one) => one.isPending)) return last.current && { ...last.current, text, ready: false };
  const offer = answer(
    reading,
    (name, field) =>
      (found[wanted.findIndex((one) => one.name === name && one.field === field)]?.data ?? []).flatMap(
        ({ value, label }) => (value === null ? [] : [{ value, label }]),
      ),
    held,
  );
  last.current = offer && { ...offer, text, question: reading.question, ready: true };
  return last.current;
}

// Of a list that is cut off, any known action may be held as well.
function heldIn(facet: Output<'entries.facets'>[number] | null): readonly string[] {
  const listed = (facet?.values ?? []).flatMap(({ value }) => value ?? []);
  return facet !== null && facet.others > 0 ? [...listed, ...knownActions()] : listed;
}
