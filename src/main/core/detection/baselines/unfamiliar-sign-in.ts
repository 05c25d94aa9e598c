import type { EntryRow } from '../../../../shared/entry.ts';
import type { Place, RuleInfo } from '../../../../shared/finding.ts';
import { clockText, counted } from '../clock-text.ts';
import { Familiarity, placeKey } from '../familiarity.ts';
import { forked } from '../forked.ts';
import { actorName, type Hit, type Rule, type RuleContext, type RuleRun } from '../rule.ts';
import { actorKey } from '../subject.ts';
import { deviceOf } from './device.ts';

/** Before so many sign-ins or days there is no habit to depart from. */
const ENOUGH_SIGN_INS = 10;
const ENOUGH_MS = 14 * 86_400_000;
/** An account that signs in from so many networks is shared, or a machine: nothing is new to it. */
const TOO_MANY_NETWORKS = 60;
const DORMANT_MS = 60 * 86_400_000;

const UNFAMILIAR: RuleInfo = {
  id: 'unfamiliar-sign-in',
  title: 'Sign-in from an unfamiliar place or device',
  description: `A sign-in from a network that neither the person nor anybody else has used, from a country or with a device that the person has not used, after ${ENOUGH_SIGN_INS} sign-ins or 14 days of history. Trusted networks and countries are no unfamiliar places. Low by itself: people travel and buy telephones.`,
  severity: 'low',
  technique: { id: 'T1078', name: 'Valid Accounts', attackVersion: '17.1' },
  controls: ['SOC 2 CC6.1', 'SOC 2 CC6.6', 'SOC 2 CC7.2', 'ISO 27001 A.8.16'],
  enabled: true,
  version: 3,
  falsePositives: ['Travel', 'A new provider, telephone or browser'],
  runbook: 'Nothing by itself; look when failures or a privileged action stand beside it.',
};

const DORMANT: RuleInfo = {
  id: 'dormant-account-active',
  title: 'Dormant account active again',
  description: `A sign-in by an account that had done nothing for ${DORMANT_MS / 86_400_000} days or more. Low by itself; it rises when a privileged action follows.`,
  severity: 'low',
  technique: { id: 'T1078', name: 'Valid Accounts', attackVersion: '17.1' },
  controls: ['SOC 2 CC6.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.18', 'PCI DSS 8.2.6'],
  enabled: true,
  version: 1,
  falsePositives: ['Parental or sick leave', 'A seasonal worker'],
  runbook: 'Ask the person’s manager whether they are back; disable the account if nobody knows.',
};

type SignIns = { signIns: number; first: number; networks: number; devices: Set<string> };

type State = {
  readonly familiarity: Familiarity;
  readonly countries: Map<string, Map<string, number>>;
  readonly histories: Map<string, SignIns>;
  readonly hits: Hit[];
};

/** Sign-ins that depart from the person's own habit. */
export const UNFAMILIAR_SIGN_IN: Rule = {
  info: UNFAMILIAR,
  concerns: (info) => info.meaning === 'login_succeeded',
  start: (context) =>
    begin(context, {
      familiarity: new Familiarity(context.places),
      countries: new Map(),
      histories: new Map(),
      hits: [],
    }),
};

function begin(context: RuleContext, state: State): RuleRun {
  const { zone, places, trusted, expectedIn } = context;
  const { familiarity } = state;
  return {
    see({ row }) {
      const actor = actorKey(row);
      if (actor === null) return;
      const place = places.of(row.address);
      const network = placeKey(row.address, places);
      const { country } = place;
      const device = deviceOf(row.agent);
      let history = state.histories.get(actor);
      if (history === undefined) {
        history = { signIns: 0, first: row.ts, networks: 0, devices: new Set() };
        state.histories.set(actor, history);
      }
      const judged = history.signIns >= ENOUGH_SIGN_INS || (history.signIns > 2 && row.ts - history.first >= ENOUGH_MS);
      const newHere = network !== null && !familiarity.hasUsed(actor, network);
      const own = trusted(row.address) || expectedIn(country);
      const stranger = newHere && history.networks < TOO_MANY_NETWORKS && !own;
      const newPlace = stranger && familiarity.peopleAt(network) === 0;
      const countries = state.countries.get(actor) ?? new Map<string, number>();
      // Where colleagues are is nowhere new: an office, a provider they share.
      const newCountry = newPlace && country !== null && countries.size > 0 && !countries.has(country);
      const newDevice = device !== null && !history.devices.has(device) && history.devices.size > 0;
      if (judged && (newPlace || newDevice))
        state.hits.push(
          describe(
            row,
            history,
            {
              place: newPlace ? nameOfNetwork(place.network) : null,
              country: newCountry ? country : null,
              device: newDevice ? device : null,
            },
            countries,
            zone,
          ),
        );
      if (country !== null) {
        countries.set(country, (countries.get(country) ?? 0) + 1);
        state.countries.set(actor, countries);
      }
      if (newHere) history.networks++;
      if (device !== null) history.devices.add(device);
      history.signIns++;
      familiarity.signedIn(row);
    },
    hits: () => state.hits,
    fork: () => begin(context, forked(state)),
  };
}

/** Accounts that wake up. */
export const DORMANT_ACCOUNT: Rule = {
  info: DORMANT,
  concerns: (info) => info.meaning === 'login_succeeded',
  start: ({ zone }) => beginDormant(zone, []),
};

function beginDormant(zone: string, noticed: Hit[]): RuleRun {
  return {
    see({ row }, { lastActive }) {
      if (lastActive === null || row.ts - lastActive < DORMANT_MS) return;
      const days = Math.floor((row.ts - lastActive) / 86_400_000);
      noticed.push({
        rule: DORMANT,
        entries: [row],
        severity: 'low',
        actor: actorName(row),
        address: row.address,
        why: `${actorName(row)} signed in ${clockText(row.ts, zone)} (${zone}) after ${days} days without any entry.`,
        novelty: true,
        figures: [{ name: 'Days without an entry', value: `${days}, of interest from ${DORMANT_MS / 86_400_000}` }],
      });
    },
    hits: () => noticed,
    fork: () => beginDormant(zone, [...noticed]),
  };
}

type New = { readonly place: string | null; readonly country: string | null; readonly device: string | null };

function describe(
  row: EntryRow,
  history: SignIns,
  { place, country, device }: New,
  countries: ReadonlyMap<string, number>,
  zone: string,
): Hit {
  const parts = [
    ...(place === null ? [] : [`from ${row.address}${place}, a network nobody here had signed in from`]),
    ...(country === null
      ? []
      : [`from ${place === null ? `${row.address} in ` : ''}${country}, where this person had never signed in`]),
    ...(device === null ? [] : [`with a device or program new to this person (${device})`]),
  ];
  const of = history.signIns;
  const places = [...countries].map(([code, n]) => `${code} ${n}`).join(', ');
  return {
    rule: UNFAMILIAR,
    entries: [row],
    severity: 'low',
    actor: actorName(row),
    address: row.address,
    why: `${actorName(row)} signed in ${clockText(row.ts, zone)} (${zone}) ${parts.join(' and ')}; ${counted(of, 'earlier sign-in')} came from ${counted(history.networks, 'network')} with ${counted(history.devices.size, 'device')}.`,
    novelty: true,
    figures: [
      ...(place === null ? [] : [{ name: 'Earlier sign-ins of anybody from this network', value: '0' }]),
      ...(country === null
        ? []
        : [{ name: `Earlier sign-ins of this person from ${country}`, value: `0 of ${of} (${places})` }]),
      ...(device === null ? [] : [{ name: 'Earlier sign-ins of this person with this device', value: `0 of ${of}` }]),
    ],
    against: [
      ...(place === null && country === null ? ['The network is known here.'] : []),
      ...(device === null && history.devices.size > 0 ? ['The device is one this person has used before.'] : []),
    ],
  };
}

function nameOfNetwork(network: Place['network']): string {
  return network === null ? '' : ` (${network.name || `AS${network.number}`})`;
}
