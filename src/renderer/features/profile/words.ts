import type { DayState } from '../../../shared/coverage.ts';
import type { EntityKind } from '../../../shared/entity.ts';
import type { LifeEvent, Profile, ProfileSide, SliceName } from '../../../shared/profile-contract.ts';
import { date, shortDate } from '../../lib/time.ts';

export const KINDS: Readonly<Record<EntityKind, string>> = {
  person: 'Person',
  address: 'Address',
  tunnel: 'Tunnel',
  team: 'Team',
  token: 'Token',
};

/** What it is called now: its newest name, else its newest address, else the value it was asked for by. */
export function titleOf({ knownAs, value }: Profile): string {
  const newest = (as: 'name' | 'email') => knownAs.find((one) => one.as === as)?.value;
  return newest('name') ?? newest('email') ?? value;
}

/** What a side is called where one of two is chosen. */
export const SIDES: Readonly<Record<ProfileSide['side'], string>> = {
  by: 'Did',
  to: 'Was done to it',
  in: 'Happened in it',
  from: 'Came from it',
};

export function sideTitle(kind: EntityKind, side: ProfileSide['side']): string {
  return kind === 'person' && side === 'to' ? 'Was done to them' : SIDES[side];
}

export const SLICE_TITLES: Readonly<Record<SliceName, string>> = {
  category: 'By category',
  action: 'Actions',
  person: 'Who',
  type: 'Kinds of things touched',
  target: 'What was touched',
  team: 'Teams',
  address: 'Addresses',
  country: 'Countries',
  network: 'Networks',
  agent: 'Browsers and programs',
};

/** What stands where entries have no value of a kind. */
export const NONE: Readonly<Record<SliceName, string>> = {
  category: 'no category',
  action: 'no action',
  person: 'nobody named',
  type: 'nothing named',
  target: 'nothing named',
  team: 'no team',
  address: 'no address',
  country: 'no address',
  network: 'unknown network',
  agent: 'no client named',
};

const GAPS: Readonly<Record<DayState | 'unknown', string>> = {
  lost: 'could not be fetched any more',
  partial: 'not known to be whole',
  pending: 'not fetched yet',
  unknown: 'never fetched',
  complete: '',
  imported: '',
};

export function gapWords({ days, state }: Profile['lifeline']['gaps'][number]): string {
  return `${days === 1 ? 'a day' : `${days} days`} ${GAPS[state]}: what happened then is not known`;
}

/** `12 Oct 2026`, `12 Oct – 3 Nov 2026`: the UTC days of a gap. */
export function gapDays({ from, to }: Profile['lifeline']['gaps'][number]): string {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  if (from === to) return date(first, 'UTC');
  return `${from.slice(0, 4) === to.slice(0, 4) ? shortDate(first, 'UTC') : date(first, 'UTC')} – ${date(last, 'UTC')}`;
}

/** What an event changed, in words; empty where it does not say. */
export function changeWords({ from, to, role, reason }: LifeEvent): string {
  const change =
    from !== null && to !== null
      ? `from ${from} to ${to}`
      : to !== null
        ? `to ${to}`
        : from !== null
          ? `was ${from}`
          : '';
  const parts = [change === '' && role !== null ? `as ${role}` : change, reason === null ? '' : `“${reason}”`];
  return parts.filter((part) => part !== '').join(', ');
}

/** A day as short as it can be said: `14 Oct`, with its year where that is not the year of the newest entry. */
export function seenOn(ms: number, zone: string, newest: number | null): string {
  const full = date(ms, zone);
  return newest !== null && date(newest, zone).slice(-4) === full.slice(-4) ? shortDate(ms, zone) : full;
}

/** `2 h 8 min`, `12 d`: a length of time in its two largest units. */
export function lengthOf(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1000)} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d`;
}
