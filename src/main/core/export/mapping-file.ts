import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/errors.ts';

/** Reads `mappings/<file>` of the resources folder. Errors: `not_found`, `bad_input`. */
export function loadMapping<S extends z.ZodType>(resourcesDir: string, file: string, schema: S): Result<z.output<S>> {
  let text: string;
  try {
    text = readFileSync(join(resourcesDir, 'mappings', file), 'utf8');
  } catch {
    return fail(
      'not_found',
      `The mapping ${file} could not be read from Logbook’s resources.`,
      'Restore resources/mappings, or install Logbook again.',
    );
  }
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // Left null: the schema refuses it with the same sentence as any other wrong content.
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail(
    'bad_input',
    `The mapping ${file} is not as Logbook expects it: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    'Restore resources/mappings of this version of Logbook.',
  );
}
