import { Temporal } from 'temporal-polyfill';
import type { EntryRow } from '../../../../shared/entry.ts';
import type { RuleInfo } from '../../../../shared/finding.ts';
import { clockText, counted } from '../clock-text.ts';
import { leavesOf } from '../reading/leaves.ts';
import { actorName, type Hit, type Rule } from '../rule.ts';
import { actorKey, type Subject } from '../subject.ts';

const MS_PER_DAY = 86_400_000;
/** Access that ends within a working day or two of the last day is in order. */
const IN_ORDER_MS = 2 * MS_PER_DAY;
const MOST_KEPT = 500;
/** Entries older than this are not kept for a leave date that may still become known. */
const KEPT_MS = 180 * MS_PER_DAY;

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

/** People who had left and were still there. */
export const LEAVER: Rule = {
  info: LATE,
  start({ zone }) {
    const recent = new Map<string, EntryRow[]>();
    const gone = new Map<string, EntryRow>();
    const after = new Map<string, EntryRow[]>();
    const hits: Hit[] = [];
    const removed = (subject: Subject): void => {
      const { row, info } = subject;
      const keys = [row.target?.id, row.target?.name].filter((key): key is string => typeof key === 'string');
      const leave = leaveDate(subject);
      if (info.meaning === 'account_suspended' || leave !== null) for (const key of keys) gone.set(key, row);
      if (leave === null || row.ts - leave <= IN_ORDER_MS) return;
      const used = keys.flatMap((key) => recent.get(key) ?? []).filter((one) => one.ts >= leave);
      if (used.length > 0) hits.push(late(used, row, leave, zone));
    };
    return {
      see(subject) {
        const { row, info } = subject;
        if (info.meaning === 'member_removed' || info.meaning === 'account_suspended') removed(subject);
        else if (info.meaning === 'member_added' || info.meaning === 'account_created')
          for (const key of [row.target?.id, row.target?.name]) gone.delete(key ?? '');
        const actor = actorKey(row);
        if (actor === null || info.meaning === 'login_failed') return;
        const removal = gone.get(actor) ?? (row.actor?.email ? gone.get(row.actor.email) : undefined);
        if (removal !== undefined && actorKey(removal) !== actor && info.meaning !== 'logout')
          after.set(actor, [...(after.get(actor) ?? [removal]), row]);
        let kept = recent.get(actor);
        if (kept === undefined) {
          kept = [];
          recent.set(actor, kept);
        }
        kept.push(row);
        if (kept.length > 2 * MOST_KEPT)
          kept.splice(
            0,
            kept.findIndex(
              (one, i) => row.ts - one.ts <= KEPT_MS && kept !== undefined && i >= kept.length - MOST_KEPT,
            ),
          );
      },
      finish() {
        for (const entries of after.values()) hits.push(active(entries, zone));
        return hits;
      },
    };
  },
};

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
