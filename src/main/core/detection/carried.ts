import { z } from 'zod';
import type { RuleInfo } from '../../../shared/finding.ts';
import { officesOr } from '../../../shared/office.ts';
import type { FindingState, TriagedFinding } from '../../../shared/triage.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { QueryPlan } from '../search/plan.ts';
import type { Detection } from './detect.ts';
import { readRegister } from './triage/register.ts';

// An archive that was made of an evidence bundle carries the findings of the archive it comes from: rules looked at all that
// came before, which the bundle does not hold, and run over it they would find something else.

/** Name of the setting that carries them. */
const SETTING = 'carried_findings';

type Carried = { readonly findings: readonly TriagedFinding[]; readonly rules: readonly RuleInfo[] };

// Written by `carriedText` alone, into a file that nobody else writes.
const carried = z.object({
  findings: z.array(z.looseObject({ id: z.string() })),
  rules: z.array(z.looseObject({ id: z.string() })),
});

/** The setting to be written. */
export function carriedText(told: Carried): { readonly name: string; readonly value: string } {
  return { name: SETTING, value: JSON.stringify(told) };
}

/** The findings an archive carries that have an entry in a plan; null where rules are to run. */
export function carriedDetection(
  reader: Pick<ArchiveReader, 'setting' | 'among' | 'journal'>,
  plan: QueryPlan,
  zone: string,
): (Detection & { readonly states: ReadonlyMap<string, FindingState> }) | null {
  const text = reader.setting(SETTING);
  if (text === null) return null;
  const { findings, rules } = carried.parse(JSON.parse(text)) as unknown as Carried;
  const there = new Set(reader.among(plan, [...new Set(findings.flatMap((one) => one.entryKeys))]));
  const chosen = findings.filter((one) => one.entryKeys.some((key) => there.has(key)));
  return {
    findings: chosen.map(({ state: _state, ...finding }) => finding),
    states: new Map(chosen.map(({ id, state }) => [id, state])),
    happenings: new Map(),
    rulesRun: rules,
    offices: officesOr(readRegister(reader).offices?.offices ?? null, zone),
    problems: [],
    spent: new Map(),
  };
}
