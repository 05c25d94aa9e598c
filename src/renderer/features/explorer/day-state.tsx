import { IconAlertTriangle, IconCheck, IconClock, IconFileImport, IconX } from '@tabler/icons-react';
import type { DayState as State } from '../../../shared/coverage.ts';
import s from './day-state.module.css';

const WORDS: Readonly<Record<State, readonly [icon: typeof IconCheck, words: string]>> = {
  complete: [IconCheck, 'complete'],
  imported: [IconFileImport, 'imported from a file'],
  partial: [IconClock, 'not yet complete'],
  pending: [IconAlertTriangle, 'not fetched yet'],
  lost: [IconX, 'lost before it was fetched'],
};

/** How whole a day is: an icon and a word, the colour only beside them. */
export function DayState({ state }: { state: State | null }) {
  if (state === null) return null;
  const [Icon, words] = WORDS[state];
  return (
    <span className={s.state} data-state={state}>
      <Icon size={13} stroke={1.7} aria-hidden />
      {words}
    </span>
  );
}
