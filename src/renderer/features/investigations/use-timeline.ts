import { useMemo, useState } from 'react';
import type { CaseDetail, CaseEvent } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { type Span, wholeSpan } from './phase-layout.ts';
import type { Lane } from './search.ts';
import { groupsOf, rowsOf, type TimelineRow, within } from './timeline-rows.ts';

type EventRow = TimelineRow & { kind: 'event' };

const idsOf = ({ stands }: EventRow): readonly string[] => stands.map(({ id }) => id);

/** The first of the run that a row is of; null where it is of none. */
function headOf(order: readonly EventRow[], at: number): EventRow | null {
  const start = order.findLastIndex(({ run }, i) => i <= at && run !== null);
  const head = order[start];
  if (!head?.run) return null;
  return at < start + (head.run.open ? head.run.length : 1) ? head : null;
}

/** Which event of a timeline is looked at, which are selected, and what of it is in sight. */
export function useTimeline(detail: CaseDetail, events: readonly CaseEvent[], lane: Lane, zoom: Span | null) {
  const zone = useZone();
  const shown = useMemo(() => within(events, zoom), [events, zoom]);
  const groups = useMemo(() => groupsOf(shown, lane), [shown, lane]);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => rowsOf(groups, detail.gaps, zone, unfolded), [groups, detail.gaps, zone, unfolded]);
  const whole = useMemo(() => wholeSpan(events.map(({ ts }) => ts)), [events]);
  const [at, setAt] = useState<string | null>(null);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const order = useMemo(() => rows.flatMap((row) => (row.kind === 'event' ? [row] : [])), [rows]);
  const place = Math.max(
    0,
    order.findIndex(({ id }) => id === at),
  );
  const row = order[place];
  const current = row?.event ?? null;
  const chosen = order.flatMap(({ stands }) => stands).filter(({ id }) => picked.has(id));

  function moveTo(id: string | undefined, extend: boolean): void {
    if (id === undefined) return;
    if (extend && current) {
      const [from, to] = [place, order.findIndex((one) => one.id === id)].sort((a, b) => a - b);
      setPicked((before) => new Set([...before, ...order.slice(from, (to ?? 0) + 1).flatMap(idsOf)]));
    }
    setAt(id);
  }
  return {
    rows,
    groups,
    whole,
    shown,
    current,
    /** The row of the current event among all rows. */
    position: Math.max(
      0,
      rows.findIndex((row) => row.kind === 'event' && row.id === current?.id),
    ),
    picked,
    chosen,
    /** What a key is about: those selected, else the current one. */
    subject: chosen.length > 0 ? chosen : (row?.stands ?? []),
    step: (by: number, extend = false) =>
      moveTo(order[Math.min(order.length - 1, Math.max(0, place + by))]?.id, extend),
    moveTo,
    /** The event before the current one, to compare it with. */
    previous: order[place - 1]?.event ?? order[place + 1]?.event ?? null,
    toggle: (id: string | undefined) => {
      const own = order.find((one) => one.id === id);
      if (own === undefined) return;
      setPicked((before) => {
        const next = new Set(before);
        for (const one of idsOf(own))
          if (before.has(own.id)) next.delete(one);
          else next.add(one);
        return next;
      });
    },
    /** Shows each of the repeats behind an event, or folds them again; from within a run, the run it belongs to. */
    fold: (id: string | undefined) => {
      const head = headOf(
        order,
        order.findIndex((one) => one.id === id),
      );
      if (head === null) return;
      setAt(head.id);
      setUnfolded((before) => {
        const next = new Set(before);
        if (!next.delete(head.id)) next.add(head.id);
        return next;
      });
    },
    clear: () => setPicked(new Set()),
  };
}
