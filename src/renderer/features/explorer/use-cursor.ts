import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { TableHandle } from './entry-table.tsx';
import type { RowSource } from './row-source.ts';

/** Moving along the list with the drawer open asks for an entry at most this often, milliseconds. */
const FOLLOW = 90;

export type Cursor = {
  /** Position of the current row; null before there is one. */
  readonly at: number | null;
  /** Opens an entry in the address, or closes it with null. */
  readonly open: (key: number | null, replace?: boolean) => void;
  readonly moveTo: (position: number) => void;
  /** Makes a row the current one without opening or moving to it. */
  readonly set: (position: number) => void;
  readonly openCurrent: () => void;
  readonly close: () => void;
};

/** The current row of the list, and the entry that is open beside it, which lives in the address. */
export function useCursor(
  source: RowSource | null,
  openKey: number | null,
  table: RefObject<TableHandle | null>,
): Cursor {
  const navigate = useNavigate();
  const [at, setAt] = useState<number | null>(null);
  const current = useRef(at);
  current.current = at;
  const total = source?.layout.rows ?? null;

  const open = useCallback(
    (key: number | null, replace = false) => {
      void navigate({
        to: '/',
        search: (before) => {
          const { e: _old, ...rest } = before;
          return key === null ? rest : { ...rest, e: key };
        },
        replace,
      });
    },
    [navigate],
  );

  // The opened entry comes from the address after a reload or a step back: find the row it stands in. In a list that folds
  // where the last one did not, or the other way round, the current entry stands in another row.
  const last = useRef<{ source: RowSource | null; openKey: number | null }>({ source: null, openKey: null });
  useEffect(() => {
    const before = last.current;
    last.current = { source, openKey };
    if (!source || source.slots === 0) return setAt(null);
    if (before.source?.answer === source.answer && before.openKey === openKey) return;
    const turned = before.source !== null && before.source.folds !== source.folds;
    const shown = turned && current.current !== null ? before.source?.shown(current.current) : null;
    const key = openKey ?? shown?.row.key ?? null;
    if (turned) setAt(null);
    if (key === null) return;
    let over = false;
    void source
      .positionOf(key)
      .catch(() => undefined)
      .then((position) => {
        if (over || position === undefined) return;
        setAt((at) => {
          if (position !== null && at !== position) table.current?.reveal(position, at === null);
          // Where the opened entry is none of the list, no row of it is the current one.
          return position;
        });
      });
    return () => {
      over = true;
    };
  }, [source, openKey, table]);

  const follow = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(follow.current), []);

  function moveTo(position: number): void {
    if (!source || total === null || total === 0) return;
    const next = Math.min(total - 1, Math.max(0, position));
    setAt(next);
    table.current?.reveal(next);
    if (openKey === null) return;
    clearTimeout(follow.current);
    follow.current = setTimeout(() => {
      const row = source.shown(next)?.row;
      if (row) open(row.key, true);
    }, FOLLOW);
  }

  function openCurrent(): void {
    clearTimeout(follow.current);
    const row = source && at !== null ? source.shown(at)?.row : null;
    if (row) open(row.key);
    else if (at === null) moveTo(0);
  }

  function close(): void {
    // What was to follow the cursor must not open again what is closed here.
    clearTimeout(follow.current);
    if (openKey !== null) open(null);
  }

  return { at, open, moveTo, set: setAt, openCurrent, close };
}
