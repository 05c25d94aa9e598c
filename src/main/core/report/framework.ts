import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CATEGORIES } from '../../../shared/action.ts';
import type { Result } from '../../../shared/errors.ts';
import { fail, ok } from '../../../shared/errors.ts';

// A framework is data: which criteria there are, what of this log bears on each, and what this log cannot show.

/** Which entries a criterion or a group of changes draws on: by meaning, by category or by action (`tunnel.*`). */
const selector = z.strictObject({
  meanings: z.array(z.string()).default([]),
  categories: z.array(z.enum(CATEGORIES)).default([]),
  actions: z.array(z.string()).default([]),
});

const criterion = selector.extend({
  id: z.string(),
  title: z.string(),
  looksAt: z.string(),
  shows: z.string(),
  cannotShow: z.string(),
  /** Ids of rules that bear on it beside those that name it among their controls; `*` stands for anything. */
  rules: z.array(z.string()).default([]),
});

const framework = z.strictObject({
  id: z.string(),
  name: z.string(),
  edition: z.string(),
  title: z.string(),
  criteria: z.array(criterion).min(1),
  privileged: z.strictObject({
    groups: z.array(selector.extend({ id: z.string(), title: z.string() })),
    /** Entries of these categories that no group claims are listed as "other", unless they are routine. */
    rest: z.strictObject({ id: z.string(), title: z.string(), categories: z.array(z.enum(CATEGORIES)) }),
    routine: selector,
  }),
  blindSpots: z.array(z.string()),
  method: z.array(z.string()),
});

export type Framework = z.output<typeof framework>;
export type FrameworkSelector = z.output<typeof selector>;

/** Reads `frameworks/<id>.json` of the resources folder. Errors: `not_found`, `bad_input`. */
export function loadFramework(resourcesDir: string, id: string): Result<Framework> {
  let text: string;
  try {
    text = readFileSync(join(resourcesDir, 'frameworks', `${id}.json`), 'utf8');
  } catch {
    return fail(
      'not_found',
      `The framework “${id}” could not be read from Logbook’s resources.`,
      'Choose a template that Logbook has, or install Logbook again.',
    );
  }
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // Left null: the schema refuses it with the same sentence as any other wrong content.
  }
  const parsed = framework.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail(
    'bad_input',
    `The framework “${id}” is not as Logbook expects it: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    'Restore the file resources/frameworks of this version of Logbook.',
  );
}
