import type { BackTest } from '../../../shared/detection-contract.ts';
import { ok, type Result } from '../../../shared/errors.ts';
import { dayOf } from '../../../shared/instant.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { Places } from '../geo/places.ts';
import type { QueryPlan } from '../search/plan.ts';
import { detect } from './detect.ts';
import { draftOf } from './own-rules.ts';
import type { RuleProblem } from './sigma/rule-file.ts';
import type { Meter } from './stopwatch.ts';
import { readRegister } from './triage/register.ts';

const SHOWN = 50;

/** What the rules of a text would have found, alone, over what a plan selects. */
export function backTest(
  reader: ArchiveReader,
  text: string,
  plan: QueryPlan,
  options: { readonly zone: string; readonly meter: Meter; readonly places: Places },
): Result<BackTest> {
  const draft = draftOf(text, readRegister(reader));
  if (!draft.ok) return draft;
  const { rules, ids } = draft.value;
  const problems = draft.value.problems.map(withoutFile);
  if (problems.length > 0 || ids.length === 0)
    return ok({ problems, entries: 0, total: 0, findings: [], months: [], ms: 0 });
  const begun = options.meter();
  const detection = detect(reader, plan, { zone: options.zone, places: options.places, only: ids, draft: rules });
  if (!detection.ok) return detection;
  const found = detection.value.findings.toSorted((a, b) => b.last - a.last);
  const months = new Map<string, number>();
  for (const { first } of found) {
    const month = dayOf(first, options.zone).slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + 1);
  }
  return ok({
    problems,
    entries: reader.count(plan),
    total: found.length,
    findings: found.slice(0, SHOWN),
    months: [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, count]) => ({ month, count })),
    ms: Math.round(options.meter() - begun),
  });
}

/** A problem of the one text that is being written: its file has no name. */
export function withoutFile({ rule, line, reason }: RuleProblem): Omit<RuleProblem, 'file'> {
  return { rule, line, reason };
}
