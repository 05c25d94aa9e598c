import { describeAction, type Meaning } from '../../../shared/action.ts';
import type { Entity } from '../../../shared/entity.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import type { Filter, Term } from '../../../shared/filter/filter.ts';
import { acceptsInvitation } from '../../../shared/invitation.ts';
import type { LifeEvent } from '../../../shared/profile-contract.ts';
import type { ArchiveReader, Survey } from '../archive/reader.ts';
import { read } from '../detection/reading/reading.ts';
import { parseEntry } from '../jetty/parse-entry.ts';
import type { QueryPlan } from '../search/plan.ts';
import type { Side } from './sides.ts';

/** What happens every day and changes nothing about whoever or whatever it happens to. */
const EVERYDAY: ReadonlySet<Meaning | null> = new Set<Meaning>([
  'login_succeeded',
  'login_failed',
  'logout',
  'unusual_place',
  'tunnel_started',
  'tunnel_stopped',
]);

/** What people do that changes how they themselves can get in. */
const OF_ONESELF: ReadonlySet<Meaning | null> = new Set<Meaning>([
  'two_factor_enabled',
  'two_factor_disabled',
  'recovery_codes_regenerated',
  'password_changed',
  'profile_changed',
]);
/** Who came into a team, who left it and what they may do there. */
const MEMBERSHIP: ReadonlySet<Meaning | null> = new Set<Meaning>([
  'member_added',
  'member_removed',
  'member_invited',
  'role_changed',
  'ownership_transferred',
]);

/** So many of the oldest of a kind are told, and so many of the newest. */
const OLDEST = 40;
const NEWEST = 80;
const LONGEST_TEXT = 400;

/** Whether an action is one of a life: what made a thing, changed it, moved it, ended it. */
function isOfLife(action: string, side: Side['side']): boolean {
  const { meaning } = describeAction(action);
  if (side === 'to') return !EVERYDAY.has(meaning);
  if (side === 'in') return MEMBERSHIP.has(meaning);
  return side === 'by' && (OF_ONESELF.has(meaning) || acceptsInvitation(action));
}

/** The terms that leave the events of a life among a side's entries; null where it has none. */
export function lifeTerms(side: Side, survey: Survey): readonly Term[] | null {
  const actions = survey.tallies.action.map((one) => one.value).filter((action) => isOfLife(action, side.side));
  // Beyond what a filter holds, the rarest are left out last: they are the ones that tell.
  return actions.length === 0
    ? null
    : [...side.terms, ...actions.slice(0, MOST_ACTIONS).map((one) => exactly('action', one))];
}
const MOST_ACTIONS = 200;

export function planOf(terms: Filter['terms'], fromMs: number | null = null): QueryPlan {
  return { filter: { terms }, fromMs, toMs: null };
}

export type Source = { readonly terms: readonly Term[]; readonly total: number; readonly shown: number };

/** The events that match, the oldest and the newest where there are many, oldest first. */
export function eventsOf(
  reader: ArchiveReader,
  side: Side['side'],
  terms: readonly Term[],
): { readonly events: readonly LifeEvent[]; readonly source: Source } {
  const plan = planOf(terms);
  const page = (limit: number, direction: 'older' | 'newer') =>
    reader.page(plan, { after: null, limit, direction }).rows;
  const rows = new Map([...page(OLDEST, 'newer'), ...page(NEWEST, 'older').toReversed()].map((row) => [row.key, row]));
  const events = [...rows.values()].map((row) => eventOf(reader, row, side, null));
  return { events, source: { terms, total: reader.count(plan), shown: events.length } };
}

/** The first and the last entry of a side. */
export function edgesOf(reader: ArchiveReader, side: Side): readonly LifeEvent[] {
  const plan = planOf(side.terms);
  const [first] = reader.page(plan, { after: null, limit: 1, direction: 'newer' }).rows;
  const [last] = reader.page(plan, { after: null, limit: 1, direction: 'older' }).rows;
  if (first === undefined || last === undefined) return [];
  const events = [eventOf(reader, first, side.side, 'first')];
  return last.key === first.key ? events : [...events, eventOf(reader, last, side.side, 'last')];
}

/** An entry with what it says was changed. */
export function eventOf(reader: ArchiveReader, row: EntryRow, side: Side['side'], edge: LifeEvent['edge']): LifeEvent {
  const record = reader.entry(row.key);
  const metadata = (record === null ? null : parseEntry(record.raw).entry?.metadata) ?? null;
  const { from, to } = read(row, metadata);
  const said = (name: string): string | null => {
    const value =
      typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)
        ? (metadata as Readonly<Record<string, unknown>>)[name]
        : null;
    return typeof value === 'string' && value !== '' ? cut(value) : null;
  };
  const { key, ts, actor, action, target } = row;
  return {
    key,
    ts,
    side,
    actor,
    action,
    target,
    from: cut(from),
    to: cut(to),
    role: said('role'),
    reason: said('reason'),
    edge,
  };
}

function cut(text: string): string;
function cut(text: string | null): string | null;
function cut(text: string | null): string | null {
  return text === null || text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}

/** Whether a page of this kind has a life to tell: an address neither begins nor ends. */
export function hasLife(kind: Entity['kind']): boolean {
  return kind !== 'address';
}
