import type { DayState } from '../../../shared/coverage.ts';
import s from './coverage.module.css';

/** A small cell in the pattern of a state: decoration beside its word. */
export function StateMark({ state, paler = false }: { state: DayState | 'none'; paler?: boolean }) {
  return <i className={s.day} data-colours data-state={state} data-paler={paler || undefined} aria-hidden />;
}
