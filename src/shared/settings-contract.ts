import { z } from 'zod';
import { officeSchema } from './office-schema.ts';
import { DENSITIES, LOCK_MINUTES, SCHEMES } from './preferences.ts';

// The part of the contract that is about settings; contract.ts takes it in whole.

const nothing = z.strictObject({});
const person = z.string().trim().min(1).max(120);
const reason = z.string().trim().min(1).max(2_000);
const said = z.strictObject({ by: z.string(), at: z.int() });

const preferences = z.strictObject({
  scheme: z.enum(SCHEMES),
  zone: z.string().min(1).max(64).nullable(),
  density: z.enum(DENSITIES),
  lockMinutes: z.literal(LOCK_MINUTES),
  columns: z.string().max(400).nullable(),
});

const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** Methods about settings. */
export const SETTINGS_METHODS = {
  'preferences.get': method(nothing, preferences),
  /** Changes what is named and leaves the rest. */
  'preferences.set': method(preferences.partial(), nothing),

  /** The offices whose hours are office hours. `kept` is null while nobody said which; then they are the default one. */
  'offices.list': method(
    nothing,
    z.strictObject({ offices: z.array(officeSchema).min(1).readonly(), kept: said.nullable() }),
  ),
  /** All offices there are from now on; none of them is the default again. `bad_input` where one cannot be used. */
  'offices.set': method(z.strictObject({ offices: z.array(officeSchema).max(50), by: person }), nothing),

  /** Networks that are the organisation's own ways out: never a point of comparison for where somebody is. */
  'networks.list': method(
    nothing,
    z.array(z.strictObject({ network: z.string(), reason: z.string(), by: z.string(), at: z.int() })),
  ),
  'networks.trust': method(
    z.strictObject({ network: z.string().trim().min(1).max(100), trust: z.boolean(), reason, by: person }),
    nothing,
  ),
  /** Countries (ISO 3166, two letters) in which people of the organisation are expected. */
  'countries.list': method(
    nothing,
    z.array(z.strictObject({ country: z.string(), reason: z.string(), by: z.string(), at: z.int() })),
  ),
  'countries.trust': method(
    z.strictObject({ country: z.string().length(2), trust: z.boolean(), reason, by: person }),
    nothing,
  ),
} as const;
