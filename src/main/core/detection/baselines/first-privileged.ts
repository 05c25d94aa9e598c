import type { RuleInfo } from '../../../../shared/finding.ts';
import { clockText, counted } from '../clock-text.ts';
import { forked } from '../forked.ts';
import { actorName, type Hit, type Rule, type RuleRun } from '../rule.ts';
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

type State = { readonly families: Map<string, Set<string>>; readonly hits: Hit[] };

/** What somebody has never done before. */
export const FIRST_PRIVILEGED: Rule = {
  info: INFO,
  concerns: (info) => {
    const family = privilegedFamily({ info });
    return family !== null && !COMMON.has(family);
  },
  start: ({ zone }) => begin(zone, { families: new Map(), hits: [] }),
};

function begin(zone: string, state: State): RuleRun {
  return {
    see(subject, history) {
      const { row, info } = subject;
      const actor = actorKey(row);
      const family = privilegedFamily(subject);
      if (actor === null || family === null) return;
      let families = state.families.get(actor);
      if (families === undefined) {
        families = new Set();
        state.families.set(actor, families);
      }
      if (families.has(family)) return;
      families.add(family);
      if (history.entries < ENOUGH_ENTRIES || row.ts - history.first < ENOUGH_MS) return;
      const earlier = counted(history.entries, 'earlier entry').replace('entrys', 'entries');
      state.hits.push({
        rule: INFO,
        entries: [row],
        severity: 'low',
        actor: actorName(row),
        address: row.address,
        why: `${actorName(row)} acted on ${family} (“${info.phrase}”) ${clockText(row.ts, zone)} (${zone}) for the first time; ${earlier} since ${clockText(history.first, zone)} hold nothing of the kind.`,
        novelty: true,
        figures: [{ name: `Earlier entries of this person about ${family}`, value: `0 of ${history.entries}` }],
      });
    },
    hits: () => state.hits,
    fork: () => begin(zone, forked(state)),
  };
}
