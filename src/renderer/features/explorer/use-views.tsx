import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { Filter } from '../../../shared/filter/filter.ts';
import { printQuery } from '../../../shared/filter/print.ts';
import { resolveRange } from '../../../shared/filter/range.ts';
import { fold } from '../../../shared/text.ts';
import type { SavedView, ViewBody } from '../../../shared/views-contract.ts';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { VIEWED } from '../../lib/decided.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { viewsOptions } from '../../lib/views.ts';
import { visible } from '../../lib/visible-text.ts';
import { columnsText } from './columns.ts';
import s from './query-bar.module.css';
import type { Columns } from './use-columns.ts';
import { complain } from './use-marking.tsx';

const NONE: readonly SavedView[] = [];

export type Views = {
  readonly list: readonly SavedView[];
  /** The view that shows just what is on screen. */
  readonly active: SavedView | null;
  readonly open: (view: SavedView) => void;
  /** Keeps what is on screen under a name; the view of that name is replaced. Resolves to whether it was kept. */
  readonly save: (name: string, by: string) => Promise<boolean>;
  readonly rename: (view: SavedView, name: string, by: string) => Promise<boolean>;
  readonly remove: (view: SavedView, by: string) => Promise<boolean>;
};

/** Saved views of the archive. What is on screen is the query of the address and the columns. */
export function useViews(filter: Filter, columns: Columns, folded: boolean, zone: string): Views {
  const archive = useArchive();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [, rememberReviewer] = useReviewer();
  const list = useQuery(viewsOptions(archive)).data?.views ?? NONE;
  const q = useMemo(() => printQuery(inEveryZone(filter, zone)), [filter, zone]);
  const shown = columnsText(columns.columns);
  const active =
    list.find((view) => view.q === q && view.folded === folded && (view.columns === null || view.columns === shown)) ??
    null;

  const open = useCallback(
    ({ q: query, columns: chosen, folded: fold }: SavedView) => {
      void navigate({
        to: '/',
        search: {
          ...(query === '' ? {} : { q: query }),
          ...(chosen === null ? {} : { c: chosen }),
          ...(fold ? { fold: true as const } : {}),
        },
      });
    },
    [navigate],
  );

  const written = useCallback(
    async (by: string, work: () => Promise<unknown>): Promise<boolean> => {
      try {
        await work();
        rememberReviewer(by);
        await client.invalidateQueries({ predicate: (query) => query.queryKey.includes(VIEWED[0]) });
        return true;
      } catch (error) {
        complain(error);
        return false;
      }
    },
    [client, rememberReviewer],
  );

  return useMemo(
    () => ({
      list,
      active,
      open,
      save: (name, by) =>
        written(by, async () => {
          const same = list.find((view) => fold(view.name) === fold(name.trim()));
          const { id } = await keep({ name, q, columns: shown, folded }, same?.id ?? null, by);
          await call('views.look', { view: id });
          if (same) offerUndo(`${visible(name)} now shows this`, () => void written(by, () => keep(same, same.id, by)));
        }),
      rename: (view, name, by) => written(by, () => keep({ ...view, name }, view.id, by)),
      remove: (view, by) =>
        written(by, async () => {
          await call('views.remove', { id: view.id, by });
          offerUndo(`View ${visible(view.name)} removed`, () => void written(by, () => keep(view, view.id, by)));
        }),
    }),
    [list, active, open, written, q, shown, folded],
  );
}

function keep(view: ViewBody, id: string | null, by: string) {
  const { name, q, columns, folded } = view;
  return call('views.save', { id, by, name, q, columns, folded });
}

// Dates are days of a zone; a view shows the same entries whatever zone it is opened in.
function inEveryZone(filter: Filter, zone: string): Filter {
  if (filter.from === undefined && filter.to === undefined) return filter;
  const range = resolveRange(filter, zone, 0);
  if (!range.ok) return filter;
  const { fromMs, toMs } = range.value;
  return {
    terms: filter.terms,
    ...(fromMs === null ? {} : { from: new Date(fromMs).toISOString() }),
    ...(toMs === null ? {} : { to: new Date(toMs).toISOString() }),
  };
}

const TOAST = 'view';

function offerUndo(title: string, undo: () => void): void {
  notifications.hide(TOAST);
  notifications.show({
    id: TOAST,
    title: title.slice(0, 120),
    message: (
      <button
        type="button"
        className={s.inlineLink}
        onClick={() => {
          notifications.hide(TOAST);
          undo();
        }}
      >
        Undo
      </button>
    ),
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': 'Close' },
  });
}
