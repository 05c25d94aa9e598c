import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import type { Actor, Team } from '../../../shared/entry.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { dayOf, daysBetween, endOfDay, isDay } from '../../../shared/instant.ts';
import type { Leaver, LeaverComparison } from '../../../shared/review-schema.ts';
import { fold } from '../../../shared/text.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { accessOver } from './access/access.ts';
import type { MembershipEvent } from './access/membership-events.ts';
import { type People, peopleOf } from './access/people.ts';
import { teamKey } from './access/roster.ts';

type Listed = {
  readonly line: number;
  readonly name: string | null;
  readonly email: string | null;
  readonly leftOn: string;
};
type Unread = LeaverComparison['unread'][number];

const EMAIL = names('email e_mail mail email_address work_email business_email user upn');
const NAME = names('name full_name display_name employee employee_name person');
const FIRST = names('first_name given_name forename firstname');
const LAST = names('last_name family_name surname lastname');
const LEFT = names(
  'leaving_date left left_on leave_date last_day last_working_day termination_date terminated end_date exit_date date leaver_date departure_date',
);

/**
 * Compares a list of leavers with what the log tells of their access up to an instant (milliseconds UTC). The list is CSV
 * with a header that names an e-mail address or a name, and the day of leaving (2026-01-31, 31.01.2026 or 31/01/2026), in
 * any order, separated by comma, semicolon or tab. Somebody who is removed on the day of leaving is in time. `bad_input`
 * where the header names no such columns; rows that cannot be read are named.
 */
export function compareLeavers(
  reader: Pick<ArchiveReader, 'tuples' | 'rawRows' | 'survey'>,
  csv: string,
  { fileName, zone, now }: { readonly fileName: string; readonly zone: string; readonly now: number },
): Result<LeaverComparison> {
  const list = readLeavers(csv);
  if (!list.ok) return list;
  const access = accessOver(reader, 0, now);
  const actors = reader.tuples('actor').filter((actor): actor is Actor => actor !== null);
  // Somebody who was only ever acted upon is known by those entries alone.
  const people = peopleOf([...access.changes.map(({ person }) => person), ...actors]);
  const byPerson = Map.groupBy(access.changes, (event) => people.keyOf(event.person));
  const rosterOf = Map.groupBy(access.end, ({ person }) => people.keyOf(person));
  const known = new Set([...byPerson.keys(), ...rosterOf.keys(), ...actors.map((actor) => people.keyOf(actor))]);
  const leavers = list.value.listed.map((one): Leaver => {
    const asked = { id: null, name: one.name, email: one.email };
    const keys = [people.keyOf(asked), people.keyOf({ id: null, name: one.name, email: null })];
    const key = keys.find((each) => known.has(each));
    if (key === undefined) return { ...one, person: null, state: 'unknown', memberships: [], daysLate: 0 };
    const events = byPerson.get(key) ?? [];
    const still = rosterOf.get(key) ?? [];
    const memberships = membershipsOf(one, events, still, zone, now);
    const daysLate = Math.max(0, ...memberships.map((each) => each.daysLate));
    return {
      ...one,
      person: personOf(people, events, still, asked),
      state: stateOf(memberships),
      memberships,
      daysLate,
    };
  });
  const sha256 = createHash('sha256').update(csv).digest('hex');
  return ok({ fileName, sha256, at: now, zone, leavers, unread: [...list.value.unread] });
}

/** Reads such a list. */
export function readLeavers(csv: string): Result<{ listed: readonly Listed[]; unread: readonly Unread[] }> {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    const first = csv.slice(0, csv.search(/[\r\n]|$/));
    const delimiter = [',', ';', '\t'].reduce((a, b) => (first.split(b).length > first.split(a).length ? b : a));
    records = parse(csv, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as typeof records;
  } catch {
    return fail('bad_input', 'This is no list in CSV.', 'Save it as CSV with a header, such as email,leaving_date.');
  }
  const header = records.shift()?.record.map(headed) ?? [];
  const column = (wanted: ReadonlySet<string>) => header.findIndex((name) => wanted.has(name));
  const [email, name, first, last, left] = [EMAIL, NAME, FIRST, LAST, LEFT].map(column) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (left < 0 || (email < 0 && name < 0 && last < 0))
    return fail(
      'bad_input',
      'The header of the list names no e-mail or name, or no day of leaving.',
      'Call the columns email (or name) and leaving_date.',
    );
  const listed: Listed[] = [];
  const unread: Unread[] = [];
  for (const { record, info } of records) {
    const cell = (i: number) => record[i]?.trim() || null;
    const line = info.lines;
    const whole = cell(name) ?? ([cell(first), cell(last)].filter((one) => one !== null).join(' ') || null);
    const address = cell(email);
    const leftOn = dateOf(cell(left) ?? '');
    if (whole === null && address === null) unread.push({ line, reason: 'It names nobody.' });
    else if (leftOn === null) unread.push({ line, reason: `“${cell(left) ?? ''}” is not a date such as 2026-01-31.` });
    else listed.push({ line, name: whole, email: address, leftOn });
  }
  return ok({ listed, unread });
}

function membershipsOf(
  { leftOn }: Listed,
  events: readonly MembershipEvent[],
  still: readonly {
    readonly team: Team | null;
    readonly role: string | null;
    readonly seen: { readonly last: number } | null;
    readonly leftBefore: MembershipEvent | null;
  }[],
  zone: string,
  now: number,
): Leaver['memberships'] {
  const due = endOfDay(leftOn, zone);
  const lateUntil = (ms: number): number => (ms < due ? 0 : Math.max(0, daysBetween(leftOn, dayOf(ms, zone))));
  const memberships: Leaver['memberships'] = [];
  const present = new Map(still.map((one) => [teamKey(one.team), one]));
  for (const [key, own] of Map.groupBy(events, ({ team }) => teamKey(team))) {
    const here = present.get(key);
    const removal = own.findLast(({ kind }) => kind === 'left');
    if (removal === undefined || (here !== undefined && here.leftBefore === null)) continue;
    const acted = here?.seen?.last ?? null;
    memberships.push({
      team: teamOf(removal.team),
      role: removal.from,
      removedAt: removal.ts,
      removedBy: removal.by?.name ?? removal.by?.email ?? removal.by?.id ?? null,
      daysLate: lateUntil(removal.ts),
      actedAt: acted !== null && acted >= due ? acted : null,
    });
  }
  for (const one of still) {
    if (one.leftBefore !== null) continue;
    const acted = one.seen?.last ?? null;
    memberships.push({
      ...{ team: teamOf(one.team), role: one.role, removedAt: null, removedBy: null, daysLate: lateUntil(now) },
      actedAt: acted !== null && acted >= due ? acted : null,
    });
  }
  return memberships;
}

function stateOf(memberships: Leaver['memberships']): Leaver['state'] {
  if (memberships.length === 0) return 'never';
  if (memberships.some(({ removedAt }) => removedAt === null)) return 'present';
  return memberships.some(({ daysLate }) => daysLate > 0) ? 'late' : 'removed';
}

function personOf(
  people: People,
  events: readonly MembershipEvent[],
  still: readonly { readonly person: Actor }[],
  asked: Actor,
): Actor {
  const { id, name, email } = people.named(still[0]?.person ?? events[0]?.person ?? asked);
  return { id, name: name ?? asked.name, email: email ?? asked.email };
}

function teamOf(team: Team | null): { id: string | null; name: string | null } | null {
  return team === null ? null : { id: team.id, name: team.name };
}

function dateOf(text: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text);
  const local = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text);
  const day = iso
    ? `${iso[1]}-${iso[2]}-${iso[3]}`
    : local
      ? `${local[3]}-${local[2]!.padStart(2, '0')}-${local[1]!.padStart(2, '0')}`
      : '';
  return isDay(day) ? day : null;
}

function headed(cell: string): string {
  return fold(cell.trim()).replace(/[^a-z0-9]+/g, '_');
}

function names(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
