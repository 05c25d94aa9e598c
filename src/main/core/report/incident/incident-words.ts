import { describeAction } from '../../../../shared/action.ts';
import { PHASE_NAMES, type RemedyState, type ScopeKind, type ScopeState } from '../../../../shared/case.ts';
import type { CaseEvent } from '../../../../shared/case-schema.ts';

export const KIND_NAMES: Readonly<Record<ScopeKind, string>> = {
  person: 'Account',
  address: 'Address',
  network: 'Network',
  device: 'Device',
  token: 'Token',
  tunnel: 'Tunnel',
  team: 'Team',
  data: 'Other',
};

export const SCOPE_STATE_WORDS: Readonly<Record<ScopeState, string>> = {
  seed: 'where it began',
  suggested: 'computed, not decided',
  accepted: 'accepted',
  rejected: 'left out',
};

export const REMEDY_WORDS: Readonly<Record<RemedyState, string>> = {
  done: 'Seen in the log',
  missing: 'Not seen in the log',
  undone: 'Done, and taken back later',
  by_hand: 'Done, as a person says',
  not_needed: 'Not needed, as a person says',
};

/** What happened, as the timeline calls it. */
export function eventTitle(event: CaseEvent): string {
  if (event.kind !== 'entry') return event.title;
  const { target } = event.row;
  const on = target?.name ?? target?.id ?? null;
  return on === null ? describeAction(event.row.action).phrase : `${describeAction(event.row.action).phrase}: ${on}`;
}

/** Who did it and from where; of what is no entry, where it is known from. */
export function eventSource(event: CaseEvent): readonly string[] {
  if (event.kind === 'manual') return ['Written down by hand', event.source].filter((text) => text !== '');
  if (event.kind === 'foreign') return ['Line of another log', `${event.file}, line ${event.fileLine}`];
  const { actor, address } = event.row;
  const who = actor?.email ?? actor?.name ?? actor?.id ?? 'nobody named';
  if (address === null) return [who];
  return [who, event.country === null ? address : `${address} ${event.country}`];
}

export function phaseName(event: CaseEvent): string {
  return event.phase === null ? 'No phase' : PHASE_NAMES[event.phase];
}
