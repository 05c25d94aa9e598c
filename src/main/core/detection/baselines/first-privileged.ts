import type { RuleInfo } from '../../../../shared/finding.ts';
import { clockText, counted } from '../clock-text.ts';
import { actorName, type Hit, type Rule } from '../rule.ts';
import { privilegedFamily } from '../sensitive.ts';
import { actorKey } from '../subject.ts';

/** Before so many entries over so long nothing is a first time worth naming. */
const ENOUGH_ENTRIES = 30;
const ENOUGH_MS = 14 * 86_400_000;
/** Things everybody does now and then for their own account. */
const COMMON = new Set(['credentials', 'sign-in protection', 'sessions', 'protection of tunnels', 'domains']);

const INFO: RuleInfo = {
  id: 'first-privileged-action',
  title: 'First privileged action of a person',
  description: `Somebody with ${ENOUGH_ENTRIES} or more entries over 14 days does something of a privileged kind (roles, members, billing, exports, audit settings, teams) for the first time. Low by itself.`,
  severity: 'low',
  technique: { id: 'T1078', name: 'Valid Accounts', attackVersion: '17.1' },
  controls: ['SOC 2 CC6.3', 'SOC 2 CC7.2', 'ISO 27001 A.8.2'],
  enabled: true,
  version: 1,
  falsePositives: ['A new duty', 'Somebody who stands in for a colleague'],
  runbook: 'Check that the person’s duty covers it.',
};

/** What somebody has never done before. */
export const FIRST_PRIVILEGED: Rule = {
  info: INFO,
  start({ zone }) {
    const seen = new Map<string, { first: number; entries: number; families: Set<string> }>();
    const hits: Hit[] = [];
    return {
      see(subject) {
        const { row, info } = subject;
        const actor = actorKey(row);
        if (actor === null) return;
        let history = seen.get(actor);
        if (history === undefined) {
          history = { first: row.ts, entries: 0, families: new Set() };
          seen.set(actor, history);
        }
        const family = privilegedFamily(subject);
        if (family !== null && !COMMON.has(family) && !history.families.has(family)) {
          history.families.add(family);
          if (history.entries >= ENOUGH_ENTRIES && row.ts - history.first >= ENOUGH_MS)
            hits.push({
              rule: INFO,
              entries: [row],
              severity: 'low',
              actor: actorName(row),
              address: row.address,
              why: `${actorName(row)} acted on ${family} (“${info.phrase}”) ${clockText(row.ts, zone)} (${zone}) for the first time; ${counted(history.entries, 'earlier entry').replace('entrys', 'entries')} since ${clockText(history.first, zone)} hold nothing of the kind.`,
              novelty: true,
            });
        }
        history.entries++;
      },
      finish: () => hits,
    };
  },
};
