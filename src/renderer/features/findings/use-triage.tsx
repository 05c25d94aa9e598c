import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Input, Output } from '../../../shared/contract.ts';
import { useArchive } from '../../lib/app-state.ts';
import { call } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import { visible } from '../../lib/visible-text.ts';
import { complain } from '../../ui/toasts.tsx';
import { DONE } from './decisions.ts';
import { findingsOptions } from './queries.ts';
import s from './triage.module.css';

type Wish = Input<'findings.decide'>;
type Last = Pick<Wish, 'ids' | 'by'>;

export type Triage = {
  readonly decide: (wish: Wish, title: string) => Promise<boolean>;
  /** Takes back the last decision made on this screen; does nothing where there is none. */
  readonly undo: () => void;
  readonly pending: boolean;
};

const UNDO_REASON = 'Taken back at once';
const TOAST = 'decided';

/** Decides, shows the answer at once, and offers to take it back by a further line of the history. */
export function useTriage(onUndone: (ids: readonly string[]) => void): Triage {
  const archive = useArchive();
  const client = useQueryClient();
  const last = useRef<Last | null>(null);
  const { queryKey } = findingsOptions(archive);

  function show({ states }: Output<'findings.decide'>): void {
    const known = new Map(states.map((one) => [one.id, one.state]));
    client.setQueryData<Output<'findings.list'>>(queryKey, (before) =>
      before
        ? { ...before, findings: before.findings.map((one) => ({ ...one, state: known.get(one.id) ?? one.state })) }
        : before,
    );
  }

  const undone = useMutation({
    mutationFn: (one: Last) => call('findings.undo', { ...one, reason: UNDO_REASON }),
    onSuccess: (answer, one) => {
      show(answer);
      onUndone(one.ids);
      notifications.hide(TOAST);
      notifications.show({
        message: `Taken back on ${counted(one.ids.length, 'finding', 'findings')}; the history keeps both lines.`,
        closeButtonProps: { 'aria-label': 'Close' },
      });
    },
    onError: (error) => complain(error),
  });

  function undo(): void {
    const one = last.current;
    last.current = null;
    if (one) undone.mutate(one);
  }

  const decided = useMutation({
    mutationFn: ({ wish }: { wish: Wish; title: string }) => call('findings.decide', wish),
    onSuccess: (answer, { wish, title }) => {
      show(answer);
      const { ids, by, verdict } = wish;
      last.current = verdict === 'noted' ? null : { ids, by };
      notifications.hide(TOAST);
      notifications.show({
        id: TOAST,
        title:
          verdict === 'noted' ? 'Noted' : verdict === 'filed' ? `Put into case ${visible(wish.reason)}` : DONE[verdict],
        message: (
          <>
            {ids.length > 1 ? counted(ids.length, 'finding', 'findings') : visible(title).slice(0, 80)}{' '}
            {verdict !== 'noted' && (
              <button type="button" className={s.inlineLink} onClick={undo}>
                Undo (U)
              </button>
            )}
          </>
        ),
        autoClose: 12_000,
        closeButtonProps: { 'aria-label': 'Close' },
      });
    },
    onError: (error) => complain(error),
  });

  return {
    decide: (wish, title) =>
      decided.mutateAsync({ wish, title }).then(
        () => true,
        () => false,
      ),
    undo,
    pending: decided.isPending || undone.isPending,
  };
}
