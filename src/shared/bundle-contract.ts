import { z } from 'zod';
import { query } from './query-contract.ts';

// The part of the contract that is about evidence bundles; contract.ts takes it in whole.

const nothing = z.strictObject({});
const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** What an archive that was opened from a bundle says of that. Instants in milliseconds UTC. */
export const bundleState = z.strictObject({
  made: z.number(),
  query: z.string(),
  pseudonymised: z.boolean(),
  /** Contents of entries, and how many of them a seal proves. */
  lines: z.number(),
  proven: z.number(),
  /** How many things are not as they were made; 0 is well. */
  found: z.number(),
  /** Whether it was compared with a key or a head from elsewhere. */
  compared: z.boolean(),
  fingerprint: z.string(),
  head: z.string().nullable(),
});
export type BundleState = z.output<typeof bundleState>;

const hex64 = z.string().regex(/^[0-9a-fA-F]{64}$/);

/** Methods about bundles but the one that opens them, whose answer is the contract's own state of an archive. */
export const BUNDLE_METHODS = {
  /** The person chooses a file, which stays in the main process. `opener`: what it is encrypted to, null where it is not. */
  'bundle.choose': method(
    nothing,
    z.strictObject({ fileName: z.string(), opener: z.enum(['passphrase', 'key']).nullable() }).nullable(),
  ),
  'bundle.chooseKey': method(nothing, z.strictObject({ fileName: z.string() }).nullable()),
  /** The passphrase, or public keys of age; exactly one of them. The system asks where to write. */
  'bundle.create': method(
    query.extend({
      passphrase: z.string().min(1).max(1024).nullable(),
      recipients: z.array(z.string().max(4096)).max(20),
      pseudonymise: z.boolean(),
    }),
    z
      .strictObject({
        fileName: z.string(),
        entries: z.number(),
        findings: z.number(),
        unproven: z.number(),
        sha256: z.string(),
      })
      .nullable(),
  ),
} as const;

/** What opens the chosen bundle: a passphrase, else the chosen key file; and what it is compared with, from elsewhere. */
export const openBundleInput = z.strictObject({ passphrase: z.string().max(1024).nullable(), known: hex64.nullable() });
