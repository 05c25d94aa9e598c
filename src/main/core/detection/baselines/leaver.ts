import { Temporal } from 'temporal-polyfill';
import type { EntryRow } from '../../../../shared/entry.ts';
import type { RuleInfo } from '../../../../shared/finding.ts';
import { clockText, counted } from '../clock-text.ts';
import { forked } from '../forked.ts';
import { leavesOf } from '../reading/leaves.ts';
import { actorName, type Hit, type Rule, type RuleContext, type RuleRun } from '../rule.ts';
import { actionInfo, actorKey, type Subject } from '../subject.ts';

const MS_PER_DAY = 86_400_000;
/** Access that ends within a working day or two of the last day is in order. */
const IN_ORDER_MS = 2 * MS_PER_DAY;
/** What somebody did longer ago than this does not count against a removal. */
const LOOKED_BACK_MS = 180 * MS_PER_DAY;
const MOST_TOLD = 500;

const LATE: RuleInfo = {
  id: 'leaver-access-late',
  title: 'Access removed late, and used meanwhile',
  description: 'A removal that names a leave date more than two days back, and entries of that person after it.',
  severity: 'high',
  technique: { id: 'T1078', name: 'Valid Accounts', attackVersion: '17.1' },
  controls: [
    'SOC 2 CC6.2',
    'SOC 2 CC6.3',
    'ISO 27001 A.5.18',
    'ISO 27001 A.6.5',
    'PCI DSS 8.2.5',
    'HIPAA 164.308(a)(3)(ii)(C)',
  ],
  enabled: true,
  version: 1,
  falsePositives: ['A leave date that was put off', 'Handing over that was agreed'],
  runbook:
    'Ask the manager whether the visits were agreed; look at what was done in them; correct the process of leaving.',
};

const AFTER: RuleInfo = {
  ...LATE,
  id: 'removed-then-active',
  title: 'Account active after it was removed',
  description:
    'A sign-in or other entry of a person after the account was deleted, suspended or removed for good (a removal that names a leave date).',
  version: 1,
};

type State = {
  readonly gone: Map<string, EntryRow>;
  readonly after: Map<string, EntryRow[]>;
  readonly hits: Hit[];
};

/** People who had left and were still there. */
export const LEAVER: Rule = {
  info: LATE,
  concerns: (info) => info.meaning !== 'login_failed',
  start: (context) => begin(context, { gone: new Map(), after: new Map(), hits: [] }),
};

function begin(context: RuleContext, state: State): RuleRun {
  const { zone } = context;
  const { gone, after, hits } = state;
  const removed = (subject: Subject): void => {
    const { row, info } = subject;
    const keys = [row.target?.id, row.target?.name].filter((key): key is string => typeof key === 'string');
    const leave = leaveDate(subject);
    if (info.meaning === 'account_suspended' || leave !== null) for (const key of keys) gone.set(key, row);
    if (leave === null || row.ts - leave <= IN_ORDER_MS) return;
    const since = Math.max(leave, row.ts - LOOKED_BACK_MS);
    const used = context.entriesOf(keys, since, row.ts).filter((one) => one.key < row.key && isActivity(one));
    if (used.length > 0) hits.push(late(used.slice(-MOST_TOLD), row, leave, zone));
  };
  return {
    see(subject) {
      const { row, info } = subject;
      if (info.meaning === 'member_removed' || info.meaning === 'account_suspended') removed(subject);
      else if (info.meaning === 'member_added' || info.meaning === 'account_created')
        for (const key of [row.target?.id, row.target?.name]) gone.delete(key ?? '');
      if (gone.size === 0) return;
      const actor = actorKey(row);
      if (actor === null) return;
      const removal = gone.get(actor) ?? (row.actor?.email ? gone.get(row.actor.email) : undefined);
      if (removal === undefined || actorKey(removal) === actor || info.meaning === 'logout') return;
      const entries = after.get(actor);
      if (entries) entries.push(row);
      else after.set(actor, [removal, row]);
    },
    hits: () => [...hits, ...[...after.values()].map((entries) => active([...entries], zone))],
    fork: () => begin(context, forked(state)),
  };
}

function isActivity(row: EntryRow): boolean {
  return actionInfo(row.action).meaning !== 'login_failed';
}

function leaveDate({ metadata }: Subject): number | null {
  for (const { keys, value } of leavesOf(metadata)) {
    if (
      typeof value !== 'string' ||
      !keys.some((key) => /^(leave|left|last|end|termination|offboarding|departure)$/.test(key)) ||
      !keys.some((key) => /^(date|day|on|at)$/.test(key))
    )
      continue;
    const day = /^\d{4}-\d{2}-\d{2}/.exec(value);
    try {
      // The last day is still a day at work.
      if (day) return Temporal.PlainDate.from(day[0]).add({ days: 1 }).toZonedDateTime('UTC').epochMilliseconds;
    } catch {
      // No date of any calendar: as good as none.
    }
  }
  return null;
}

function late(used: readonly EntryRow[], removal: EntryRow, leave: number, zone: string): Hit {
  const person = used[0] as EntryRow;
  return {
    rule: LATE,
    entries: [...used, removal],
    severity: 'high',
    actor: actorName(person),
    address: null,
    why: `${actorName(person)} had left ${Math.floor((removal.ts - leave) / MS_PER_DAY) + 1} days before the access was removed ${clockText(removal.ts, zone)} (${zone}), and has ${counted(used.length, 'entry').replace('entrys', 'entries')} in between, the last ${clockText((used.at(-1) ?? person).ts, zone)}.`,
    novelty: false,
  };
}

function active(entries: readonly EntryRow[], zone: string): Hit {
  const [removal, first] = entries as [EntryRow, EntryRow];
  return {
    rule: AFTER,
    entries,
    severity: 'high',
    actor: actorName(first),
    address: first.address,
    why: `${actorName(first)} was removed ${clockText(removal.ts, zone)} (${zone}) and has ${counted(entries.length - 1, 'entry').replace('entrys', 'entries')} since, the first ${clockText(first.ts, zone)}.`,
    novelty: false,
  };
}

/** What the second of the two findings says of itself. */
export const REMOVED_THEN_ACTIVE: RuleInfo = AFTER;
