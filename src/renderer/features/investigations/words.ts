import { describeAction } from '../../../shared/action.ts';
import type { CaseStatus, Phase, RemedyState, ScopeKind, SeedKind } from '../../../shared/case.ts';
import type { CaseEvent } from '../../../shared/case-schema.ts';
import { clockMinutes, shortDate, zoneName } from '../../lib/time.ts';
import { actorName } from '../../ui/avatar.tsx';
import type { Lane } from './search.ts';

/** Colour of a phase, for its number and its part of the bar; the number and the name say the same. */
export const PHASE_COLOURS: Readonly<Record<Phase, string>> = {
  reconnaissance: 'var(--sev-medium)',
  initial_access: 'var(--sev-high)',
  persistence: 'var(--sev-high)',
  privilege: 'var(--sev-high)',
  evasion: 'var(--sev-high)',
  impact: 'var(--sev-critical)',
  containment: 'var(--ok)',
  recovery: 'var(--ok)',
};
export const NO_PHASE_COLOUR = 'var(--sev-info)';

export const STATUS_WORDS: Readonly<Record<CaseStatus, string>> = {
  open: 'open',
  contained: 'contained',
  eradicated: 'eradicated',
  closed: 'closed',
};
export const STATUS_TONES: Readonly<Record<CaseStatus, string | undefined>> = {
  open: 'accent',
  contained: 'ok',
  eradicated: 'ok',
  closed: undefined,
};

export const SEED_WORDS: Readonly<Record<SeedKind, string>> = {
  person: 'Account',
  address: 'Address',
  token: 'Token',
  device: 'Device (user agent)',
  span: 'Stretch of time',
};

export const SCOPE_WORDS: Readonly<Record<ScopeKind, string>> = {
  person: 'Accounts',
  address: 'Addresses',
  network: 'Networks',
  device: 'Devices',
  token: 'Tokens',
  tunnel: 'Tunnels',
  team: 'Teams',
  data: 'Settings and data',
};

export const REMEDY_WORDS: Readonly<Record<RemedyState, string>> = {
  done: 'done',
  missing: 'not seen yet',
  undone: 'taken back',
  by_hand: 'by hand',
  not_needed: 'not needed',
};

/** What an event is called in one line, without its actor. */
export function eventTitle(event: CaseEvent): string {
  if (event.kind !== 'entry') return event.title;
  const { row } = event;
  const target = row.target?.name ?? row.target?.id ?? null;
  return `${describeAction(row.action).phrase}${target === null ? '' : ` ${target}`}`;
}

/** What decides the lane of an event; null where it has none. */
export function laneOf(event: CaseEvent, lane: Lane): string | null {
  if (lane === 'phase') return event.phase;
  if (event.kind === 'manual') return null;
  if (event.kind === 'foreign') return fieldLike(event.fields, lane);
  const { row } = event;
  if (lane === 'actor') return row.actor === null ? null : actorName(row.actor);
  if (lane === 'address') return row.address;
  return row.target?.name ?? row.target?.id ?? null;
}

// Other logs name the same things in their own ways.
const FOREIGN: Readonly<Record<Exclude<Lane, 'phase'>, RegExp>> = {
  actor: /^(actor|user|username|user_?name|account|principal|email)$/i,
  address: /^(ip|address|src_?ip|source_?ip|client_?ip|ip_?address|remote_?addr)$/i,
  target: /^(target|resource|object|host|hostname)$/i,
};
function fieldLike(fields: Readonly<Record<string, string>>, lane: Exclude<Lane, 'phase'>): string | null {
  const name = Object.keys(fields).find((one) => FOREIGN[lane].test(one));
  return name === undefined ? null : fields[name] || null;
}

/** `14 Oct 08:51 WEST`: where the year is plain from what stands around it. */
export function shortTime(ms: number, zone: string): string {
  return `${shortDate(ms, zone)} ${clockMinutes(ms, zone)} ${zoneName(ms, zone)}`;
}

/** `14 Oct 02:31 to 05:58 WEST`. */
export function shortSpan(first: number, last: number, zone: string): string {
  const end = shortTime(last, zone);
  if (shortTime(first, zone) === end) return end;
  const start = `${shortDate(first, zone)} ${clockMinutes(first, zone)}`;
  return shortDate(first, zone) === shortDate(last, zone)
    ? `${start} to ${clockMinutes(last, zone)} ${zoneName(last, zone)}`
    : `${start} to ${end}`;
}

/** `2 h 53 min`, `41 d 3 h`, `12 s`: the two largest units. */
export function lengthWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(' ');
}
