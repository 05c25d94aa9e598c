import { describeAction } from '../../../shared/action.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import { clockText, counted, spanText } from './clock-text.ts';
import { actorKey, actorName, type Hit, type Rule } from './rule.ts';

const THRESHOLD = 5;
const WINDOW_MS = 60 * 60_000;
/** What the account does after the door gave way belongs to the same happening for this long. */
const AFTERMATH_MS = 6 * 60 * 60_000;
const SENSITIVE = new Set([
  'token_created',
  'token_scope_changed',
  'allowlist_changed',
  'role_changed',
  'ownership_transferred',
  'two_factor_disabled',
  'sessions_revoked',
  'recovery_codes_regenerated',
  'tunnel_started',
  'payment_method_changed',
]);

type Breach = { entries: EntryRow[]; success: EntryRow; failures: number; sensitive: number; knownAddress: boolean };

/** Failed sign-ins on an account, then one that succeeds from the same address: the guess was right. */
export const FAILURES_THEN_SUCCESS: Rule = {
  info: {
    id: 'failures-then-success',
    title: 'Sign-in after repeated failures',
    description: `${THRESHOLD} or more failed sign-ins on one account within an hour, then a successful one from one of the same addresses.`,
    severity: 'high',
    technique: { id: 'T1110.001', name: 'Password Guessing', attackVersion: '17.1' },
    controls: ['SOC 2 CC6.1', 'SOC 2 CC6.6', 'SOC 2 CC7.2', 'SOC 2 CC7.3', 'ISO 27001 A.8.16', 'PCI DSS 10.4.1'],
    enabled: true,
    version: 1,
  },
  start({ zone }) {
    const failures = new Map<string, EntryRow[]>();
    const signedInFrom = new Map<string, Set<string>>();
    const breaches = new Map<string, Breach>();
    const hits: Hit[] = [];
    const close = (actor: string, breach: Breach): void => {
      breaches.delete(actor);
      hits.push(describe(breach, zone));
    };
    return {
      see(row) {
        const actor = actorKey(row);
        if (actor === null) return;
        const meaning = describeAction(row.action).meaning;
        const breach = breaches.get(actor);
        if (breach) {
          if (row.ts - breach.success.ts > AFTERMATH_MS) close(actor, breach);
          else if (row.address === breach.success.address) {
            breach.entries.push(row);
            if (meaning !== null && SENSITIVE.has(meaning)) breach.sensitive++;
            return;
          }
        }
        const addresses = signedInFrom.get(actor) ?? new Set<string>();
        if (meaning === 'login_failed') {
          const recent = (failures.get(actor) ?? []).filter((earlier) => row.ts - earlier.ts <= WINDOW_MS);
          failures.set(actor, [...recent, row]);
        } else if (meaning === 'login_succeeded') {
          const recent = (failures.get(actor) ?? []).filter((earlier) => row.ts - earlier.ts <= WINDOW_MS);
          const fromHere = recent.filter((earlier) => earlier.address === row.address);
          if (fromHere.length >= THRESHOLD) {
            breaches.set(actor, {
              entries: [...fromHere, row],
              success: row,
              failures: fromHere.length,
              sensitive: 0,
              knownAddress: addresses.has(row.address ?? ''),
            });
            failures.delete(actor);
          }
          if (row.address !== null) signedInFrom.set(actor, addresses.add(row.address));
        }
      },
      finish() {
        for (const [actor, breach] of breaches) close(actor, breach);
        return hits;
      },
    };
  },
};

function describe(breach: Breach, zone: string): Hit {
  const { entries, success } = breach;
  const first = entries[0] ?? success;
  const place = breach.knownAddress
    ? ', where this person had signed in before'
    : ', where this person had never signed in before';
  const after =
    breach.sensitive > 0 ? ` ${counted(breach.sensitive, 'sensitive action')} followed from the same address.` : '';
  return {
    entries,
    // Somebody who mistypes at home and then gets it right is no news.
    severity: breach.knownAddress ? 'low' : breach.sensitive > 0 ? 'critical' : 'high',
    actor: actorName(success),
    address: success.address,
    why: `${actorName(success)} signed in ${clockText(success.ts, zone)} (${zone}) after ${counted(breach.failures, 'failed sign-in')} in ${spanText(success.ts - first.ts)}${success.address ? ` from ${success.address}${place}` : ''}.${after}`,
  };
}
