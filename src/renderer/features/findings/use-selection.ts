import { useRef, useState } from 'react';

export type Selection = {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** Selects all from the last one touched to this one. */
  readonly extendTo: (id: string, order: readonly string[], from: string | undefined) => void;
  readonly clear: () => void;
};

/** Which findings one decision is to be about. Never in the address: it is over when the screen is left. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  return {
    ids,
    toggle: (id) => {
      anchor.current = id;
      setIds((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      });
    },
    extendTo: (id, order, from) => {
      anchor.current ??= from ?? id;
      const ends = [order.indexOf(anchor.current), order.indexOf(id)].sort((a, b) => a - b);
      const span = order.slice(Math.max(0, ends[0] ?? 0), (ends[1] ?? 0) + 1);
      setIds((before) => new Set([...before, ...span]));
    },
    clear: () => {
      anchor.current = null;
      setIds(new Set());
    },
  };
}
