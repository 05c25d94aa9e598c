import { z } from 'zod';
import { LONGEST_VIEW_NAME } from './limits.ts';

// The part of the contract that is about saved views, and about what was seen; contract.ts takes it in whole.

const nothing = z.strictObject({});
const person = z.string().trim().min(1).max(120);
const instant = z.int();
const viewId = z.string().regex(/^V-\d{1,12}$/);

/** What a view restores: the query as the language writes it, the columns as the address writes them, whether repeats fold. */
const shown = {
  q: z.string().max(20_000),
  columns: z.string().max(400).nullable(),
  folded: z.boolean(),
};

const view = z.strictObject({ id: viewId, name: z.string(), ...shown, by: z.string(), at: instant });

/**
 * How far somebody had looked: what had arrived until `received`, of which the newest happened at `newest`; and when that was
 * said. Milliseconds UTC.
 */
const seen = z.strictObject({ received: instant, newest: z.number(), at: instant });

const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** Methods about views. A view's marker goes by its id, that of everything else by `all`. */
export const VIEWS_METHODS = {
  'views.list': method(nothing, z.strictObject({ views: z.array(view).readonly(), seen: z.record(z.string(), seen) })),
  /** Keeps a view, in place of the one of that id where it is named; the id of one that was removed brings it back. */
  'views.save': method(
    z.strictObject({
      id: viewId.nullable(),
      name: z.string().trim().min(1).max(LONGEST_VIEW_NAME),
      ...shown,
      by: person,
    }),
    z.strictObject({ id: viewId }),
  ),
  'views.remove': method(z.strictObject({ id: viewId, by: person }), nothing),
  /** Says that all there is has been seen; or, with `seen`, puts the marker back (null takes it away). */
  'views.look': method(
    z.strictObject({ view: viewId.or(z.literal('all')), seen: seen.nullable().optional() }),
    z.strictObject({ before: seen.nullable() }),
  ),
} as const;

/** What is announced about them. */
export const VIEWS_EVENTS = { 'views.changed': nothing } as const;

export type SavedView = z.output<typeof view>;
export type ViewBody = Pick<SavedView, 'name' | 'q' | 'columns' | 'folded'>;
export type Seen = z.output<typeof seen>;
