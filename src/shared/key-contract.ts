import { z } from 'zod';

// The part of the contract that is about the keys of the open archive; contract.ts takes it in whole. Each change asks for
// the passphrase, so that an unlocked screen alone does not give the archive away.

const nothing = z.strictObject({});
const passphrase = z.string().min(1).max(1024);

const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** Methods about keys. A recovery code is answered once and kept nowhere. */
export const KEY_METHODS = {
  'keys.status': method(
    nothing,
    z.strictObject({
      /** Ways to the data key: `created` is ISO or null where it is not known; `method` in words. */
      ways: z.array(z.strictObject({ kind: z.string(), created: z.string().nullable(), method: z.string() })),
      /** Whoever made the present recovery code was cut off before anybody had kept it. */
      recoveryCodeNotShown: z.boolean(),
      /** The system's keychain by name; null where there is none that can be trusted. */
      keychain: z.string().nullable(),
    }),
  ),
  'keys.changePassphrase': method(z.strictObject({ passphrase, newPassphrase: passphrase }), nothing),
  'keys.newRecoveryCode': method(z.strictObject({ passphrase }), z.strictObject({ recoveryCode: z.string() })),
  /** Somebody has kept the recovery code that was answered. */
  'keys.recoveryCodeKept': method(z.strictObject({ recoveryCode: z.string().min(1).max(200) }), nothing),
  /** Encrypts the whole archive under a new data key; it is closed meanwhile. `dropped`: ways that could not be kept. */
  'keys.rekey': method(
    z.strictObject({ passphrase }),
    z.strictObject({ recoveryCode: z.string(), dropped: z.array(z.string()) }),
  ),
  /** Whether the system's keychain opens the archive too. */
  'keys.remember': method(z.strictObject({ passphrase, remember: z.boolean() }), nothing),
} as const;
