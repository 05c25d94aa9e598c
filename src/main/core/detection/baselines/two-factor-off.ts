import type { EntryRow } from '../../../../shared/entry.ts';
import type { RuleInfo } from '../../../../shared/finding.ts';
import { clockText, counted } from '../clock-text.ts';
import { Familiarity, placeKey } from '../familiarity.ts';
import { forked } from '../forked.ts';
import { actorName, type Hit, type Rule, type RuleContext, type RuleRun } from '../rule.ts';
import { actorKey } from '../subject.ts';

const MOST_TOLD = 200;

const INFO: RuleInfo = {
  id: 'sign-in-without-two-factor',
  title: 'Signed in while two-factor was off',
  description:
    'Sign-ins of a person between the moment somebody turned their two-factor off and the moment it was on again. Medium where one of them came from a network that the person had not signed in from before; else low.',
  severity: 'medium',
  technique: { id: 'T1556.006', name: 'Multi-Factor Authentication', attackVersion: '17.1' },
  controls: ['SOC 2 CC6.1', 'SOC 2 CC7.2', 'ISO 27001 A.8.5', 'PCI DSS 8.4.2', 'HIPAA 164.312(d)'],
  enabled: true,
  version: 1,
  falsePositives: ['A new telephone, set up within the day'],
  runbook: 'Have two-factor turned on again; ask the person about the sign-ins, above all those from elsewhere.',
};

type Off = { readonly since: EntryRow; readonly signIns: EntryRow[]; strange: number };
type State = { readonly familiarity: Familiarity; readonly off: Map<string, Off>; readonly over: Off[] };

/** Who came in while the second door stood open. */
export const TWO_FACTOR_OFF: Rule = {
  info: INFO,
  concerns: ({ meaning }) =>
    meaning === 'two_factor_disabled' || meaning === 'two_factor_enabled' || meaning === 'login_succeeded',
  start: (context) => begin(context, { familiarity: new Familiarity(context.places), off: new Map(), over: [] }),
};

function begin(context: RuleContext, state: State): RuleRun {
  const { familiarity, off, over } = state;
  const end = (person: string): void => {
    const open = off.get(person);
    if (open && open.signIns.length > 0) over.push(open);
    off.delete(person);
  };
  return {
    see({ row, info }) {
      if (info.meaning === 'login_succeeded') {
        const actor = actorKey(row) ?? '';
        const open = off.get(actor) ?? off.get(row.actor?.email ?? '') ?? off.get(row.actor?.name ?? '');
        const place = placeKey(row.address, context.places);
        if (open && open.signIns.length < MOST_TOLD) {
          open.signIns.push(row);
          if (place !== null && !familiarity.hasUsed(actor, place) && !context.trusted(row.address)) open.strange++;
        }
        familiarity.signedIn(row);
        return;
      }
      const person = personOf(row);
      if (person === null) return;
      if (info.meaning === 'two_factor_enabled') end(person);
      else if (!off.has(person)) off.set(person, { since: row, signIns: [], strange: 0 });
    },
    hits: () =>
      [...over, ...[...off.values()].filter((one) => one.signIns.length > 0)].map((one) => describe(one, context.zone)),
    fork: () => begin(context, forked(state)),
  };
}

// Whose it is: the person it was done to, else the one who did it.
function personOf(row: EntryRow): string | null {
  const { target } = row;
  const named =
    target !== null && /user|member|account|person/.test(target.type ?? 'user') ? (target.id ?? target.name) : null;
  return named ?? actorKey(row);
}

function describe({ since, signIns, strange }: Off, zone: string): Hit {
  const entries = [since, ...signIns];
  const first = signIns[0] as EntryRow;
  const last = signIns.at(-1) as EntryRow;
  const elsewhere =
    strange === 0 ? 'all from networks of theirs' : `${strange} from a network they had not used before`;
  return {
    rule: INFO,
    entries,
    severity: strange > 0 ? 'medium' : 'low',
    actor: actorName(first),
    address: strange > 0 ? last.address : null,
    why: `${actorName(first)} has had two-factor off since ${clockText(since.ts, zone)} (${zone}) and signed in ${counted(signIns.length, 'time')} meanwhile, ${elsewhere}; the last ${clockText(last.ts, zone)}.`,
    novelty: false,
    figures: [
      { name: 'Sign-ins while it was off', value: String(signIns.length) },
      { name: 'Of them from networks new to the person', value: String(strange) },
    ],
    against: strange === 0 ? ['Every sign-in came from a network the person had used before.'] : [],
  };
}
