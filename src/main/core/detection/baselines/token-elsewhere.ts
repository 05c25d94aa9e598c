import type { EntryRow } from '../../../../shared/entry.ts';
import type { RuleInfo } from '../../../../shared/finding.ts';
import { clockText, counted } from '../clock-text.ts';
import { Familiarity, placeKey } from '../familiarity.ts';
import { forked } from '../forked.ts';
import { actorName, type Hit, type Rule, type RuleContext, type RuleRun } from '../rule.ts';
import { actorKey } from '../subject.ts';

/** A token that is used from so many networks is carried about: nothing is new to it. */
const MOST_PLACES = 5;

const INFO: RuleInfo = {
  id: 'token-used-elsewhere',
  title: 'API token used from elsewhere',
  description:
    'A token acts from a network where neither it nor anybody here has been, after it was used or made somewhere else.',
  severity: 'medium',
  technique: { id: 'T1528', name: 'Steal Application Access Token', attackVersion: '17.1' },
  controls: ['SOC 2 CC6.1', 'SOC 2 CC6.6', 'SOC 2 CC7.2', 'ISO 27001 A.8.16', 'PCI DSS 8.6.3'],
  enabled: true,
  version: 1,
  falsePositives: ['A build service that moved', 'A token that is meant to travel'],
  runbook: 'Ask its owner where the token runs; revoke it where they do not know the network, and look at what it did.',
};

type Token = { readonly made: EntryRow; readonly places: Set<string>; uses: number };
type State = { readonly familiarity: Familiarity; readonly tokens: Map<string, Token>; readonly hits: Hit[] };

/** Tokens that act under their own name, seen where they have no business. */
export const TOKEN_ELSEWHERE: Rule = {
  info: INFO,
  concerns: ({ meaning }) => meaning !== 'login_failed',
  start: (context) => begin(context, { familiarity: new Familiarity(context.places), tokens: new Map(), hits: [] }),
};

function begin(context: RuleContext, state: State): RuleRun {
  const { familiarity, tokens, hits } = state;
  const { places, trusted, zone } = context;
  return {
    see({ row, info }) {
      if (info.meaning === 'login_succeeded') familiarity.signedIn(row);
      if (info.meaning === 'token_created') {
        const place = placeKey(row.address, places);
        const token: Token = { made: row, places: new Set(place === null ? [] : [place]), uses: 0 };
        for (const key of [row.target?.id, row.target?.name]) if (key) tokens.set(key, token);
        return;
      }
      if (tokens.size === 0 || row.actor === null) return;
      const token = tokens.get(row.actor.id ?? '') ?? tokens.get(row.actor.name ?? '');
      const place = token === undefined ? null : placeKey(row.address, places);
      if (token === undefined || place === null || actorKey(token.made) === actorKey(row)) return;
      const elsewhere = token.uses > 0 && !token.places.has(place) && token.places.size < MOST_PLACES;
      if (elsewhere && familiarity.peopleAt(place) === 0 && !trusted(row.address))
        hits.push(describe(row, token, zone));
      token.uses++;
      token.places.add(place);
    },
    hits: () => hits,
    fork: () => begin(context, forked(state)),
  };
}

function describe(row: EntryRow, { made, places, uses }: Token, zone: string): Hit {
  return {
    rule: INFO,
    entries: [row],
    severity: 'medium',
    actor: actorName(row),
    address: row.address,
    why: `The token ${actorName(row)}, made by ${actorName(made)} ${clockText(made.ts, zone)} (${zone}), acted ${clockText(row.ts, zone)} from ${row.address}, a network where neither it nor anybody here had been; ${counted(uses, 'earlier use')} came from ${counted(places.size, 'network')}.`,
    novelty: false,
    figures: [{ name: 'Earlier uses of the token from this network', value: `0 of ${uses}` }],
  };
}
