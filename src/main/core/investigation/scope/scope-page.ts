import type { ScopeEntry } from '../../../../shared/case-schema.ts';
import type { ArchiveReader } from '../../archive/reader.ts';
import type { Places } from '../../geo/places.ts';
import { countryAt } from '../../profile/slice-readings.ts';
import type { Member, Reason, Scope } from './question.ts';

/** The sentence a reviewer reads for each reason. */
export const REASONS: Readonly<Record<Reason, string>> = {
  anchor: 'It is in the timeline, or in a finding of the case.',
  accepted: 'Somebody said that it belongs to the incident.',
  address: 'It came from an address of the intruder.',
  born: 'It was done by an account or token that the intruder made.',
  device: 'It came with the intruder’s device, which is not this account’s own.',
  network: 'It came from the network of the intruder’s addresses.',
  strange: 'This account had never used this network or this device, and it is close in time to the incident.',
  twice: 'It came from elsewhere while the account was at work where it usually is.',
  guess: 'Signing in to this account failed from a network it never used, close in time to the incident.',
  about: 'The system tells it of an account in scope, right after the intruder acted.',
  made: 'It concerns something that the intruder made.',
  session: 'It belongs to a session that is part of the incident.',
  beside: 'The same session, within the hour, and not this account’s routine.',
  span: 'A privileged action in the stretch of time looked at.',
  answer: 'It ends or restores what the intruder did.',
};

/** Entries of a scope in order of time, a page; `pinned` null takes all, else those whose keys are in it are marked, and left out where `leaveOut`. */
export function scopePage(
  reader: Pick<ArchiveReader, 'rowsByKey'>,
  places: Places,
  { members }: Scope,
  asked: {
    readonly pinned: ReadonlySet<number>;
    readonly leaveOut: boolean;
    readonly offset: number;
    readonly limit: number;
  },
): { readonly entries: ScopeEntry[]; readonly total: number } {
  const { pinned, leaveOut, offset, limit } = asked;
  const wanted = leaveOut ? members.filter(({ key }) => !pinned.has(key)) : members;
  const page = wanted.slice(offset, offset + limit);
  const rows = reader.rowsByKey(page.map(({ key }) => key));
  return {
    entries: page.flatMap((one, i): ScopeEntry[] => {
      const row = rows[i] ?? null;
      return row === null ? [] : [entryOf(one, row, places, pinned.has(one.key))];
    }),
    total: wanted.length,
  };
}

function entryOf(one: Member, row: ScopeEntry['row'], places: Places, pinned: boolean): ScopeEntry {
  return {
    row,
    country: countryAt(row.address, places),
    score: one.score,
    reasons: one.reasons.map((reason) => REASONS[reason]),
    step: one.step,
    state: one.state,
    pinned,
    phase: one.phase,
    technique: one.technique,
  };
}
