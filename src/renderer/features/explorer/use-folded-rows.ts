import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { EntryLine } from '../../../shared/entry.ts';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { foldedListingOptions, type Question } from '../../lib/queries.ts';
import { FoldedAnswer, FoldedRows, type OpenLine, opened } from './folded-rows.ts';
import { PAGE_SIZE } from './page-window.ts';
import { complain } from './use-marking.tsx';

type Shown = { readonly answer: FoldedAnswer; readonly open: readonly OpenLine[] };

export type FoldedList = {
  /** The rows that answer the question; null until they are there. */
  readonly source: FoldedRows | null;
  readonly tookMs: number | null;
  readonly error: unknown;
  /** Shows each entry of a line, or folds them again. */
  readonly toggle: (line: EntryLine) => void;
};

/** The rows that answer a question, repeats behind one line each, unless they were opened. Asks nothing while not `enabled`. */
export function useFoldedRows(question: Question, enabled: boolean): FoldedList {
  const archive = useArchive();
  const listing = useQuery({ ...foldedListingOptions(archive, question, PAGE_SIZE), enabled });
  const settled = !enabled || listing.isPlaceholderData ? null : (listing.data ?? null);
  const answer = useMemo(
    () => settled && new FoldedAnswer(question, settled.days.toReversed(), settled.lines),
    [settled, question],
  );
  const [shown, setShown] = useState<Shown | null>(null);
  const latest = useRef<Shown | null>(null);
  latest.current = shown;

  // What was open stays open when the archive has grown: its lines are looked for in the new list before that is shown.
  useEffect(() => {
    if (!enabled) setShown(null);
    if (!answer) return;
    let over = false;
    void reopened(latest.current, answer)
      .catch(() => [])
      .then((open) => {
        if (!over) setShown({ answer, open });
      });
    return () => {
      over = true;
    };
  }, [answer, enabled]);

  const source = useMemo(() => shown && new FoldedRows(shown.answer, shown.open), [shown]);
  const { zone } = question;
  const toggle = useCallback(
    (line: EntryLine) => {
      const before = latest.current;
      if (!before) return;
      const open = before.open.filter((one) => one.line.index !== line.index);
      if (open.length < before.open.length) return setShown({ ...before, open });
      void opened(line, zone).then(
        (one) =>
          setShown((now) => {
            // Another list is there by now, or the line was opened twice.
            if (now?.answer !== before.answer || now.open.some((same) => same.line.index === line.index)) return now;
            return { ...now, open: [...now.open, one] };
          }),
        complain,
      );
    },
    [zone],
  );
  const current = source !== null && source.answer === answer ? source : null;
  return { source: current, tookMs: settled?.tookMs ?? null, error: listing.error, toggle };
}

async function reopened(before: Shown | null, answer: FoldedAnswer): Promise<readonly OpenLine[]> {
  if (before === null || before.open.length === 0 || before.answer.questionKey !== answer.questionKey) return [];
  const keys = before.open.map(({ line }) => line.row.key);
  const { lines } = await call('entries.linesOf', { ...answer.question, keys });
  const there = new Map(lines.flatMap((line) => (line?.run ? [[line.index, line] as const] : [])));
  return Promise.all([...there.values()].map((line) => opened(line, answer.question.zone)));
}
