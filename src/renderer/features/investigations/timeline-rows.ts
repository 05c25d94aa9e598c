import { PHASE_NAMES } from '../../../shared/case.ts';
import type { CaseDetail, CaseEvent } from '../../../shared/case-schema.ts';
import { dayOf } from '../../../shared/instant.ts';
import { phaseNumbers, type Span } from './phase-layout.ts';
import { runsOf } from './repeats.ts';
import type { Lane } from './search.ts';
import { laneOf } from './words.ts';

/** A lane and what lies in it, oldest first. */
export type LaneGroup = {
  readonly id: string;
  readonly name: string;
  readonly number: number | null;
  readonly phase: CaseEvent['phase'];
  readonly events: readonly CaseEvent[];
};

type Gap = CaseDetail['gaps'][number];

export type TimelineRow =
  | {
      readonly kind: 'event';
      readonly id: string;
      readonly event: CaseEvent;
      readonly group: LaneGroup;
      /** First and last of its lane. */
      readonly first: boolean;
      readonly last: boolean;
      /** The first of its local day in the lane. */
      readonly newDay: boolean;
      /** What it stands for: itself, and where its repeats are folded behind it, them too. */
      readonly stands: readonly CaseEvent[];
      /** Of the first of a run of events alike: how many they are, until when, and whether each is shown. */
      readonly run: { readonly length: number; readonly until: number; readonly open: boolean } | null;
    }
  | { readonly kind: 'gap'; readonly id: string; readonly gap: Gap };

/** The lanes in the order in which they begin; phases in the order of a story, and what has none at the end. */
export function groupsOf(events: readonly CaseEvent[], lane: Lane): readonly LaneGroup[] {
  const numbers = phaseNumbers(events);
  const found = new Map<string | null, CaseEvent[]>();
  for (const event of events) {
    const id = laneOf(event, lane);
    const known = found.get(id);
    if (known) known.push(event);
    else found.set(id, [event]);
  }
  const groups = [...found].map(([id, own]): LaneGroup => {
    const phase = lane === 'phase' ? (own[0]?.phase ?? null) : null;
    return {
      id: id ?? '',
      name: phase !== null ? PHASE_NAMES[phase] : (id ?? (lane === 'phase' ? 'No phase yet' : `No ${lane}`)),
      number: phase === null ? null : (numbers.get(phase) ?? null),
      phase,
      events: own,
    };
  });
  return groups.sort((a, b) =>
    lane === 'phase'
      ? (a.number ?? 99) - (b.number ?? 99)
      : Number(a.id === '') - Number(b.id === '') || (a.events[0]?.ts ?? 0) - (b.events[0]?.ts ?? 0),
  );
}

/**
 * The rows of a timeline, with the days that the archive does not wholly hold where they fall. Repeats are folded behind
 * the first of them unless its id is among the `unfolded`.
 */
export function rowsOf(
  groups: readonly LaneGroup[],
  gaps: readonly Gap[],
  zone: string,
  unfolded: ReadonlySet<string>,
): readonly TimelineRow[] {
  const rows: TimelineRow[] = [];
  const ordered = [...gaps].sort((a, b) => a.from.localeCompare(b.from));
  const shown = new Set<Gap>();
  for (const group of groups) {
    let before: string | null = null;
    for (const { event, stands, run } of standing(group.events, zone, unfolded)) {
      const day = dayOf(event.ts, 'UTC');
      for (const gap of ordered) {
        if (shown.has(gap) || gap.from > day) continue;
        // One that lies before an event of this lane stands before it, once.
        shown.add(gap);
        rows.push({ kind: 'gap', id: `gap ${gap.from}`, gap });
      }
      const local = dayOf(event.ts, zone);
      rows.push({
        kind: 'event',
        id: event.id,
        event,
        group,
        first: event === group.events[0],
        last: stands.at(-1) === group.events.at(-1),
        newDay: local !== before,
        stands,
        run,
      });
      before = local;
    }
  }
  for (const gap of ordered) if (!shown.has(gap)) rows.push({ kind: 'gap', id: `gap ${gap.from}`, gap });
  return rows;
}

type Standing = Pick<TimelineRow & { kind: 'event' }, 'event' | 'stands' | 'run'>;

function standing(events: readonly CaseEvent[], zone: string, unfolded: ReadonlySet<string>): readonly Standing[] {
  return runsOf(events, zone).flatMap((stands): readonly Standing[] => {
    const [head] = stands;
    const last = stands.at(-1);
    if (!head || !last) return [];
    const open = unfolded.has(head.id);
    const run = stands.length === 1 ? null : { length: stands.length, until: last.ts, open };
    if (run === null || !open) return [{ event: head, stands, run }];
    return stands.map((event) => ({ event, stands: [event], run: event === head ? run : null }));
  });
}

export function within(events: readonly CaseEvent[], span: Span | null): readonly CaseEvent[] {
  return span === null ? events : events.filter(({ ts }) => ts >= span.from && ts <= span.to);
}
