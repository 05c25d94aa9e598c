import type { EntryRow } from '../../../../shared/entry.ts';
import type { RuleInfo } from '../../../../shared/finding.ts';
import { countryDistanceKm } from '../../geo/distance.ts';
import { clockText, counted, spanText } from '../clock-text.ts';
import { forked } from '../forked.ts';
import { actorName, type Hit, type Rule, type RuleContext, type RuleRun } from '../rule.ts';
import { actorKey } from '../subject.ts';
import { deviceOf } from './device.ts';

/** Faster than an airliner, door to door. */
const FASTEST_KMH = 900;
/** How far a list may place an address from where it is, beside its own idea of the country. */
const ERROR_KM = 200;
const HOUR_MS = 3_600_000;
/** Beyond this one can be anywhere. */
const LONGEST_MS = 24 * HOUR_MS;
/** An address that so many people have used is an office or a way out that they share: it says nothing of where one is. */
const CROWD = 3;
/** An account that jumps so often is shared, or goes by changing ways out. */
const OFTEN = 2;

const INFO: RuleInfo = {
  id: 'impossible-travel',
  title: 'Active in two countries too soon',
  description: `The same account active from two countries whose borders are further apart than ${FASTEST_KMH} km/h allow, ${ERROR_KM} km of error given. Addresses of several people and trusted networks are never compared, accounts that jump often are not judged. Low by itself: a list places one address in ten in the wrong country.`,
  severity: 'low',
  technique: { id: 'T1078', name: 'Valid Accounts', attackVersion: '17.1' },
  controls: ['SOC 2 CC6.1', 'SOC 2 CC6.6', 'SOC 2 CC7.2', 'ISO 27001 A.8.16'],
  enabled: true,
  version: 1,
  falsePositives: [
    'A way out through another country (VPN, telephone abroad)',
    'An address that the list places wrongly',
  ],
  runbook:
    'Compare device and network of the two; ask the person where they were. Look when a privileged action follows.',
};

type Seen = { readonly row: EntryRow; readonly country: string };
type Trail = { last: Seen | null; jumps: number };

type State = { readonly trails: Map<string, Trail>; readonly peopleAt: Map<string, Set<string>>; readonly hits: Hit[] };

/** What one person cannot do: be in two countries at once. */
export const IMPOSSIBLE_TRAVEL: Rule = {
  info: INFO,
  concerns: (info) => info.meaning !== 'login_failed',
  start: (context) => begin(context, { trails: new Map(), peopleAt: new Map(), hits: [] }),
};

function begin(context: RuleContext, state: State): RuleRun {
  const { zone, places, trusted } = context;
  const { trails, peopleAt, hits } = state;
  return {
    see({ row }) {
      const actor = actorKey(row);
      if (actor === null || row.address === null) return;
      let trail = trails.get(actor);
      if (trail === undefined) {
        trail = { last: null, jumps: 0 };
        trails.set(actor, trail);
      }
      const { last } = trail;
      if (last?.row.address === row.address) {
        trail.last = { row, country: last.country };
        return;
      }
      const people = joined(peopleAt, row.address, actor);
      const { country } = places.of(row.address);
      if (country === null || people >= CROWD || trusted(row.address)) return;
      trail.last = { row, country };
      if (last === null || last.country === country || row.ts - last.row.ts > LONGEST_MS) return;
      // The other end may have become everybody's since.
      if ((peopleAt.get(last.row.address ?? '')?.size ?? 0) >= CROWD) return;
      const km = countryDistanceKm(last.country, country);
      if (km === null || km - ERROR_KM <= (FASTEST_KMH * (row.ts - last.row.ts)) / HOUR_MS) return;
      trail.jumps++;
      if (trail.jumps <= OFTEN) hits.push(describe(last, { row, country }, km, zone));
    },
    hits: () => hits,
    fork: () => begin(context, forked(state)),
  };
}

function joined(peopleAt: Map<string, Set<string>>, address: string, actor: string): number {
  const people = peopleAt.get(address);
  if (people === undefined) peopleAt.set(address, new Set([actor]));
  else if (people.size < CROWD) people.add(actor);
  return people?.size ?? 1;
}

function describe(last: Seen, now: Seen, km: number, zone: string): Hit {
  const span = Math.max(now.row.ts - last.row.ts, 0);
  const speed = Math.round((km - ERROR_KM) / Math.max(span / HOUR_MS, 1 / 60));
  const device = deviceOf(now.row.agent);
  const same = device !== null && device === deviceOf(last.row.agent);
  return {
    rule: INFO,
    entries: [last.row, now.row],
    severity: 'low',
    actor: actorName(now.row),
    address: now.row.address,
    why: `${actorName(now.row)} acted from ${now.row.address} (${now.country}) ${clockText(now.row.ts, zone)} (${zone}), ${spanText(span)} after ${last.row.address} (${last.country}); the two countries lie ${km.toLocaleString('en-GB')} km apart.`,
    novelty: true,
    figures: [
      { name: 'Shortest way between the two countries', value: `${km} km` },
      { name: 'Speed it would take, less the error of the list', value: `${speed} km/h of ${FASTEST_KMH}` },
      { name: 'Time between', value: spanText(span) },
    ],
    against: [
      `The country is one list’s opinion, wrong for one address in ten.`,
      ...(same ? [`Both came with the same ${counted(1, 'device').slice(2)} (${device}).`] : []),
    ],
  };
}
