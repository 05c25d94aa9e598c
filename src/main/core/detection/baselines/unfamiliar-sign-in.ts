import type { EntryRow } from '../../../../shared/entry.ts';
import type { RuleInfo } from '../../../../shared/finding.ts';
import { clockText, counted } from '../clock-text.ts';
import { Familiarity } from '../familiarity.ts';
import { actorName, type Hit, type Rule } from '../rule.ts';
import { actorKey, networkOf } from '../subject.ts';

/** Before so many sign-ins or days there is no habit to depart from. */
const ENOUGH_SIGN_INS = 10;
const ENOUGH_MS = 14 * 86_400_000;
/** An account that signs in from so many networks is shared, or a machine: nothing is new to it. */
const TOO_MANY_NETWORKS = 60;
const DORMANT_MS = 60 * 86_400_000;

const UNFAMILIAR: RuleInfo = {
  id: 'unfamiliar-sign-in',
  title: 'Sign-in from an unfamiliar place or device',
  description: `A sign-in from a network that neither the person nor anybody else has used, or with a device the person has not used, after ${ENOUGH_SIGN_INS} sign-ins or 14 days of history. Low by itself: people travel and buy telephones.`,
  severity: 'low',
  technique: { id: 'T1078', name: 'Valid Accounts', attackVersion: '17.1' },
  controls: ['SOC 2 CC6.1', 'SOC 2 CC6.6', 'SOC 2 CC7.2', 'ISO 27001 A.8.16'],
  enabled: true,
  version: 1,
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

type History = { signIns: number; first: number; networks: number; devices: Set<string> };

/** Sign-ins that depart from the person's own habit. */
export const UNFAMILIAR_SIGN_IN: Rule = {
  info: UNFAMILIAR,
  start({ zone }) {
    const familiarity = new Familiarity();
    const histories = new Map<string, History>();
    const hits: Hit[] = [];
    return {
      see({ row, info }) {
        if (info.meaning !== 'login_succeeded') return;
        const actor = actorKey(row);
        if (actor === null) return;
        const network = networkOf(row.address);
        const device = deviceOf(row.agent);
        let history = histories.get(actor);
        if (history === undefined) {
          history = { signIns: 0, first: row.ts, networks: 0, devices: new Set() };
          histories.set(actor, history);
        }
        const judged =
          history.signIns >= ENOUGH_SIGN_INS || (history.signIns > 2 && row.ts - history.first >= ENOUGH_MS);
        const newHere = network !== null && !familiarity.hasUsed(actor, network);
        const newPlace = newHere && familiarity.peopleAt(network) === 0 && history.networks < TOO_MANY_NETWORKS;
        const newDevice = device !== null && !history.devices.has(device) && history.devices.size > 0;
        if (judged && (newPlace || newDevice))
          hits.push(describe(row, history, newPlace ? network : null, newDevice ? device : null, zone));
        if (newHere) history.networks++;
        if (device !== null) history.devices.add(device);
        history.signIns++;
        familiarity.signedIn(row);
      },
      finish: () => hits,
    };
  },
};

/** Accounts that wake up. */
export const DORMANT_ACCOUNT: Rule = {
  info: DORMANT,
  start({ zone }) {
    const lastSeen = new Map<string, number>();
    const hits: Hit[] = [];
    return {
      see({ row, info }) {
        const actor = actorKey(row);
        if (actor === null) return;
        const last = lastSeen.get(actor);
        if (info.meaning === 'login_failed') return;
        lastSeen.set(actor, row.ts);
        if (last === undefined || row.ts - last < DORMANT_MS || info.meaning !== 'login_succeeded') return;
        hits.push({
          rule: DORMANT,
          entries: [row],
          severity: 'low',
          actor: actorName(row),
          address: row.address,
          why: `${actorName(row)} signed in ${clockText(row.ts, zone)} (${zone}) after ${Math.floor((row.ts - last) / 86_400_000)} days without any entry.`,
          novelty: true,
        });
      },
      finish: () => hits,
    };
  },
};

function describe(row: EntryRow, history: History, network: string | null, device: string | null, zone: string): Hit {
  const place = network === null ? null : `from ${row.address}, in a network nobody here had signed in from`;
  const thing = device === null ? null : `with a device or program new to this person (${device})`;
  return {
    rule: UNFAMILIAR,
    entries: [row],
    severity: 'low',
    actor: actorName(row),
    address: row.address,
    why: `${actorName(row)} signed in ${clockText(row.ts, zone)} (${zone}) ${[place, thing].filter((one) => one !== null).join(' and ')}; ${counted(history.signIns, 'earlier sign-in')} came from ${counted(history.networks, 'network')} with ${counted(history.devices.size, 'device')}.`,
    novelty: true,
  };
}

const devices = new Map<string, string>();

/** An agent without its versions: an update is no new device. */
export function deviceOf(agent: string | null): string | null {
  if (agent === null || agent === '') return null;
  let device = devices.get(agent);
  if (device === undefined) {
    const words = agent.slice(0, 400).match(/[A-Za-z]{3,}/g) ?? [];
    device = [...new Set(words)].slice(0, 12).join(' ') || agent.slice(0, 40);
    if (devices.size > 20_000) devices.clear();
    devices.set(agent, device);
  }
  return device;
}
