import { type ActionInfo, describeAction } from '../../../shared/action.ts';
import type { EntryRow, Json } from '../../../shared/entry.ts';
import { emptyReading, mayBeRead, type Reading, read, signInMayBeRead } from './reading/reading.ts';
import { isSelf } from './reading/self.ts';

/** How much of an entry a field needs: its action alone, its row, or its raw bytes. */
export type Depth = 'action' | 'row' | 'metadata';

/** An entry as rules see it. What costs something is worked out when it is asked for, once. */
export type Subject = {
  readonly row: EntryRow;
  readonly info: ActionInfo;
  readonly metadata: Json;
  readonly reading: Reading;
};

/** Fetches an entry's raw text; empty where it is not to be had. */
export type RawOf = (row: EntryRow) => string;

const known = new Map<string, ActionInfo>();

/** As `describeAction`, remembered: an archive has few distinct actions. */
export function actionInfo(action: string): ActionInfo {
  let info = known.get(action);
  if (info === undefined) {
    info = describeAction(action);
    if (known.size > 20_000) known.clear();
    known.set(action, info);
  }
  return info;
}

/** The subject of a row. */
export function subjectOf(row: EntryRow, rawOf: RawOf): Subject {
  return new EntrySubject(row, rawOf);
}

// A class: a million of these are made in a run, and closures of their own would cost more than the rules.
class EntrySubject implements Subject {
  readonly row: EntryRow;
  readonly info: ActionInfo;
  readonly #rawOf: RawOf;
  #raw: string | null = null;
  #metadata: Json | undefined = undefined;
  #reading: Reading | null = null;

  constructor(row: EntryRow, rawOf: RawOf) {
    this.row = row;
    this.info = actionInfo(row.action);
    this.#rawOf = rawOf;
  }

  get metadata(): Json {
    this.#metadata ??= metadataOf(this.#text());
    return this.#metadata;
  }

  get reading(): Reading {
    this.#reading ??= readable(this.info, this.row.action, () => this.#text())
      ? read(this.row, this.metadata)
      : emptyReading(this.info.meaning);
    return this.#reading;
  }

  #text(): string {
    this.#raw ??= this.#rawOf(this.row);
    return this.#raw;
  }
}

function readable(info: ActionInfo, action: string, text: () => string): boolean {
  if (!mayBeRead(action)) return false;
  return (
    (info.meaning !== 'login_succeeded' && info.meaning !== 'login_failed') || signInMayBeRead(metadataText(text()))
  );
}

// Everything after the key: agents and addresses before it are no part of what is asked.
function metadataText(raw: string): string {
  const at = raw.indexOf('"metadata"');
  return at < 0 ? '' : raw.slice(at);
}

function metadataOf(raw: string): Json {
  if (raw === '') return {};
  try {
    const value = JSON.parse(raw) as { metadata?: Json } | null;
    return value?.metadata ?? {};
  } catch {
    return {};
  }
}

export type FieldValue = string | number | boolean | null;
export type Field = {
  readonly depth: Depth;
  /** Made from the reading: known to be nothing for actions that are never read. */
  readonly derived?: boolean;
  get(subject: Subject): readonly FieldValue[];
};

const one = (depth: Depth, of: (subject: Subject) => FieldValue | undefined): Field => ({
  depth,
  get: (subject) => [of(subject) ?? null],
});

const fromReading = (of: (subject: Subject) => FieldValue | undefined): Field => ({
  ...one('metadata', of),
  derived: true,
});

const FIELDS: Readonly<Record<string, Field>> = {
  action: one('action', ({ row }) => row.action),
  meaning: one('action', ({ info }) => info.meaning),
  category: one('action', ({ info }) => info.category),
  'actor.id': one('row', ({ row }) => row.actor?.id),
  'actor.name': one('row', ({ row }) => row.actor?.name),
  'actor.email': one('row', ({ row }) => row.actor?.email),
  'actor.key': one('row', ({ row }) => actorKey(row)),
  account: one('row', ({ row }) => accountOf(row)),
  'target.type': one('row', ({ row }) => row.target?.type),
  'target.id': one('row', ({ row }) => row.target?.id),
  'target.name': one('row', ({ row }) => row.target?.name),
  'target.key': one('row', ({ row }) => row.target?.id ?? row.target?.name),
  'target.is_actor': one('row', ({ row }) => isSelf(row)),
  address: one('row', ({ row }) => row.address),
  network: one('row', ({ row }) => networkOf(row.address)),
  agent: one('row', ({ row }) => row.agent),
  'team.id': one('row', ({ row }) => row.team?.id),
  'team.name': one('row', ({ row }) => row.team?.name),
  outcome: fromReading(({ reading }) => reading.outcome),
  'change.from': fromReading(({ reading }) => reading.from),
  'change.to': fromReading(({ reading }) => reading.to),
  reading: {
    depth: 'metadata',
    derived: true,
    get: ({ reading }) => [...reading.names],
  },
};

/** Whether an action is never read, so that derived fields are known without looking at the entry. */
export function isNeverRead(action: string): boolean {
  return !mayBeRead(action);
}

/** The field of a name, or null where rules know none such. */
export function fieldNamed(name: string): Field | null {
  const plain = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (plain) return plain;
  if (!name.startsWith('metadata.') || name.length === 'metadata.'.length) return null;
  const path = name.slice('metadata.'.length).split('.');
  return { depth: 'metadata', get: ({ metadata }) => valuesAt(metadata, path) };
}

/** Names of the fixed fields, for messages. */
export const FIELD_NAMES: readonly string[] = [...Object.keys(FIELDS), 'metadata.*'];

function valuesAt(value: Json | undefined, path: readonly string[]): FieldValue[] {
  if (Array.isArray(value)) return value.flatMap((part) => valuesAt(part as Json, path));
  const [name, ...rest] = path;
  if (name === undefined)
    return [typeof value === 'object' && value !== null ? JSON.stringify(value) : ((value ?? null) as FieldValue)];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  return valuesAt((value as { readonly [key: string]: Json })[name], rest);
}

/** What identifies a person across entries. */
export function actorKey(row: EntryRow): string | null {
  return row.actor?.id ?? row.actor?.email ?? row.actor?.name ?? null;
}

/** The account an entry is about where it may name no actor: a sign-in that failed is often nobody's. */
export function accountOf(row: EntryRow): string | null {
  const key = actorKey(row);
  return key !== null && key !== 'unknown' ? key : (row.actor?.email ?? row.target?.name ?? row.target?.id ?? null);
}

const networks = new Map<string, string | null>();

/** The network an address belongs to, as far as one party is likely to hold it: /24 of IPv4, /64 of IPv6. */
export function networkOf(address: string | null): string | null {
  if (address === null) return null;
  let network = networks.get(address);
  if (network === undefined) {
    const v4 = /^(\d+\.\d+\.\d+)\.\d+$/.exec(address);
    network = v4
      ? `${v4[1]}.0/24`
      : address.includes(':')
        ? `${address.split(':').slice(0, 4).join(':')}::/64`
        : address;
    if (networks.size > 100_000) networks.clear();
    networks.set(address, network);
  }
  return network;
}
