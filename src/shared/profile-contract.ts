import { z } from 'zod';
import { DAY_STATES } from './coverage.ts';
import { findingBriefs } from './detection-contract.ts';
import { ENTITY_KINDS, LONGEST_VALUE } from './entity.ts';
import { FIELDS } from './filter/filter.ts';

// The part of the contract that is about one person, address, tunnel, team or token; contract.ts takes it in whole.

const instant = z.number();
const count = z.int().nonnegative();
const term = z.strictObject({ field: z.enum(FIELDS), value: z.string(), negated: z.boolean() });
const terms = z.array(term).readonly();
const entity = z.strictObject({ kind: z.enum(ENTITY_KINDS), value: z.string() });
const asked = z.strictObject({ kind: z.enum(ENTITY_KINDS), value: z.string().min(1).max(LONGEST_VALUE) });
const actor = z
  .strictObject({ id: z.string().nullable(), name: z.string().nullable(), email: z.string().nullable() })
  .nullable();
const target = z
  .strictObject({ type: z.string().nullable(), id: z.string().nullable(), name: z.string().nullable() })
  .nullable();

/** The lists a side is taken apart into. */
export const SLICES = [
  'category',
  'action',
  'person',
  'type',
  'target',
  'team',
  'address',
  'country',
  'network',
  'agent',
] as const;

const slice = z.strictObject({
  by: z.enum(SLICES),
  /** The most frequent and the newest, the most frequent first. */
  items: z
    .array(
      z.strictObject({
        /** Null is "has none". */
        value: z.string().nullable(),
        label: z.string(),
        /** What tells it apart from others of its name. */
        detail: z.string().nullable(),
        /** Where an address is; null for everything else. */
        place: z.strictObject({ country: z.string().nullable(), network: z.string().nullable() }).nullable(),
        entity: entity.nullable(),
        /** What is added to the side's terms to be left with these entries; null where no filter says it. */
        terms: terms.nullable(),
        count,
        first: instant,
        last: instant,
      }),
    )
    .readonly(),
  /** The entries that none of the items stands for, and how many further values they have. */
  rest: z.strictObject({ values: count, count, terms: terms.nullable() }),
});

/** One way in which the log speaks of something: what it did, what was done to it, what happened in it or came from it. */
const side = z.strictObject({
  side: z.enum(['by', 'to', 'in', 'from']),
  /** The filter whose entries these are. */
  terms,
  total: count,
  first: instant.nullable(),
  last: instant.nullable(),
  /** By hour of the week in the zone asked for, Monday 00:00 first. */
  hours: z.array(count).length(168).readonly(),
  slices: z.array(slice).readonly(),
});

const event = z.strictObject({
  key: z.int().nonnegative(),
  ts: instant,
  side: z.enum(['by', 'to', 'in', 'from']),
  actor,
  action: z.string(),
  target,
  /** What changed, as far as the entry tells. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  role: z.string().nullable(),
  reason: z.string().nullable(),
  /** The first or last entry of a side, told because of its place and not of what it says. */
  edge: z.enum(['first', 'last']).nullable(),
});

const profile = z.strictObject({
  kind: z.enum(ENTITY_KINDS),
  value: z.string(),
  /** What it was called, newest first. */
  knownAs: z
    .array(z.strictObject({ as: z.enum(['name', 'email', 'id']), value: z.string(), first: instant, last: instant }))
    .readonly(),
  /** Where an address is; null for everything else. */
  place: z.strictObject({ country: z.string().nullable(), network: z.string().nullable() }).nullable(),
  /** From which lists places are known, and of what date they are. */
  places: z.strictObject({ date: z.string().nullable(), credit: z.string() }),
  sides: z.array(side).readonly(),
  lifeline: z.strictObject({
    /** Oldest first. */
    events: z.array(event).readonly(),
    /** The filters the events were taken from; where more match than were taken, the ones between are left out. */
    sources: z.array(z.strictObject({ terms, total: count, shown: count })).readonly(),
    /** Runs of UTC days between the first event and the last of which the archive does not hold everything. */
    gaps: z
      .array(
        z.strictObject({
          from: z.string(),
          to: z.string(),
          days: count,
          state: z.enum([...DAY_STATES, 'unknown']),
        }),
      )
      .readonly(),
  }),
  /** Whether it is still there as far as the log tells. */
  standing: z.strictObject({
    /** The entry that it began with; null where the log does not hold it. */
    begun: event.nullable(),
    /** The entry that it ended with; null while it has not. */
    ended: event.nullable(),
    /** Entries after the end: the side they are of, how many, and the first instant after it. */
    after: z.strictObject({ terms, count, since: instant }).nullable(),
    /** Of a person: the teams it was seen in, and the entry that took it out of each. */
    teams: z
      .array(z.strictObject({ id: z.string().nullable(), name: z.string().nullable(), removed: event.nullable() }))
      .readonly(),
  }),
});

const zone = z.string().min(1).max(64);
const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** Methods about one person, address, tunnel, team or token. */
export const PROFILE_METHODS = {
  /** All that the log tells of it. A value that no entry names has sides without entries. */
  'profile.get': method(asked.extend({ zone }), profile),
  /** Findings that hold an entry of any of its sides: how many, and the first, open ones before others and graver before newer. */
  'profile.findings': method(
    asked.extend({ limit: z.int().min(1).max(100) }),
    z.strictObject({ total: count, open: count, findings: findingBriefs }),
  ),
} as const;

export type Profile = z.output<typeof profile>;
export type ProfileSide = z.output<typeof side>;
export type ProfileSlice = z.output<typeof slice>;
export type ProfileItem = ProfileSlice['items'][number];
export type LifeEvent = z.output<typeof event>;
export type SliceName = (typeof SLICES)[number];
