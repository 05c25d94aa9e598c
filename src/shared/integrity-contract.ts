import { z } from 'zod';
import { PROBLEM_KINDS, VERIFY_DAYS } from './integrity.ts';

// The part of the contract that is about seals and their verification; contract.ts takes it in whole.

const nothing = z.strictObject({});
const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** How a verification ended. `at` in milliseconds UTC; `found` counts all problems, `messages` tells the first of them. */
const verified = z.strictObject({
  at: z.number(),
  found: z.number(),
  entries: z.number(),
  days: z.number(),
  messages: z.array(z.strictObject({ what: z.enum(PROBLEM_KINDS), message: z.string() })),
  /**
   * The chain it went over: how many seals, the hash of the newest (null where there was none), and how many heads from
   * elsewhere it was compared with. Null where that was not kept, or where what was verified is a bundle.
   */
  chain: z
    .strictObject({ seals: z.number(), head: z.string().nullable(), against: z.number() })
    .nullable()
    .default(null),
});
export type Verified = z.output<typeof verified>;

/** Something about seals changed without the window having asked. */
export const INTEGRITY_EVENTS = { 'integrity.changed': nothing } as const;

/** Methods about seals. A verification tells its course as `task.progress` and is ended by `task.cancel`. */
export const INTEGRITY_METHODS = {
  'integrity.get': method(
    nothing,
    z.strictObject({
      head: z
        .strictObject({ hash: z.string(), day: z.string().nullable(), sealedDays: z.number(), fingerprint: z.string() })
        .nullable(),
      verified: verified.nullable(),
      /** The newest head with a time stamp; `isNewest` where that is the head. */
      stamp: z
        .strictObject({ at: z.number(), authority: z.string(), trusted: z.boolean(), isNewest: z.boolean() })
        .nullable(),
    }),
  ),
  /** The UTC days that are sealed, of those from one to another, both included. */
  'integrity.days': method(z.strictObject({ from: z.string(), to: z.string() }), z.array(z.string())),
  'integrity.verify': method(nothing, verified),
  /** `place` is in words, never a path that could be used again. */
  'integrity.settings': method(
    nothing,
    z.strictObject({
      verifyDays: z.number(),
      copies: z
        .strictObject({ place: z.string(), at: z.number().nullable(), failed: z.string().nullable() })
        .nullable(),
    }),
  ),
  'integrity.setVerifyDays': method(z.strictObject({ days: z.literal(VERIFY_DAYS) }), nothing),
  /** Heads are also written to a folder that the system asks for, or no longer. */
  'integrity.copyHeads': method(z.strictObject({ on: z.boolean() }), nothing),
  /** Which authority stamps heads; `root` names the certificate that its own has to lead to. */
  'integrity.stamping': method(
    nothing,
    z.strictObject({
      by: z
        .strictObject({
          url: z.string(),
          root: z.string().nullable(),
          at: z.number().nullable(),
          failed: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
  /** Asks it for a stamp of the head; `withRoot` lets the system ask for its root certificate first. */
  'integrity.stampBy': method(z.strictObject({ url: z.string().max(500), withRoot: z.boolean() }), nothing),
  'integrity.stampByNobody': method(nothing, nothing),
} as const;

/** Reads what was kept of a verification; null where it is none. */
export function parseVerified(text: string | null): Verified | null {
  if (text === null) return null;
  try {
    return verified.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
