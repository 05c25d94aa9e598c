import type { EntryRow } from '../../../shared/entry.ts';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Finding, RuleInfo } from '../../../shared/finding.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { Places } from '../geo/places.ts';
import { shippedPlaces } from '../geo/shipped-places.ts';
import type { QueryPlan } from '../search/plan.ts';
import { IN_CODE, infosOf, RUN_WITHIN } from './catalogue.ts';
import { type Happening, happeningsOf, inOrder } from './incidents.ts';
import { chosenRules } from './own-rules.ts';
import { rawTexts } from './raw-texts.ts';
import type { RuleSet } from './sigma/rule-set.ts';
import { runRules } from './sigma/run-rules.ts';
import { type Meter, stopwatch } from './stopwatch.ts';
import { subjectOf } from './subject.ts';
import { readRegister } from './triage/register.ts';
import { trustedBy } from './triage/trusted.ts';
import { upstreamFindings } from './upstream.ts';

export type Detection = {
  /** Gravest first, then newest first. */
  readonly findings: readonly Finding[];
  /** What lies behind the findings of rules, by the finding's id. */
  readonly happenings: ReadonlyMap<string, Happening>;
  readonly rulesRun: readonly RuleInfo[];
  /** Rules of one's own that could not be run, a sentence each. */
  readonly problems: readonly string[];
  /** Milliseconds each rule took, from a sample of the entries; empty without a meter. */
  readonly spent: ReadonlyMap<string, number>;
};

export type DetectOptions = {
  /** IANA zone of office hours and of the times in sentences. */
  readonly zone: string;
  /** Ids of the rules to run, turned off or not; none or an empty list is all that are on. */
  readonly only?: readonly string[];
  /** A folder of one's own Sigma rules, run beside the shipped ones and those kept in the archive. */
  readonly rulesFolder?: string | null;
  /** Rules that are tried and not kept: they run instead of all Sigma rules. */
  readonly draft?: RuleSet;
  readonly meter?: Meter;
  /** Where addresses are; the lists that come with Logbook unless others are given. */
  readonly places?: Places;
};

/**
 * Runs the rules over the entries a plan selects, oldest first. `not_found` where `rulesFolder` is not there,
 * `bad_input` where a rule in it cannot be used or `only` names no rule.
 */
export function detect(reader: ArchiveReader, plan: QueryPlan, options: DetectOptions): Result<Detection> {
  const register = readRegister(reader);
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
  const watch = stopwatch(options.meter ?? null);
  const places = options.places ?? shippedPlaces();
  const context = { zone: options.zone, places, trusted: trustedBy(register) };
  const inCode = IN_CODE.filter((rule) => wanted(rule.info.id) || within.includes(rule)).map((rule) => ({
    id: rule.info.id,
    run: rule.start(context),
  }));
  const sigma = runRules(rules, options.zone, wanted);
  const rawOf = rawTexts(reader, plan, (action) => sigma.needsMetadata(action));
  const people = new People();
  for (const row of reader.rows(plan, 'newer')) {
    const subject = subjectOf(row, rawOf);
    people.see(row);
    if (watch.looks()) {
      sigma.see(subject, watch);
      for (const { id, run } of inCode) watch.time(id, () => run.see(subject));
    } else {
      sigma.see(subject);
      for (const { run } of inCode) run.see(subject);
    }
  }
  const hits = [...inCode.flatMap(({ run }) => run.finish()), ...sigma.finish()].filter((hit) => wanted(hit.rule.id));
  const happenings = happeningsOf(hits, (address) => people.at(address)).map((one) => placed(one, places));
  return ok({
    findings: inOrder([...happenings.map((one) => one.finding), ...upstreamFindings(reader, plan, wanted)]),
    happenings: new Map(happenings.map((one) => [one.finding.id, one])),
    rulesRun: infos.filter((info) => wanted(info.id)),
    problems: problems.map((problem) => problem.sentence),
    spent: watch.spent(),
  });
}

function placed(happening: Happening, places: Places): Happening {
  const { finding } = happening;
  return { ...happening, finding: { ...finding, place: finding.address === null ? null : places.of(finding.address) } };
}

/** Who has done something from an address, sign-ins that failed left out; counted as far as a crowd. */
class People {
  readonly #at = new Map<string, Set<string>>();

  see(row: EntryRow): void {
    if (row.address === null || row.actor === null) return;
    const key = row.actor.id ?? row.actor.email ?? '';
    const set = this.#at.get(row.address);
    if (set === undefined) this.#at.set(row.address, new Set([key]));
    else if (set.size < 4 && !/fail/.test(row.action)) set.add(key);
  }

  at(address: string): number {
    return this.#at.get(address)?.size ?? 0;
  }
}
