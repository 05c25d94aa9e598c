import { countryOfText } from '../country.ts';
import { isAddressOrNetwork } from '../filter/address.ts';
import type { Filter, FilterField, Term } from '../filter/filter.ts';
import { type Deed, keptOut, memberActions, takeDeed } from './deeds.ts';
import { aboutTerms, type LookUp, matched, type Name, namesIn, termsOf } from './names.ts';
import { takeTime } from './times.ts';
import { Words } from './words.ts';

/** What a question is read with: the zone of its dates, now (milliseconds UTC), and the actions the archive holds. */
export type AskContext = { readonly zone: string; readonly nowMs: number; readonly held: readonly string[] };

/** What is understood of a question before its names are looked up. */
export type Reading = {
  readonly filter: Filter;
  readonly names: readonly Name[];
  readonly deed: Deed | null;
  /** It asks what keeps somebody out. */
  readonly shut: boolean;
  /** It is a question at its face: asked with a question word, or a question mark. */
  readonly question: boolean;
};

/** A filter that answers a question; `missed` are its words that nobody understood. */
export type Offer = { readonly filter: Filter; readonly missed: readonly string[] };

const LONGEST = 300;
const QUESTION =
  /who(?:m|se)?|what(?:'s)?|when|where|which|why|how (?:many|often|much)|did|was|were|has|have|is|are|show|list|find|any|anyone|anybody|all/;
// Asked of a manual, not of a log.
const NOT_OURS =
  /how (?:do|can|should|would|could|to|does)|what (?:is|are) (?:a|an)|can (?:i|you|we)|could (?:i|you|we)|should|please|tell|write|help|why do(?:es)?/;
// Nothing is done by a search, and none should seem to be.
const COMMAND =
  /create|delete|remove|add|invite|change|disable|enable|revoke|start|stop|rename|export|reset|update|turn (?:off|on)/;
const OFF_HOURS =
  '(?:(?:out|outside)(?: of)? )(?:the )?(?:normal )?(?:(?:office|working|business|work) )?hours|(?:off|after|out[ -]of)[ -]?hours|(?:at|by) night|nights|(?:at|on|over) weekends|on (?:public )?holidays';
const IN_HOURS = '(?:in|during|within) (?:the )?(?:office|working|business|work) hours';
const SHUT_OUT = "can't|cannot|can not|couldn't|could not|can no longer|unable to|not able to|not|no longer";
const GET_IN = '(?:get|log|sign|getting)[ -]?(?:in(?:to)?|on)(?: any ?more)?|locked out|connect|access';

/** Whether a text is a question at its face, so that it may be answered without being chosen. */
export function isQuestion(text: string): boolean {
  const words = new Words(text);
  return words.length > 1 && (words.beginsWith(QUESTION) || text.trim().endsWith('?')) && !words.beginsWith(NOT_OURS);
}

/**
 * Reads a plain question of the common kinds by rules. Null where it is a query of the filter language, a single word, a
 * command, or nothing that a log could answer.
 */
export function readQuestion(text: string, { zone, nowMs, held }: AskContext): Reading | null {
  if (text.length > LONGEST || /(?:^|\s)-?[a-z_]+:(?!\s|$)/iu.test(text) || /(?:^|\s)-\S/u.test(text)) return null;
  const words = new Words(text);
  if (words.length < 2 || words.beginsWith(NOT_OURS) || words.beginsWith(COMMAND)) return null;
  const terms: Term[] = [];
  const add = (field: FilterField, value: string): number => terms.push({ field, value, negated: false });

  const time = takeTime(words, zone, nowMs);
  if (words.take(OFF_HOURS)) add('hours', 'off');
  else if (words.take(IN_HOURS)) add('hours', 'office');
  terms.push(...takePlaces(words));
  const shut =
    words.beginsWith(/why|since when|is|did/) && words.take(SHUT_OUT) !== null && words.take(GET_IN) !== null;
  const deed = shut ? null : takeDeed(words, held);
  for (const action of shut ? keptOut(held) : (deed?.actions ?? [])) add('action', action);
  return { filter: { terms, ...time }, names: namesIn(words, deed), deed, shut, question: isQuestion(text) };
}

/**
 * The filter for a question whose names were looked up. Null where less is understood of it than not, or nothing but names
 * that nobody asked about.
 */
export function answer(
  { filter, names, deed, shut, question }: Reading,
  find: LookUp,
  held: readonly string[],
): Offer | null {
  const { matches, missed: unknown } = matched(names, find);
  const missed = deed?.missed ? [deed.missed, ...unknown] : unknown;
  const { terms, ...time } = filter;
  const timed = Object.keys(time).length > 0;
  if (shut && matches.length === 0) return null;
  if (terms.length === 0 && matches.length === 0 && (!timed || missed.length > 0)) return null;
  if (terms.length === 0 && !timed && !question) return null;
  if (missed.length > matches.length + (deed === null && !shut ? 0 : 1)) return null;
  const members = matches.some(({ field }) => field === 'team') && deed !== null ? memberActions(deed, held) : null;
  const own =
    members === null ? terms : [...terms.filter(({ field }) => field !== 'action'), ...members.map(actionTerm)];
  return { filter: { terms: [...own, ...matches.flatMap(shut ? aboutTerms : termsOf)], ...time }, missed };
}

function actionTerm(value: string): Term {
  return { field: 'action', value, negated: false };
}

// Countries after a word of place, and addresses anywhere.
function takePlaces(words: Words): Term[] {
  const places: Term[] = [];
  for (const { at, text } of words.left()) {
    if (/^[\d.:a-f/]*[.:][\d.:a-f/]*$/iu.test(text) && /\d/.test(text) && isAddressOrNetwork(text)) {
      if (words.takeAt(at, 1)) places.push({ field: 'ip', value: text, negated: false });
    } else if (
      /^(?:from|in|outside)$/.test(words.at(at - 1)) ||
      /^(?:from|in) the /.test(`${words.at(at - 2)} ${words.at(at - 1)} `)
    ) {
      for (const count of [4, 3, 2, 1]) {
        const name = Array.from({ length: count }, (_none, i) => words.at(at + i)).join(' ');
        const country = name.length > 2 ? countryOfText(name) : null;
        if (country === null || !words.takeAt(at, count)) continue;
        places.push({ field: 'country', value: country, negated: words.at(at - 1) === 'outside' });
        break;
      }
    }
  }
  return places;
}
