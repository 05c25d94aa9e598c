import type { EntryRow } from '../../../shared/entry.ts';
import type { RuleInfo } from '../../../shared/finding.ts';
import { counted, spanText } from './clock-text.ts';
import { Familiarity } from './familiarity.ts';
import { forked } from './forked.ts';
import { actorName, type Hit, type Rule, type RuleRun } from './rule.ts';
import { accountOf, networkOf } from './subject.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** So many failures in so short a time are a program, from an address nobody has signed in from. */
const STRANGER_FAILURES = 5;
const STRANGER_WINDOW_MS = 15 * MINUTE_MS;
/** A person at a familiar address may mistype for longer before it looks like a program. */
const FAMILIAR_FAILURES = 10;
/** Slow guessing: so many in a day. */
const SLOW_FAILURES = 12;
/** One attack ends after so long without a failure that shares its address, network or account. */
const PAUSE_MS = 24 * HOUR_MS;

const INFO: RuleInfo = {
  id: 'repeated-failed-logins',
  title: 'Repeated failed sign-ins',
  description: `${STRANGER_FAILURES} or more failed sign-ins within ${STRANGER_WINDOW_MS / MINUTE_MS} minutes from one address that nobody has signed in from (${FAMILIAR_FAILURES} from a familiar one), or ${SLOW_FAILURES} within a day. The window slides. Failures that share an address, a network or an account within a day are one attack.`,
  severity: 'medium',
  technique: { id: 'T1110', name: 'Brute Force', attackVersion: '17.1' },
  controls: [
    'SOC 2 CC6.1',
    'SOC 2 CC6.6',
    'SOC 2 CC7.2',
    'ISO 27001 A.8.16',
    'PCI DSS 10.4.1',
    'HIPAA 164.308(a)(5)(ii)(C)',
  ],
  enabled: true,
  version: 2,
  falsePositives: ['A program that goes on with an old password', 'A penetration test that was announced'],
  runbook:
    'Check whether any of the accounts signed in from these addresses afterwards; block the network; ask for new passwords where a guess came close.',
};

type Attack = { entries: EntryRow[]; last: number; subjects: Set<string> };

type State = {
  readonly familiarity: Familiarity;
  /** Failures of the last day by address and by account: what an attack brings with it once it is seen to be one. */
  readonly recent: Map<string, EntryRow[]>;
  readonly attacks: Map<string, Attack>;
  readonly over: EntryRow[][];
};

/** Guessing of passwords, by one or many addresses, on one or many accounts: one attack is one finding. */
export const REPEATED_FAILURES: Rule = {
  info: INFO,
  concerns: (info) => info.meaning === 'login_succeeded' || info.meaning === 'login_failed',
  start: ({ places }) =>
    begin({ familiarity: new Familiarity(places), recent: new Map(), attacks: new Map(), over: [] }),
};

function begin(state: State): RuleRun {
  const { familiarity, recent, attacks, over } = state;
  const close = (attack: Attack): void => {
    for (const subject of attack.subjects) if (attacks.get(subject) === attack) attacks.delete(subject);
    over.push(attack.entries);
  };
  const open = (subjects: readonly string[], ts: number): Attack => {
    const joined = new Set(subjects.flatMap((subject) => attacks.get(subject) ?? []));
    for (const attack of joined) {
      if (ts - attack.last > PAUSE_MS) {
        close(attack);
        joined.delete(attack);
      }
    }
    const [first, ...others] = joined;
    const attack = first ?? { entries: [], last: ts, subjects: new Set<string>() };
    for (const other of others) {
      attack.entries = mergedByKey(attack.entries, other.entries);
      attack.last = Math.max(attack.last, other.last);
      for (const subject of other.subjects) attack.subjects.add(subject);
    }
    for (const subject of [...(others.length > 0 ? attack.subjects : []), ...subjects]) {
      attack.subjects.add(subject);
      attacks.set(subject, attack);
    }
    return attack;
  };
  return {
    see({ row, info }) {
      if (info.meaning === 'login_succeeded') {
        familiarity.signedIn(row);
        return;
      }
      const subjects = subjectsOf(row);
      if (subjects.length === 0) return;
      const stranger = row.address === null || !familiarity.knowsAddress(row.address);
      const running = subjects
        .map((subject) => attacks.get(subject))
        .find((attack) => attack !== undefined && row.ts - attack.last <= PAUSE_MS);
      // Somebody who mistypes at home is no part of what strangers try on the same account meanwhile.
      if (running && stranger) {
        const attack = open(subjects, row.ts);
        attack.entries.push(row);
        attack.last = row.ts;
        return;
      }
      let reached: EntryRow[] = [];
      for (const subject of subjects.filter((one) => !one.startsWith('network'))) {
        const kept = (recent.get(subject) ?? []).filter((earlier) => row.ts - earlier.ts <= PAUSE_MS);
        kept.push(row);
        recent.set(subject, kept);
        const quick = kept.filter((earlier) => row.ts - earlier.ts <= STRANGER_WINDOW_MS).length;
        const enough = stranger
          ? quick >= STRANGER_FAILURES || kept.length >= SLOW_FAILURES
          : quick >= FAMILIAR_FAILURES;
        if (enough)
          reached = mergedByKey(
            reached,
            kept.filter((one) => !stranger || one.address === null || !familiarity.knowsAddress(one.address)),
          );
      }
      if (reached.length === 0) return;
      const attack = open([...new Set(reached.flatMap(subjectsOf))], row.ts);
      attack.entries = mergedByKey(attack.entries, reached);
      attack.last = row.ts;
      for (const subject of subjects) recent.delete(subject);
    },
    hits: () => [...over, ...[...new Set(attacks.values())].map((attack) => attack.entries)].map(describe),
    fork: () => begin(forked(state)),
  };
}

// What ties failures together. Where the source names no actor, the account is what was acted upon.
function subjectsOf(row: EntryRow): string[] {
  const account = accountOf(row);
  return [
    ...(row.address === null ? [] : [`address ${row.address}`, `network ${networkOf(row.address)}`]),
    ...(account === null ? [] : [`account ${account}`]),
  ];
}

function mergedByKey(a: readonly EntryRow[], b: readonly EntryRow[]): EntryRow[] {
  return [...new Map([...a, ...b].map((row) => [row.key, row])).values()].sort((x, y) => x.key - y.key);
}

function describe(all: readonly EntryRow[]): Hit {
  const entries = [...all];
  const [first] = entries as [EntryRow];
  const accounts = new Set(entries.map((row) => accountOf(row) ?? ''));
  const addresses = new Set(entries.flatMap((row) => row.address ?? []));
  const span = spanText((entries.at(-1)?.ts ?? first.ts) - first.ts);
  const on = accounts.size === 1 ? `on the account of ${actorName(first)}` : `on ${counted(accounts.size, 'account')}`;
  const from =
    addresses.size === 0
      ? ''
      : addresses.size === 1
        ? ` from ${first.address}`
        : ` from ${counted(addresses.size, 'address')}`;
  return {
    rule: INFO,
    entries,
    severity: accounts.size >= 5 || entries.length >= 50 ? 'high' : 'medium',
    actor: accounts.size === 1 ? actorName(first) : null,
    address: addresses.size === 1 ? first.address : null,
    why: `${counted(entries.length, 'failed sign-in')} ${on}${from} in ${span}; fewer than ${STRANGER_FAILURES} in fifteen minutes would be ordinary.`,
    novelty: false,
  };
}
