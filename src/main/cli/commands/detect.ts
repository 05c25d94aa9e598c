import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import { officeText } from '../../../shared/office-words.ts';
import type { Decision, FindingState, TriagedFinding } from '../../../shared/triage.ts';
import { ruleCatalogue } from '../../core/detection/catalogue.ts';
import { counted } from '../../core/detection/clock-text.ts';
import { detect } from '../../core/detection/detect.ts';
import { compileRules, problemText, shippedRules } from '../../core/detection/sigma/rule-set.ts';
import { readRegister } from '../../core/detection/triage/register.ts';
import { triage } from '../../core/detection/triage/triage.ts';
import { placesOfArchive } from '../../core/geo/shipped-places.ts';
import { type Answer, columns, printable } from '../answer.ts';
import { archiveDir, type CommonOptions } from '../common-options.ts';
import type { FilterOptions } from '../filter-options.ts';
import type { Terminal } from '../terminal.ts';
import { ask } from './questions.ts';

export type DetectOptions = CommonOptions &
  FilterOptions & { readonly rule?: readonly string[]; readonly rules?: string };

/** `logbook detect`: runs the rules over the filtered entries. */
export function runDetect(query: string, options: DetectOptions, terminal: Terminal): Promise<Result<Answer>> {
  return ask(query, options, terminal, (reader, plan, zone, now) => {
    const started = performance.now();
    const dir = archiveDir(options, terminal);
    const detection = detect(reader, plan, {
      zone,
      only: options.rule ?? [],
      rulesFolder: options.rules ?? null,
      ...(dir.ok ? { places: placesOfArchive(dir.value) } : {}),
    });
    if (!detection.ok) return detection;
    const { rulesRun, problems, offices } = detection.value;
    const findings = triage(detection.value, readRegister(reader), now);
    const shown = findings.filter((finding) => finding.state.suppression === null);
    const suppressed = findings.length - shown.length;
    for (const problem of problems) terminal.err(`${problem}\n`);
    return ok({
      json: {
        findings: findings.map(findingJson),
        rules_run: rulesRun.length,
        suppressed,
        office_hours: offices.map(officeText),
        ms: Math.round(performance.now() - started),
      },
      text: [
        shown.length === 0 ? `No findings; ${rulesRun.length} rules ran.` : shown.map(findingText).join('\n\n'),
        ...(suppressed === 0 ? [] : [`${counted(suppressed, 'finding')} suppressed.`]),
      ].join('\n\n'),
    });
  });
}

/** `logbook rules`: the rule catalogue, or with `--validate` whether a file of rules can be used. */
export function rules(options: { rules?: string; validate?: string } = {}): Result<Answer> {
  if (options.validate !== undefined) return validate(options.validate);
  const catalogue = ruleCatalogue(options.rules ?? null);
  if (!catalogue.ok) return catalogue;
  return ok({
    json: {
      rules: catalogue.value.map((rule) => ({
        ...rule,
        technique: rule.technique?.id ?? null,
        technique_name: rule.technique?.name ?? null,
      })),
    },
    text: columns(catalogue.value.map((rule) => [rule.severity, rule.id, rule.title])),
  });
}

function validate(file: string): Result<Answer> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return fail('not_found', `The rule file ${file} could not be read.`, 'Name a .yml file.');
  }
  const shipped = shippedRules();
  if (!shipped.ok) return shipped;
  const { rules, problems } = compileRules([{ file, text }], shipped.value);
  if (problems.length > 0)
    return fail('bad_input', problems.map(problemText).join('\n'), 'Correct the rule and validate again.');
  const count =
    rules.entryRules.length +
    rules.correlations.length -
    shipped.value.entryRules.length -
    shipped.value.correlations.length;
  return ok({
    json: { file, valid: true, rules: count },
    text: `${file}: ${count} ${count === 1 ? 'rule' : 'rules'}, valid.`,
  });
}

/** A finding as `--json` prints it. */
export function findingJson(finding: TriagedFinding): Record<string, unknown> {
  return {
    id: finding.id,
    rule: finding.rule,
    title: finding.title,
    severity: finding.severity,
    technique: finding.technique?.id ?? null,
    controls: finding.controls,
    actor: finding.actor,
    address: finding.address,
    entry_ids: finding.entryIds,
    first: new Date(finding.first).toISOString(),
    last: new Date(finding.last).toISOString(),
    why: finding.why,
    signals: finding.signals ?? [],
    against: finding.against ?? [],
    ...stateJson(finding.state),
  };
}

function stateJson({ status, again, decision, suppression, history }: FindingState): Record<string, unknown> {
  return {
    status,
    again,
    decision: decision === null ? null : decisionJson(decision),
    suppression,
    history: history.map(decisionJson),
  };
}

function decisionJson({ verdict, reason, by, at, expires }: Decision): Record<string, unknown> {
  return {
    verdict,
    reason,
    by,
    at: new Date(at).toISOString(),
    expires: expires === null ? null : new Date(expires).toISOString(),
  };
}

function findingText(finding: TriagedFinding): string {
  return `${finding.severity.toUpperCase().padEnd(8)} ${finding.title}  (${finding.id}, ${finding.entryIds.length} entries${statusText(finding.state)})\n         ${printable(finding.why)}`;
}

function statusText({ status, again, decision }: FindingState): string {
  if (decision === null) return '';
  return `, ${again === null ? status : `${again} since it was ${decision.verdict}`} by ${printable(decision.by)}`;
}
