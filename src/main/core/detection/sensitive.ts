import type { Meaning } from '../../../shared/action.ts';
import { PRIVILEGED_FAMILIES } from '../../../shared/privileged.ts';
import type { Subject } from './subject.ts';

const AFTER_BREACH: ReadonlySet<Meaning> = new Set<Meaning>(['tunnel_started', 'password_changed']);

/** The family of a privileged action, or null where the action is none. */
export function privilegedFamily({ info }: Pick<Subject, 'info'>): string | null {
  return info.meaning === null ? null : (PRIVILEGED_FAMILIES[info.meaning] ?? null);
}

/** Whether an action makes a break-in worse. */
export function isSensitive(subject: Pick<Subject, 'info'>): boolean {
  const { meaning } = subject.info;
  return meaning !== null && (PRIVILEGED_FAMILIES[meaning] !== undefined || AFTER_BREACH.has(meaning));
}
