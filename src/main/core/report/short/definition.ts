import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../../shared/errors.ts';
import type { Filter } from '../../../../shared/filter/filter.ts';
import { parseQuery } from '../../../../shared/filter/parse.ts';
import type { ShortReport } from '../../../../shared/report-template.ts';

// A short report is data: lists, each a question in the language of the search bar, and what it cannot show.

const definition = z.strictObject({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  lead: z.string(),
  lists: z.array(z.strictObject({ id: z.string(), title: z.string(), query: z.string() })).min(1),
  cannotShow: z.array(z.string()),
});

/** A list of a short report: what is asked, without dates. */
export type ShortList = { readonly id: string; readonly title: string; readonly filter: Filter };

/** What a short report is about, whoever asks for it: one of resources/reports, or a question made in code. */
export type ShortDefinition = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly lead: string;
  readonly lists: readonly ShortList[];
  readonly cannotShow: readonly string[];
};

/** Reads `reports/<id>.json` of the resources folder. Errors: `not_found`, `bad_input`. */
export function loadShortReport(resourcesDir: string, id: ShortReport): Result<ShortDefinition> {
  let text: string;
  try {
    text = readFileSync(join(resourcesDir, 'reports', `${id}.json`), 'utf8');
  } catch {
    return fail(
      'not_found',
      `The report “${id}” could not be read from Logbook’s resources.`,
      'Choose a template that Logbook has, or install Logbook again.',
    );
  }
  const parsed = definition.safeParse(jsonOf(text));
  if (!parsed.success) return broken(id, parsed.error.issues[0]?.message ?? '');
  const lists: ShortList[] = [];
  for (const { query, ...list } of parsed.data.lists) {
    const filter = parseQuery(query);
    if (!filter.ok) return broken(id, filter.error.message);
    lists.push({ ...list, filter: filter.value });
  }
  return ok({ ...parsed.data, lists });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function broken(id: string, why: string): Result<never> {
  return fail(
    'bad_input',
    `The report “${id}” is not as Logbook expects it: ${why}`,
    'Restore the folder resources/reports of this version of Logbook.',
  );
}
