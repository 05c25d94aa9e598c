import { IconAlertTriangle, IconCheck, IconClock, IconFileImport, IconShieldCheck, IconX } from '@tabler/icons-react';
import type { DayState as State } from '../../../shared/coverage.ts';
import s from './day-state.module.css';

const WORDS: Readonly<Record<State, readonly [icon: typeof IconCheck, words: string]>> = {
  complete: [IconCheck, 'complete'],
  imported: [IconFileImport, 'imported from a file'],
  partial: [IconClock, 'not yet complete'],
  pending: [IconAlertTriangle, 'not fetched yet'],
  lost: [IconX, 'lost before it was fetched'],
};

/** How whole a day is, and whether it is sealed: an icon and words, the colour only beside them. */
export function DayState({ state, sealed = false }: { state: State | null; sealed?: boolean }) {
  if (state === null) return null;
  const [Own, words] = WORDS[state];
  const Icon = sealed && state === 'complete' ? IconShieldCheck : Own;
  return (
    <span className={s.state} data-state={state}>
      <Icon size={13} stroke={1.7} aria-hidden />
      {sealed ? `${words}, sealed` : words}
    </span>
  );
}
