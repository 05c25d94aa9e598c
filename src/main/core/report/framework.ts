import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CATEGORIES } from '../../../shared/action.ts';
import type { Result } from '../../../shared/errors.ts';
import { fail, ok } from '../../../shared/errors.ts';
import type { ReportTemplate } from '../../../shared/report-template.ts';

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
  /** Controls of other frameworks, as rules name them: what bears on these bears on it. */
  controls: z.array(z.string()).default([]),
});

const framework = z.strictObject({
  id: z.string(),
  name: z.string(),
  edition: z.string(),
  title: z.string(),
  /** What this framework calls its criteria: controls, requirements, articles. */
  term: z.strictObject({ one: z.string(), many: z.string() }),
  /** How rules name it before the id of a criterion: `SOC 2 CC6.1`. */
  controlNames: z.array(z.string()).min(1),
  blindSpots: z.array(z.string()),
  criteria: z.array(criterion).min(1),
});

/** What is the same whatever the framework. */
const common = z.strictObject({
  privileged: z.strictObject({
    groups: z.array(selector.extend({ id: z.string(), title: z.string() })),
    /** Entries of these categories that no group claims are listed as "other", unless they are routine. */
    rest: z.strictObject({ id: z.string(), title: z.string(), categories: z.array(z.enum(CATEGORIES)) }),
    routine: selector,
  }),
  blindSpots: z.array(z.string()),
  method: z.array(z.string()),
});

export type Framework = z.output<typeof framework> & z.output<typeof common>;
export type FrameworkCriterion = z.output<typeof criterion>;
export type FrameworkSelector = z.output<typeof selector>;

/** Reads `frameworks/<id>.json` and what all share, of the resources folder. Errors: `not_found`, `bad_input`. */
export function loadFramework(resourcesDir: string, id: ReportTemplate): Result<Framework> {
  const own = readPart(resourcesDir, id, framework);
  if (!own.ok) return own;
  const shared = readPart(resourcesDir, 'common', common);
  if (!shared.ok) return shared;
  const blindSpots = [...own.value.blindSpots, ...shared.value.blindSpots];
  return ok({ ...shared.value, ...own.value, blindSpots });
}

/** Whether a rule's control (`CC6.1`, `SOC 2 CC6.1`, `soc2:CC6.1`) is a criterion of a framework. CC6.1 is not found in CC6.10. */
export function namesCriterion(
  { controlNames }: Pick<Framework, 'controlNames'>,
  control: string,
  id: string,
): boolean {
  const [written, wanted] = [squeezed(control), squeezed(id)];
  return written === wanted || controlNames.some((name) => written === squeezed(name) + wanted);
}

function squeezed(text: string): string {
  return text.replace(/[\s:/]+/g, '').toUpperCase();
}

function readPart<T>(resourcesDir: string, name: string, schema: z.ZodType<T>): Result<T> {
  let text: string;
  try {
    text = readFileSync(join(resourcesDir, 'frameworks', `${name}.json`), 'utf8');
  } catch {
    return fail(
      'not_found',
      `The framework “${name}” could not be read from Logbook’s resources.`,
      'Choose a template that Logbook has, or install Logbook again.',
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
    `The framework “${name}” is not as Logbook expects it: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    'Restore the file resources/frameworks of this version of Logbook.',
  );
}
