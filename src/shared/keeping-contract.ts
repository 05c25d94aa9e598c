import { z } from 'zod';

// The part of the contract that is about a retention of one's own and legal holds; contract.ts takes it in whole.

const nothing = z.strictObject({});
const instant = z.int();
const reason = z.string().trim().min(1).max(2_000);
const hold = z.strictObject({
  id: z.int(),
  reason: z.string(),
  /** What it covers, in the query language without its dates, which are instants (inclusive; null is open). */
  query: z.string(),
  from: instant.nullable(),
  to: instant.nullable(),
  createdAt: instant,
  releasedAt: instant.nullable(),
  /** How many entries it covers now. */
  entries: z.number(),
});

const deletion = z.strictObject({
  id: z.int(),
  at: instant,
  before: z.string(),
  reason: z.string(),
  entries: z.number(),
  held: z.number(),
});

const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** Methods about what is deleted here, and what must not be. */
export const KEEPING_METHODS = {
  'keeping.get': method(
    nothing,
    z.strictObject({
      /** How many days entries are kept; null is for good. */
      keepDays: z.number().nullable(),
      /** The first UTC day that is kept. */
      before: z.string().nullable(),
      /** Entries older than that, and how many of them holds keep all the same. */
      due: z.number(),
      held: z.number(),
      holds: z.array(hold),
      /** Cases that are not closed: what is pinned in them is kept, too. */
      cases: z.array(z.strictObject({ id: z.string(), title: z.string(), entries: z.number() })).optional(),
      deletions: z.array(deletion),
    }),
  ),
  /** Deletes nothing by itself. */
  'keeping.set': method(z.strictObject({ keepDays: z.int().min(1).max(36_600).nullable() }), nothing),
  /**
   * Deletes for good what is due. `name` is the archive's, typed by whoever asks; `before` and `entries` are what they
   * were shown. `bad_input` where they are not what would be deleted now.
   */
  'keeping.apply': method(
    z.strictObject({ name: z.string().max(200), before: z.string().max(10), entries: z.int().nonnegative() }),
    deletion,
  ),
  /** `query` is in the query language, its dates read in `zone`; empty is everything. */
  'holds.add': method(
    z.strictObject({ query: z.string().max(20_000), zone: z.string().min(1).max(64), reason }),
    z.strictObject({ id: z.int(), entries: z.number() }),
  ),
  'holds.release': method(z.strictObject({ id: z.int() }), nothing),
} as const;

export type Keeping = z.output<(typeof KEEPING_METHODS)['keeping.get']['output']>;
