import type { EntryRow } from '../../../shared/entry.ts';
import type { RuleInfo } from '../../../shared/finding.ts';
import { clockText, counted, spanText } from './clock-text.ts';
import { Familiarity } from './familiarity.ts';
import { forked } from './forked.ts';
import { actorName, type Hit, type Rule, type RuleRun } from './rule.ts';
import { isSensitive } from './sensitive.ts';
import { accountOf, actorKey } from './subject.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const QUICK_FAILURES = 5;
const QUICK_MS = HOUR_MS;
/** Slow: a few failures spread over hours or days, from an address nobody has ever signed in from. */
const SLOW_FAILURES = 3;
const SLOW_SPREAD_MS = 6 * HOUR_MS;
const SLOW_MS = 14 * DAY_MS;
/** Many accounts tried from the address within a day, and now one opens. */
const SPRAYED_ACCOUNTS = 8;
/** What the account does after the door gave way belongs to the same happening for this long. */
const AFTERMATH_MS = 6 * HOUR_MS;
const MOST_KEPT = 5_000;

const INFO: RuleInfo = {
  id: 'failures-then-success',
  title: 'Sign-in after repeated failures',
  description: `A successful sign-in after ${QUICK_FAILURES} failures of that person from that address within the hour; or from an address nobody has signed in from, after ${SLOW_FAILURES} failures spread over ${SLOW_SPREAD_MS / HOUR_MS} hours or more of the last ${SLOW_MS / DAY_MS} days, or after ${SPRAYED_ACCOUNTS} accounts were tried within a day.`,
  severity: 'high',
  technique: { id: 'T1110.001', name: 'Password Guessing', attackVersion: '17.1' },
  controls: [
    'SOC 2 CC6.1',
    'SOC 2 CC6.6',
    'SOC 2 CC7.2',
    'SOC 2 CC7.3',
    'ISO 27001 A.8.16',
    'PCI DSS 10.4.1',
    'HIPAA 164.308(a)(5)(ii)(C)',
  ],
  enabled: true,
  version: 2,
  falsePositives: ['A person who mistypes at home and then gets it right (low where the address is familiar)'],
  runbook:
    'Ask the person; if it was not them, end the sessions, change the password, revoke what was created since, and look at everything from this address.',
};

type Breach = {
  entries: EntryRow[];
  success: EntryRow;
  failures: number;
  since: number;
  sensitive: number;
  familiar: boolean;
};

type State = {
  readonly failures: Map<string, EntryRow[]>;
  readonly familiarity: Familiarity;
  readonly breaches: Map<string, Breach>;
  readonly over: Breach[];
};

/** Failed sign-ins, then one that succeeds from the same address: the guess was right. */
export const FAILURES_THEN_SUCCESS: Rule = {
  info: INFO,
  concerns: () => true,
  start: ({ zone, places }) =>
    begin(zone, { failures: new Map(), familiarity: new Familiarity(places), breaches: new Map(), over: [] }),
};

function begin(zone: string, state: State): RuleRun {
  const { failures, familiarity, breaches, over } = state;
  return {
    see(subject) {
      const { row, info } = subject;
      const signIn = info.meaning === 'login_failed' || info.meaning === 'login_succeeded';
      if (!signIn && breaches.size === 0) return;
      const actor = actorKey(row);
      const place = row.address ?? `actor ${actor}`;
      const breach = breaches.get(place);
      if (breach) {
        if (row.ts - breach.success.ts > AFTERMATH_MS) {
          breaches.delete(place);
          over.push(breach);
        }
        // From a place that only the intruder uses everything counts, under whatever account.
        else if (actor !== null && (actor === actorKey(breach.success) || !breach.familiar)) {
          breach.entries.push(row);
          if (isSensitive(subject)) breach.sensitive++;
          return;
        }
      }
      if (info.meaning === 'login_failed') {
        const kept = failures.get(place) ?? [];
        kept.push(row);
        failures.set(place, kept.length > MOST_KEPT ? kept.slice(-MOST_KEPT / 2) : kept);
      } else if (info.meaning === 'login_succeeded' && actor !== null) {
        const found = failures.has(place) ? breachOf(row, actor, failures.get(place) ?? [], familiarity) : null;
        if (found) {
          breaches.set(place, found);
          failures.delete(place);
        }
        familiarity.signedIn(row);
      }
    },
    hits: () => [...over, ...breaches.values()].map((breach) => describe(breach, zone)),
    fork: () => begin(zone, forked(state)),
  };
}

function breachOf(row: EntryRow, actor: string, kept: readonly EntryRow[], familiarity: Familiarity): Breach | null {
  const before = kept.filter((earlier) => row.ts - earlier.ts <= SLOW_MS);
  const quick = before.filter((earlier) => row.ts - earlier.ts <= QUICK_MS && accountOf(earlier) === actor);
  const familiar = row.address !== null && familiarity.hasUsed(actor, row.address);
  const stranger = row.address !== null && !familiarity.knowsAddress(row.address);
  const spread = row.ts - (before[0]?.ts ?? row.ts);
  const slow = stranger && before.length >= SLOW_FAILURES && spread >= SLOW_SPREAD_MS;
  const today = before.filter((earlier) => row.ts - earlier.ts <= DAY_MS);
  const sprayed = stranger && new Set(today.map(accountOf)).size >= SPRAYED_ACCOUNTS;
  if (quick.length < QUICK_FAILURES && !slow && !sprayed) return null;
  const entries = slow ? before : sprayed ? today : quick;
  return {
    entries: [...entries, row],
    success: row,
    failures: entries.length,
    since: entries[0]?.ts ?? row.ts,
    sensitive: 0,
    familiar,
  };
}

function describe(breach: Breach, zone: string): Hit {
  const { success } = breach;
  const entries = [...breach.entries];
  const place = breach.familiar
    ? ', where this person had signed in before'
    : ', where this person had never signed in before';
  const after =
    breach.sensitive > 0 ? ` ${counted(breach.sensitive, 'sensitive action')} followed from the same address.` : '';
  return {
    rule: INFO,
    entries,
    // Somebody who mistypes at home and then gets it right is no news.
    severity: breach.familiar ? 'low' : breach.sensitive > 0 ? 'critical' : 'high',
    actor: actorName(success),
    address: success.address,
    why: `${actorName(success)} signed in ${clockText(success.ts, zone)} (${zone}) after ${counted(breach.failures, 'failed sign-in')} in ${spanText(success.ts - breach.since)}${success.address ? ` from ${success.address}${place}` : ''}.${after}`,
    novelty: breach.familiar,
    figures: [
      { name: 'Failures before the sign-in', value: String(breach.failures) },
      { name: 'Sensitive actions after it from the same address', value: String(breach.sensitive) },
    ],
    against: breach.familiar ? ['The person had signed in from this address before.'] : [],
  };
}
