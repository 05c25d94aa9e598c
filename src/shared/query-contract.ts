import { z } from 'zod';
import { FIELDS } from './filter/filter.ts';
import { MOST_LISTED } from './limits.ts';

// How a question to the archive crosses from the window: the one query object, and entries picked one by one out of it.

export const zone = z.string().min(1).max(64);
export const key = z.int().nonnegative();

const term = z.strictObject({ field: z.enum(FIELDS), value: z.string().max(20_000), negated: z.boolean() });
const filter = z.strictObject({
  terms: z.array(term).max(500).readonly(),
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
  last: z.string().max(8).optional(),
});

export const query = z.strictObject({
  filter,
  zone,
  /** Narrows the answer to entries of these keys, or to all but them. */
  listed: z.strictObject({ keys: z.array(key).max(MOST_LISTED).readonly(), negated: z.boolean() }).optional(),
});

/** A question of which the window may say that it waits for it no longer: by a number of its own. */
export const asking = query.extend({ ticket: z.int().nonnegative().optional() });
