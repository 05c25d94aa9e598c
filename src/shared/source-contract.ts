import { z } from 'zod';

// The part of the contract that is about the open archive's source and its token; contract.ts takes it in whole. A token
// goes in and never comes out.

const nothing = z.strictObject({});
const token = z.string().trim().min(1).max(4096);

const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** Methods about the source. */
export const SOURCE_METHODS = {
  'source.get': method(
    nothing,
    z.strictObject({
      address: z.string().nullable(),
      /** Where the token is kept: sealed by the system's keychain, until Logbook is closed, or nowhere. */
      token: z.enum(['keychain', 'memory']).nullable(),
    }),
  ),
  /** Asks the server for one entry with the token that is kept. Fails as a sync would. */
  'source.test': method(nothing, z.strictObject({ host: z.string() })),
  /**
   * Keeps another token for the same address. One that the server refuses is not kept; where the server does not answer it
   * is, and `tried` is false.
   */
  'source.replaceToken': method(z.strictObject({ token }), z.strictObject({ tried: z.boolean() })),
  /** Forgets the token; nothing syncs by itself any more. The address stays, for reports and for connecting again. */
  'source.disconnect': method(nothing, nothing),
} as const;
