import { useMemo, useState } from 'react';
import type { CaseDetail, CaseEvent } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { type Span, wholeSpan } from './phase-layout.ts';
import type { Lane } from './search.ts';
import { groupsOf, rowsOf, within } from './timeline-rows.ts';

/** Which event of a timeline is looked at, which are selected, and what of it is in sight. */
export function useTimeline(detail: CaseDetail, events: readonly CaseEvent[], lane: Lane, zoom: Span | null) {
  const zone = useZone();
  const shown = useMemo(() => within(events, zoom), [events, zoom]);
  const groups = useMemo(() => groupsOf(shown, lane), [shown, lane]);
  const rows = useMemo(() => rowsOf(groups, detail.gaps, zone), [groups, detail.gaps, zone]);
  const whole = useMemo(() => wholeSpan(events.map(({ ts }) => ts)), [events]);
  const [at, setAt] = useState<string | null>(null);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const order = useMemo(() => rows.flatMap((row) => (row.kind === 'event' ? [row] : [])), [rows]);
  const place = Math.max(
    0,
    order.findIndex(({ id }) => id === at),
  );
  const current = order[place]?.event ?? null;
  const chosen = order.filter(({ id }) => picked.has(id)).map(({ event }) => event);

  function moveTo(id: string | undefined, extend: boolean): void {
    if (id === undefined) return;
    if (extend && current) {
      const [from, to] = [place, order.findIndex((one) => one.id === id)].sort((a, b) => a - b);
      setPicked((before) => new Set([...before, ...order.slice(from, (to ?? 0) + 1).map((one) => one.id)]));
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
    subject: chosen.length > 0 ? chosen : current ? [current] : [],
    step: (by: number, extend = false) =>
      moveTo(order[Math.min(order.length - 1, Math.max(0, place + by))]?.id, extend),
    moveTo,
    /** The event before the current one, to compare it with. */
    previous: order[place - 1]?.event ?? order[place + 1]?.event ?? null,
    toggle: (id: string | undefined) => {
      if (id === undefined) return;
      setPicked((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      });
    },
    clear: () => setPicked(new Set()),
  };
}
