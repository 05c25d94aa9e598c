import { type Random, randomFor } from '../../src/main/core/simulator/random.ts';
import { knownActions } from '../../src/shared/action.ts';
import { END_MS, FAILURE } from './data/entries.ts';
import { SEARCH_WORDS } from './data/metadata.ts';
import { makePools, TEAM_IDS } from './data/pools.ts';

/** What entries are asked about; every part must hold. `toMs` is inclusive, milliseconds UTC. */
export type Where = {
  readonly toMs: number;
  readonly action?: string;
  readonly category?: string;
  /** An e-mail address. */
  readonly actor?: string;
  readonly team?: string;
  /** In any field, whatever its case. */
  readonly text?: string;
};

export type Question =
  /** The newest 200 after `offset` others: all columns, newest first. */
  | { readonly ask: 'page'; readonly where: Where; readonly offset: number }
  | { readonly ask: 'count'; readonly where: Where }
  /** The count, and the 20 commonest of actions, categories, actors and teams with the rest of each. */
  | { readonly ask: 'facets'; readonly where: Where }
  /** By day and category. */
  | { readonly ask: 'histogram'; readonly where: Where }
  /** How many of the entries end ten of one actor within ten minutes, and of how many actors. */
  | { readonly ask: 'bursts'; readonly where: Where };

/** A line of the table: the same question in every round, about something else each time. */
export type Line = { readonly name: string; readonly question: Question };

export const PAGE = 200;
export const TOP = 20;
export const FACETS = ['action', 'category', 'actor', 'team'] as const;
export const BURST = { size: 10, withinMs: 600_000 } as const;

const SEED = 7;
const DAY_MS = 86_400_000;
const RARE = ['audit_log.exported', 'integration.connected', 'service_account.created', 'report.viewed'];
const people = makePools(SEED).people;

/** The questions of one round. No two rounds ask the same, so that nobody can answer from memory. */
export function linesOf(round: number, entries: number): readonly Line[] {
  const lot = randomFor(SEED, 'questions', round);
  const until = (): Where => ({ toMs: END_MS - 1 - lot.int(0, 90 * DAY_MS) });
  const team = TEAM_IDS[round % TEAM_IDS.length] ?? '';
  const actor = people[3 + 2 * round]?.email ?? '';
  const rare = RARE[round % RARE.length] ?? '';
  const word = SEARCH_WORDS[round % SEARCH_WORDS.length] ?? '';
  return [
    { name: 'page of 200, common filter', question: page({ ...until(), category: 'tunnel' }) },
    { name: 'page of 200, rare filter', question: page({ ...until(), action: rare }) },
    {
      name: 'page of 200, deep position',
      question: page({ ...until(), category: 'tunnel' }, Math.round(entries * (0.1 + 0.1 * lot.fraction()))),
    },
    { name: 'count, 1 filter', question: count({ ...until(), action: knownAction(lot) }) },
    { name: 'count, 2 filters', question: count({ ...until(), category: 'tunnel', team }) },
    { name: 'count, 2 filters *', question: count({ ...until(), category: 'tunnel', actor }) },
    { name: 'count, 3 filters', question: count({ ...until(), category: 'authentication', team, actor }) },
    { name: 'count and four facets', question: { ask: 'facets', where: until() } },
    { name: 'histogram, day × category', question: { ask: 'histogram', where: until() } },
    { name: 'text in any field, a word', question: count({ ...until(), text: word }) },
    { name: 'text in any field, part of an id', question: count({ ...until(), text: lot.hex(5) }) },
    { name: 'ten failures in ten minutes', question: { ask: 'bursts', where: { ...until(), action: FAILURE } } },
  ];
}

function page(where: Where, offset = 0): Question {
  return { ask: 'page', where, offset };
}

function count(where: Where): Question {
  return { ask: 'count', where };
}

function knownAction(lot: Random): string {
  return lot.pick(knownActions());
}
