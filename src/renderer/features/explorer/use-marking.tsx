import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { EVERYTHING } from '../../../shared/filter/filter.ts';
import type { MarkChange } from '../../../shared/marks-contract.ts';
import { call, failureOf } from '../../lib/client.ts';
import { MARKED } from '../../lib/decided.ts';
import { counted } from '../../lib/number.ts';
import type { Question } from '../../lib/queries.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { visible } from '../../lib/visible-text.ts';
import s from './query-bar.module.css';

type Wish = { readonly entries: Question; readonly change: MarkChange; readonly by: string };

export type Marking = {
  /** Resolves to whether it was written down. */
  readonly mark: (wish: Wish) => Promise<boolean>;
  /** Takes back the last change made on this screen; does nothing where there is none. */
  readonly undo: () => void;
  readonly pending: boolean;
};

const TOAST = 'marked';

/** Puts tags, pins and notes beside entries, and offers to take each change back by a further line. */
export function useMarking(zone: string): Marking {
  const client = useQueryClient();
  const [, rememberReviewer] = useReviewer();
  const last = useRef<Wish | null>(null);

  const refresh = () => client.invalidateQueries({ predicate: (query) => query.queryKey.includes(MARKED[0]) });

  const undone = useMutation({
    mutationFn: (wish: Wish) => call('marks.change', wish),
    onSuccess: async ({ keys }) => {
      await refresh();
      notifications.hide(TOAST);
      notifications.show({
        message: `Taken back on ${counted(keys.length, 'entry', 'entries')}; the archive keeps both lines.`,
        closeButtonProps: { 'aria-label': 'Close' },
      });
    },
    onError: complain,
  });

  function undo(): void {
    const wish = last.current;
    last.current = null;
    if (wish) undone.mutate(wish);
  }

  const marked = useMutation({
    mutationFn: (wish: Wish) => call('marks.change', wish),
    onSuccess: async ({ keys, lines }, { change, by }) => {
      rememberReviewer(by);
      const entries = { filter: EVERYTHING, zone, listed: { keys, negated: false } };
      last.current = keys.length === 0 ? null : { entries, change: opposite(change, lines), by };
      await refresh();
      notifications.hide(TOAST);
      notifications.show({
        id: TOAST,
        title: titleOf(change),
        message:
          keys.length === 0 ? (
            'It was so already.'
          ) : (
            <>
              {counted(keys.length, 'entry', 'entries')}{' '}
              <button type="button" className={s.inlineLink} onClick={undo}>
                Undo (U)
              </button>
            </>
          ),
        autoClose: 12_000,
        closeButtonProps: { 'aria-label': 'Close' },
      });
    },
    onError: complain,
  });

  return {
    mark: (wish) =>
      marked.mutateAsync(wish).then(
        () => true,
        () => false,
      ),
    undo,
    pending: marked.isPending || undone.isPending,
  };
}

function opposite(change: MarkChange, lines: readonly number[]): MarkChange {
  return change.kind === 'note' ? { kind: 'noteSet', notes: lines, set: false } : { ...change, set: !change.set };
}

function titleOf(change: MarkChange): string {
  switch (change.kind) {
    case 'tag':
      return `${change.set ? 'Tagged' : 'No longer tagged'} ${visible(change.tag)}`;
    case 'pin':
      return change.set ? 'Pinned' : 'No longer pinned';
    case 'note':
      return 'Noted';
    case 'noteSet':
      return change.set ? 'The note stands again' : 'Note taken away';
  }
}

/** Says a failure where the person looks anyway. */
export function complain(error: unknown): void {
  const { message, hint } = failureOf(error);
  notifications.show({
    title: message,
    message: hint,
    color: 'red',
    autoClose: false,
    closeButtonProps: { 'aria-label': 'Close' },
  });
}
