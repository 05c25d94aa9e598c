import { performance } from 'node:perf_hooks';
import { ok, type Result } from '../../../shared/errors.ts';
import type { Finding } from '../../../shared/finding.ts';
import { detect, ruleCatalogue } from '../../core/detection/detect.ts';
import { type Answer, columns, printable } from '../answer.ts';
import type { CommonOptions } from '../common-options.ts';
import type { FilterOptions } from '../filter-options.ts';
import type { Terminal } from '../terminal.ts';
import { ask } from './questions.ts';

/** `logbook detect`: runs the rules over the filtered entries. */
export function runDetect(
  query: string | undefined,
  options: CommonOptions & FilterOptions & { rule?: readonly string[] },
  terminal: Terminal,
): Promise<Result<Answer>> {
  return ask(query, options, terminal, (reader, plan, zone) => {
    const started = performance.now();
    const detection = detect(reader, plan, { zone, only: options.rule ?? [] });
    if (!detection.ok) return detection;
    const { findings, rulesRun } = detection.value;
    return ok({
      json: {
        findings: findings.map(findingJson),
        rules_run: rulesRun.length,
        ms: Math.round(performance.now() - started),
      },
      text:
        findings.length === 0 ? `No findings; ${rulesRun.length} rules ran.` : findings.map(findingText).join('\n\n'),
    });
  });
}

/** `logbook rules`: the rule catalogue. */
export function rules(): Result<Answer> {
  const catalogue = ruleCatalogue();
  return ok({
    json: {
      rules: catalogue.map((rule) => ({
        ...rule,
        technique: rule.technique?.id ?? null,
        technique_name: rule.technique?.name ?? null,
      })),
    },
    text: columns(catalogue.map((rule) => [rule.severity, rule.id, rule.title])),
  });
}

/** A finding as `--json` prints it. */
export function findingJson(finding: Finding): Record<string, unknown> {
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
  };
}

function findingText(finding: Finding): string {
  return `${finding.severity.toUpperCase().padEnd(8)} ${finding.title}  (${finding.id}, ${finding.entryIds.length} entries)\n         ${printable(finding.why)}`;
}
