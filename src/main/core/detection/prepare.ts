import type { EntryRow } from '../../../shared/entry.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { RuleInfo } from '../../../shared/finding.ts';
import { type Office, officesOr } from '../../../shared/office.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { Places } from '../geo/places.ts';
import { shippedPlaces } from '../geo/shipped-places.ts';
import type { QueryPlan } from '../search/plan.ts';
import { IN_CODE, infosOf, RUN_WITHIN } from './catalogue.ts';
import type { DetectOptions } from './detect.ts';
import { createEngine, type Engine } from './engine.ts';
import { chosenRules } from './own-rules.ts';
import { runRules } from './sigma/run-rules.ts';
import { type Stopwatch, stopwatch } from './stopwatch.ts';
import { actionInfo, actorKey } from './subject.ts';
import type { Register } from './triage/register.ts';
import { trustedBy } from './triage/trusted.ts';

/** Rules ready to be shown entries, and what is needed to tell what they found. */
export type Setup = {
  readonly engine: Engine;
  readonly infos: readonly RuleInfo[];
  wanted(rule: string): boolean;
  readonly places: Places;
  readonly offices: readonly Office[];
  readonly problems: readonly string[];
  readonly watch: Stopwatch;
};

/** Chooses the rules that are to run and starts them. The errors are those of `detect`. */
export function prepare(
  reader: ArchiveReader,
  plan: QueryPlan,
  register: Register,
  options: DetectOptions,
): Result<Setup> {
  const chosen = options.draft
    ? ok({ rules: options.draft, problems: [] })
    : chosenRules(register, options.rulesFolder ?? null);
  if (!chosen.ok) return chosen;
  const { rules, problems } = chosen.value;
  const infos = infosOf(rules);
  const only = options.only?.length ? new Set(options.only) : null;
  const unknown = [...(only ?? [])].find((id) => !infos.some((info) => info.id === id));
  if (unknown !== undefined)
    return fail(
      'bad_input',
      `There is no rule called “${unknown}”.`,
      `Rules: ${infos.map((info) => info.id).join(', ')}.`,
    );
  const wanted = (id: string) => (only === null ? (register.switches.get(id)?.enabled ?? true) : only.has(id));
  const within = [...RUN_WITHIN].filter(([id]) => wanted(id)).map(([, rule]) => rule);
  const places = options.places ?? shippedPlaces();
  const offices = officesOr(register.offices?.offices ?? null, options.zone);
  const context = {
    zone: options.zone,
    places,
    offices,
    trusted: trustedBy(register),
    expectedIn: (country: string | null) => register.trustedCountries.some((one) => one.country === country),
    entriesOf: (actors: readonly string[], fromMs: number, toMs: number) =>
      entriesOf(reader, plan, actors, fromMs, toMs),
  };
  const inCode = IN_CODE.filter((rule) => wanted(rule.info.id) || within.includes(rule)).map((rule) => ({
    id: rule.info.id,
    concerns: (action: string) => rule.concerns(actionInfo(action), action),
    run: rule.start(context),
  }));
  const watch = stopwatch(options.meter ?? null);
  return ok({
    engine: createEngine(runRules(rules, options.zone, wanted), inCode, watch),
    infos,
    wanted,
    places,
    offices,
    problems: problems.map((problem) => problem.sentence),
    watch,
  });
}

// Positive terms of one field are alternatives: a plan that names actors already is left as it is, and looked through.
function entriesOf(
  reader: ArchiveReader,
  plan: QueryPlan,
  actors: readonly string[],
  fromMs: number,
  toMs: number,
): readonly EntryRow[] {
  if (actors.length === 0) return [];
  const named = plan.filter.terms.some((term) => term.field === 'actor' && !term.negated);
  const terms = named ? [] : actors.map((value) => ({ field: 'actor' as const, value, negated: false }));
  const narrowed: QueryPlan = {
    filter: { ...plan.filter, terms: [...plan.filter.terms, ...terms] },
    fromMs: Math.max(fromMs, plan.fromMs ?? fromMs),
    toMs: Math.min(toMs, plan.toMs ?? toMs),
  };
  const wanted = new Set(actors);
  return [...reader.rows(narrowed, 'newer')].filter((row) => wanted.has(actorKey(row) ?? ''));
}
