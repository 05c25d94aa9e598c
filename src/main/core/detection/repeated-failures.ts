import { describeAction } from '../../../shared/action.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import { counted, spanText } from './clock-text.ts';
import { actorKey, actorName, type Hit, type Rule } from './rule.ts';

// A person who mistypes gives up or resets well before the sixth attempt in ten minutes; a program does not.
const THRESHOLD = 6;
const WINDOW_MS = 10 * 60_000;
/** A pause this long ends one attack and lets the next one be a finding of its own. */
const QUIET_MS = 60 * 60_000;

type Burst = { entries: EntryRow[]; recent: EntryRow[]; reached: boolean };

/** Many failed sign-ins from one address, or on one account where no address is known; one attack is one finding. */
export const REPEATED_FAILURES: Rule = {
  info: {
    id: 'repeated-failed-logins',
    title: 'Repeated failed sign-ins',
    description: `${THRESHOLD} or more failed sign-ins within ${WINDOW_MS / 60_000} minutes from one address, or on one account. The window slides.`,
    severity: 'medium',
    technique: { id: 'T1110', name: 'Brute Force', attackVersion: '17.1' },
    controls: ['SOC 2 CC6.1', 'SOC 2 CC6.6', 'SOC 2 CC7.2', 'ISO 27001 A.8.16', 'PCI DSS 10.4.1'],
    enabled: true,
    version: 1,
  },
  start() {
    const open = new Map<string, Burst>();
    const hits: Hit[] = [];
    const close = (subject: string, burst: Burst): void => {
      open.delete(subject);
      if (burst.reached) hits.push(describe(burst.entries));
    };
    return {
      see(row) {
        if (describeAction(row.action).meaning !== 'login_failed') return;
        const subject =
          row.address !== null ? `address ${row.address}` : actorKey(row) !== null ? `actor ${actorKey(row)}` : null;
        if (subject === null) return;
        let burst = open.get(subject);
        if (burst && row.ts - (burst.entries.at(-1)?.ts ?? 0) > QUIET_MS) {
          close(subject, burst);
          burst = undefined;
        }
        if (!burst) {
          burst = { entries: [], recent: [], reached: false };
          open.set(subject, burst);
        }
        burst.entries.push(row);
        burst.recent = burst.recent.filter((earlier) => row.ts - earlier.ts <= WINDOW_MS);
        burst.recent.push(row);
        burst.reached ||= burst.recent.length >= THRESHOLD;
      },
      finish() {
        for (const [subject, burst] of open) close(subject, burst);
        return hits;
      },
    };
  },
};

function describe(entries: readonly EntryRow[]): Hit {
  const [first] = entries as [EntryRow];
  const span = spanText((entries.at(-1)?.ts ?? first.ts) - first.ts);
  const accounts = new Set(entries.map((row) => actorKey(row) ?? row.target?.name ?? ''));
  const spray = accounts.size >= 5;
  const on = accounts.size === 1 ? `on the account of ${actorName(first)}` : `on ${counted(accounts.size, 'account')}`;
  return {
    entries,
    severity: spray || entries.length >= 50 ? 'high' : 'medium',
    actor: accounts.size === 1 ? actorName(first) : null,
    address: first.address,
    why: `${counted(entries.length, 'failed sign-in')} ${on}${first.address ? ` from ${first.address}` : ''} in ${span}; fewer than ${THRESHOLD} in ten minutes would be ordinary.`,
  };
}
