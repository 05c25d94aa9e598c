import { z } from 'zod';
import { DENSITIES, LOCK_MINUTES, SCHEMES } from './preferences.ts';

// The part of the contract that is about settings; contract.ts takes it in whole.

const nothing = z.strictObject({});

const preferences = z.strictObject({
  scheme: z.enum(SCHEMES),
  zone: z.string().min(1).max(64).nullable(),
  density: z.enum(DENSITIES),
  lockMinutes: z.literal(LOCK_MINUTES),
});

const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** Methods about settings. */
export const SETTINGS_METHODS = {
  'preferences.get': method(nothing, preferences),
  /** Changes what is named and leaves the rest. */
  'preferences.set': method(preferences.partial(), nothing),
} as const;
