import { ok, type Result } from '../../../shared/errors.ts';
import type { Finding, RuleInfo } from '../../../shared/finding.ts';
import type { Office } from '../../../shared/office.ts';
import type { FindingState } from '../../../shared/triage.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { Places } from '../geo/places.ts';
import type { QueryPlan } from '../search/plan.ts';
import { carriedDetection } from './carried.ts';
import type { Engine } from './engine.ts';
import { type Happening, happeningsOf, inOrder } from './incidents.ts';
import { prepare, type Setup } from './prepare.ts';
import { rawTexts } from './raw-texts.ts';
import type { RuleSet } from './sigma/rule-set.ts';
import type { Meter } from './stopwatch.ts';
import { readRegister } from './triage/register.ts';
import { upstreamFindings } from './upstream.ts';

export type Detection = {
  /** Gravest first, then newest first. */
  readonly findings: readonly Finding[];
  /** What lies behind the findings of rules, by the finding's id. */
  readonly happenings: ReadonlyMap<string, Happening>;
  readonly rulesRun: readonly RuleInfo[];
  /** The offices whose hours were taken for office hours. */
  readonly offices: readonly Office[];
  /** Rules of one's own that could not be run, a sentence each. */
  readonly problems: readonly string[];
  /** Milliseconds each rule took, from a sample of the entries; empty without a meter. */
  readonly spent: ReadonlyMap<string, number>;
  /** Where findings stood in the archive they were carried from; absent where that is told by the journal. */
  readonly states?: ReadonlyMap<string, FindingState>;
};

export type DetectOptions = {
  /** IANA zone of the times in sentences, and of office hours where the archive keeps no offices. */
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
  const carried = options.draft ? null : carriedDetection(reader, plan, options.zone);
  if (carried !== null) return ok(carried);
  const setup = prepare(reader, plan, readRegister(reader), options);
  if (!setup.ok) return setup;
  feed(reader, plan, setup.value.engine);
  return ok(detectionOf(reader, plan, setup.value, setup.value.engine));
}

/** Shows an engine the entries of a plan, oldest first. */
export function feed(reader: ArchiveReader, plan: QueryPlan, engine: Engine): void {
  const rawOf = rawTexts(reader, plan, (action) => engine.needsMetadata(action));
  for (const row of reader.rows(plan, 'newer')) engine.see(row, rawOf);
}

/** What an engine has found, with what the log itself shows. */
export function detectionOf(reader: ArchiveReader, plan: QueryPlan, setup: Setup, engine: Engine): Detection {
  const { wanted, infos, places } = setup;
  const hits = engine.hits().filter((hit) => wanted(hit.rule.id));
  const happenings = happeningsOf(hits, (address) => engine.peopleAt(address)).map((one) => placed(one, places));
  return {
    findings: inOrder([...happenings.map((one) => one.finding), ...upstreamFindings(reader, plan, wanted)]),
    happenings: new Map(happenings.map((one) => [one.finding.id, one])),
    rulesRun: infos.filter((info) => wanted(info.id)),
    offices: setup.offices,
    problems: setup.problems,
    spent: setup.watch.spent(),
  };
}

function placed(happening: Happening, places: Places): Happening {
  const { finding } = happening;
  return { ...happening, finding: { ...finding, place: finding.address === null ? null : places.of(finding.address) } };
}
