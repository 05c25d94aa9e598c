import { describeAction } from '../../../../shared/action.ts';
import { entityOfTarget } from '../../../../shared/entity.ts';
import type { Actor, EntryRow, Json, Team } from '../../../../shared/entry.ts';
import { exactly } from '../../../../shared/filter/exactly.ts';
import { acceptsInvitation } from '../../../../shared/invitation.ts';
import type { ArchiveReader } from '../../archive/reader.ts';
import { read } from '../../detection/reading/reading.ts';
import { parseEntry } from '../../jetty/parse-entry.ts';

/** What an entry says of who may do what: somebody came into a team, left it, or got another role. */
export type MembershipEvent = {
  readonly key: number;
  readonly id: string;
  /** Milliseconds UTC. */
  readonly ts: number;
  readonly kind: 'joined' | 'left' | 'role' | 'ownership';
  readonly person: Actor;
  /** Null where the entry names no team: it speaks of the whole organisation. */
  readonly team: Team | null;
  /** Roles in the words of the entry; null where it does not tell. */
  readonly from: string | null;
  readonly to: string | null;
  readonly by: Actor | null;
};

/** Every such entry of a span (milliseconds UTC, both ends included; null is open), oldest first. */
export function membershipEvents(
  reader: Pick<ArchiveReader, 'tuples' | 'rawRows'>,
  fromMs: number | null,
  toMs: number | null,
): MembershipEvent[] {
  const actions = reader.tuples('action').filter((action) => kindOf(action) !== null);
  if (actions.length === 0) return [];
  const terms = actions.map((action) => exactly('action', action));
  const events: MembershipEvent[] = [];
  for (const { row, raw } of reader.rawRows({ filter: { terms }, fromMs, toMs })) {
    events.push(...eventsOf(row, parseEntry(raw).entry?.metadata ?? null));
  }
  return events;
}

function kindOf(action: string): MembershipEvent['kind'] | null {
  const { meaning } = describeAction(action);
  if (meaning === 'member_added' || acceptsInvitation(action)) return 'joined';
  if (meaning === 'member_removed') return 'left';
  if (meaning === 'role_changed') return 'role';
  return meaning === 'ownership_transferred' ? 'ownership' : null;
}

function eventsOf(row: EntryRow, metadata: Json): MembershipEvent[] {
  const kind = kindOf(row.action);
  if (kind === null) return [];
  const { key, id, ts, team, actor: by } = row;
  const said = read(row, metadata);
  const common = { key, id, ts, kind, team, by };
  if (kind === 'ownership') {
    const handing = named(said.from, textAt(metadata, 'from_name'));
    const heir = named(said.to, textAt(metadata, 'to_name')) ?? personOf(row);
    return [
      ...(handing === null ? [] : [{ ...common, person: handing, from: 'owner', to: null }]),
      ...(heir === null ? [] : [{ ...common, person: heir, from: null, to: 'owner' }]),
    ];
  }
  const person = acceptsInvitation(row.action) ? row.actor : personOf(row);
  if (person === null) return [];
  const role = textAt(metadata, 'role');
  if (kind === 'joined') return [{ ...common, person, from: null, to: said.to ?? role }];
  if (kind === 'left') return [{ ...common, person, from: said.from ?? role, to: null }];
  return [{ ...common, person, from: said.from, to: said.to ?? role }];
}

function personOf({ target }: EntryRow): Actor | null {
  const kind = entityOfTarget(target)?.kind;
  if (target === null || (kind !== 'person' && kind !== undefined)) return null;
  if (target.id === null && target.name === null) return null;
  const email = target.name?.includes('@') ? target.name : null;
  return { id: target.id, name: email === null ? target.name : null, email };
}

function named(id: string | null, name: string | null): Actor | null {
  return id === null && name === null ? null : { id, name, email: null };
}

function textAt(metadata: Json, key: string): string | null {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return null;
  const value = (metadata as { readonly [key: string]: Json })[key];
  return typeof value === 'string' && value !== '' ? value : null;
}
