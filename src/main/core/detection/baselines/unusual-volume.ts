import type { EntryRow } from '../../../../shared/entry.ts';
import type { RuleInfo } from '../../../../shared/finding.ts';
import { clockText } from '../clock-text.ts';
import { forked } from '../forked.ts';
import { actorName, type Hit, type Rule, type RuleRun } from '../rule.ts';
import { actorKey } from '../subject.ts';

const MS_PER_DAY = 86_400_000;
/** Fewer on one day are never unusual, whatever the habit. */
const FLOOR = 25;
const ENOUGH_DAYS = 10;
/** As many median absolute deviations above the median; 1.4826 makes one of them a standard deviation of a bell curve. */
const DEVIATIONS = 8;
const MOST_DAYS = 120;
const LOSS = /(^|[._-])(deleted|removed|revoked|downloaded|exported|destroyed|purged)$/;

const INFO: RuleInfo = {
  id: 'unusual-volume',
  title: 'Unusually many deletions, removals or downloads',
  description: `On one day more deletions, removals, revocations, downloads or exports than the person's median of active days by ${DEVIATIONS} median absolute deviations, and at least ${FLOOR}. Judged after ${ENOUGH_DAYS} active days; before that by ${2 * FLOOR}.`,
  severity: 'medium',
  technique: { id: 'T1485', name: 'Data Destruction', attackVersion: '17.1' },
  controls: ['SOC 2 CC7.2', 'ISO 27001 A.8.16'],
  enabled: true,
  version: 1,
  falsePositives: ['Tidying up that was announced', 'A script at work'],
  runbook: 'Ask whoever did it whether they meant to; restore from what is left.',
};

type Day = { day: number; entries: EntryRow[]; earlier: number[] };

type State = { readonly days: Map<string, Day>; readonly hits: Hit[] };

/** More than a person's own habit. */
export const UNUSUAL_VOLUME: Rule = {
  info: INFO,
  concerns: (_info, action) => LOSS.test(action),
  start: ({ zone }) => begin(zone, { days: new Map(), hits: [] }),
};

function begin(zone: string, state: State): RuleRun {
  return {
    see({ row }) {
      const actor = actorKey(row);
      if (actor === null) return;
      const day = Math.floor(row.ts / MS_PER_DAY);
      let one = state.days.get(actor);
      if (one === undefined) {
        one = { day, entries: [], earlier: [] };
        state.days.set(actor, one);
      }
      if (one.day !== day) {
        const hit = judge(one, zone);
        if (hit) state.hits.push(hit);
        one.earlier.push(one.entries.length);
        if (one.earlier.length > MOST_DAYS) one.earlier.shift();
        one.entries = [];
        one.day = day;
      }
      one.entries.push(row);
    },
    hits: () => [...state.hits, ...[...state.days.values()].flatMap((one) => judge(one, zone) ?? [])],
    fork: () => begin(zone, forked(state)),
  };
}

function judge({ entries, earlier }: Day, zone: string): Hit | null {
  const [first] = entries;
  if (first === undefined || entries.length < FLOOR) return null;
  const middle = median(earlier);
  const deviation = Math.max(1, 1.4826 * median(earlier.map((n) => Math.abs(n - middle))));
  const limit = earlier.length < ENOUGH_DAYS ? 2 * FLOOR : Math.max(FLOOR, middle + DEVIATIONS * deviation);
  if (entries.length < limit) return null;
  return {
    rule: INFO,
    entries: [...entries],
    severity: 'medium',
    actor: actorName(first),
    address: null,
    why: `${actorName(first)} deleted, removed, revoked or took away ${entries.length} things on the day of ${clockText(first.ts, zone)} (${zone}); the median of ${earlier.length} earlier active days is ${middle}, and ${Math.ceil(limit)} would have been remarkable.`,
    novelty: false,
    figures: [
      { name: 'Things lost or taken on that day', value: String(entries.length) },
      { name: `Median of ${earlier.length} earlier active days`, value: String(middle) },
      { name: 'Remarkable from', value: String(Math.ceil(limit)) },
    ],
  };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
