import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { usePreferences } from '../../lib/preferences.tsx';
import { type Chosen, columnsFrom, columnsText, USUAL } from './columns.ts';
import { complain } from './use-marking.tsx';

/** How long after the last change columns are kept, milliseconds: dragging an edge changes them many times. */
const KEEP_AFTER = 300;

export type Columns = {
  readonly columns: Chosen;
  /** As the address writes them; null where they are this person's own. */
  readonly text: string | null;
  readonly change: (columns: Chosen) => void;
  /** Back to the usual ones. */
  readonly restore: () => void;
  readonly usual: boolean;
};

/** The columns of the table: those in the address (of a saved view), else this person's own, else the usual ones. */
export function useColumns(): Columns {
  const { c = null } = useSearch({ from: '/' });
  const navigate = useNavigate();
  const { preferences, change: keepPreferences } = usePreferences();
  const [draft, setDraft] = useState<Chosen | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const own = preferences.columns;
  const columns = useMemo(() => draft ?? columnsFrom(c) ?? columnsFrom(own) ?? USUAL, [draft, c, own]);

  const inAddress = c !== null;
  const keep = useCallback(
    async (text: string | null): Promise<void> => {
      clearTimeout(timer.current);
      if (inAddress) {
        await navigate({
          to: '/',
          search: (before) => ({ ...before, c: text ?? columnsText(USUAL) }),
          replace: true,
        });
      } else await keepPreferences({ columns: text }).catch(complain);
      setDraft(null);
    },
    [inAddress, navigate, keepPreferences],
  );
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = useCallback(
    (next: Chosen) => {
      setDraft(next);
      clearTimeout(timer.current);
      const text = columnsText(next);
      timer.current = setTimeout(() => void keep(text === columnsText(USUAL) ? null : text), KEEP_AFTER);
    },
    [keep],
  );
  const restore = useCallback(() => void keep(null), [keep]);
  return useMemo(
    () => ({ columns, text: c, change, restore, usual: columnsText(columns) === columnsText(USUAL) }),
    [columns, c, change, restore],
  );
}
