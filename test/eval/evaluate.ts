import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detect } from '../../src/main/core/detection/detect.ts';
import { WHOLE_ARCHIVE } from '../../src/main/core/search/plan.ts';
import { organisation } from '../../src/main/core/simulator/organisation.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { type Finding, SEVERITIES } from '../../src/shared/finding.ts';
import { memoryReader } from './memory-reader.ts';

type Raw = { id: string; action: string };
type Labels = {
  malicious_ids: string[];
  ambiguous_ids?: string[];
  groups?: { technique?: string; name?: string; ids: string[] }[];
};
type Case = {
  case: string;
  severity: string;
  expect: string;
  entries: Raw[];
  rule_threshold: number;
  context_required: boolean;
  identical_to_a_match: boolean;
};

/** A figure beside what is wanted of it; `met` is null where nothing is wanted. */
export type Figure = {
  readonly name: string;
  readonly value: string;
  readonly wanted: string;
  readonly met: boolean | null;
  readonly control: string;
};
export type SetResult = {
  readonly set: string;
  readonly entries: number;
  readonly figures: readonly Figure[];
  readonly missed: readonly string[];
};

export const SETS = [
  'ssh_elastic_april',
  'ssh_secrepo',
  'scenario_root_compromise',
  'scenario_enrichment',
  'aad_signins',
  'aws_otrf_s3_exfil',
  'aws_stratus_open',
] as const;

const serious = (finding: Finding): boolean => SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf('medium');

/** The findings over lines of NDJSON. */
export function findingsOver(lines: Iterable<string | Uint8Array>): readonly Finding[] {
  return unwrap(detect(memoryReader(lines), WHOLE_ARCHIVE, { zone: 'UTC' })).findings;
}

/** What needs no rule engine at all: every failed sign-in, and every action of security, a role or an owner. */
export function trivially(action: string): boolean {
  return (
    /login_failed|failed_login|auth\.failed/.test(action) || action.startsWith('security.') || /role|owner/.test(action)
  );
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
const shown = (n: number): string => n.toFixed(3);

function scored(flagged: ReadonlySet<string>, labels: Labels, entries: number) {
  const malicious = new Set(labels.malicious_ids);
  const ambiguous = new Set(labels.ambiguous_ids ?? []);
  const hit = [...flagged].filter((id) => malicious.has(id)).length;
  const wrong = [...flagged].filter((id) => !malicious.has(id) && !ambiguous.has(id)).length;
  const benign = entries - malicious.size - ambiguous.size;
  return {
    precision: ratio(hit, hit + wrong),
    recall: ratio(hit, malicious.size),
    perThousand: benign === 0 ? 0 : (wrong * 1000) / benign,
  };
}

/** One labelled set. */
export function evaluateSet(folder: string, set: (typeof SETS)[number]): SetResult {
  const lines = linesOf(join(folder, `${set}.ndjson`));
  const raws = lines.map((line) => JSON.parse(line) as Raw);
  const labels = JSON.parse(readFileSync(join(folder, `${set}.labels.json`), 'utf8')) as Labels;
  const all = findingsOver(lines);
  const grave = all.filter(serious);
  const flagged = new Set(grave.flatMap((finding) => finding.entryIds));
  const ours = scored(flagged, labels, raws.length);
  const controlIds = new Set(raws.filter((raw) => trivially(raw.action)).map((raw) => raw.id));
  const control = scored(controlIds, labels, raws.length);
  const limits = {
    ssh_elastic_april: [0.98, 0.98, 25],
    ssh_secrepo: [0.98, 0, 5],
    scenario_root_compromise: [0.95, 0.9, 0],
    scenario_enrichment: [0.95, 0.9, 0],
  }[set as string];
  const hasMalicious = labels.malicious_ids.length > 0;
  const figures: Figure[] = [];
  const at = (name: string, value: number, wanted: number | undefined, theirs: number) =>
    figures.push({
      name,
      value: shown(value),
      wanted: wanted ? `≥ ${wanted}` : '–',
      met: wanted ? value >= wanted : null,
      control: shown(theirs),
    });
  if (hasMalicious) {
    at('recall', ours.recall, limits?.[0], control.recall);
    at('precision', ours.precision, limits?.[1], control.precision);
  }
  const most = set === 'aad_signins' ? 0 : limits?.[2];
  figures.push({
    name: 'findings of medium or above',
    value: String(grave.length),
    wanted: most || set === 'aad_signins' ? `≤ ${most}` : '–',
    met: most || set === 'aad_signins' ? grave.length <= (most ?? 0) : null,
    control: String(controlIds.size),
  });
  if (set === 'aad_signins')
    figures.push({
      name: 'findings of low',
      value: String(all.length - grave.length),
      wanted: '≤ 2',
      met: all.length - grave.length <= 2,
      control: '–',
    });
  figures.push({
    name: 'false alarms per 1,000 benign entries',
    value: ours.perThousand.toFixed(1),
    wanted: '–',
    met: null,
    control: control.perThousand.toFixed(1),
  });
  const groups = labels.groups ?? [];
  const missed = groups
    .filter((group) => !group.ids.some((id) => flagged.has(id)))
    .map((group) => group.technique ?? group.name ?? 'unnamed');
  if (groups.length > 0)
    figures.push({
      name: 'groups hit',
      value: `${groups.length - missed.length} of ${groups.length}`,
      wanted: '–',
      met: null,
      control: `${groups.filter((group) => group.ids.some((id) => controlIds.has(id))).length} of ${groups.length}`,
    });
  return { set, entries: raws.length, figures, missed };
}

/** The vendor's single-event cases: those that can be scored. */
export function evaluateCases(folder: string): SetResult & { readonly raised: readonly string[] } {
  const cases = linesOf(join(folder, 'panther_cases.ndjson'))
    .map((line) => JSON.parse(line) as Case)
    .filter(
      (one) =>
        !one.context_required && !one.identical_to_a_match && !(one.entries.length === 1 && one.rule_threshold > 1),
    );
  const verdicts = cases.map((one) => ({
    one,
    found: findingsOver(one.entries.map((entry) => JSON.stringify(entry))).some(serious),
    trivial: one.entries.some((entry) => trivially(entry.action)),
  }));
  const wanted = verdicts.filter(({ one }) => one.expect === 'match' && !['Info', 'Low'].includes(one.severity));
  const unwanted = verdicts.filter(({ one }) => one.expect === 'no_match');
  const share = (list: typeof verdicts, of: (v: (typeof verdicts)[number]) => boolean) =>
    ratio(list.filter(of).length, list.length);
  const recall = share(wanted, (v) => v.found);
  const noise = share(unwanted, (v) => v.found);
  return {
    set: 'panther_cases',
    entries: cases.length,
    figures: [
      {
        name: `matches of medium or above found (of ${wanted.length})`,
        value: shown(recall),
        wanted: '≥ 0.90',
        met: recall >= 0.9,
        control: shown(share(wanted, (v) => v.trivial)),
      },
      {
        name: `no-matches raised (of ${unwanted.length})`,
        value: shown(noise),
        wanted: '≤ 0.25',
        met: noise <= 0.25,
        control: shown(share(unwanted, (v) => v.trivial)),
      },
    ],
    missed: wanted.filter((v) => !v.found).map((v) => v.one.case),
    raised: unwanted.filter((v) => v.found).map((v) => v.one.case),
  };
}

/** The vendor's events repeated to its rules' thresholds. */
export function evaluateBursts(folder: string): SetResult {
  const cases = linesOf(join(folder, 'panther_bursts.ndjson')).map((line) => JSON.parse(line) as Case);
  const missed = cases
    .filter((one) => !findingsOver(one.entries.map((entry) => JSON.stringify(entry))).some(serious))
    .map((one) => one.case);
  const trivial = cases.filter((one) => one.entries.some((entry) => trivially(entry.action))).length;
  return {
    set: 'panther_bursts',
    entries: cases.length,
    figures: [
      {
        name: 'bursts found',
        value: `${cases.length - missed.length} of ${cases.length}`,
        wanted: `${cases.length} of ${cases.length}`,
        met: missed.length === 0,
        control: `${trivial} of ${cases.length}`,
      },
    ],
    missed,
  };
}

const NOW = Date.parse('2026-11-24T10:30:15.500Z');

/** The stories planted in the local organisation. */
export function evaluateStories(seeds: readonly number[] = [7, 8, 9]): SetResult {
  const missed: string[] = [];
  let [planted, entries, trivial] = [0, 0, 0];
  for (const seed of seeds) {
    const log = organisation({ entries: 25_000, days: 120, seed, now: NOW });
    const lines = [...log.entries()].map((entry) => entry.raw);
    entries += lines.length;
    const flagged = new Set(
      findingsOver(lines)
        .filter(serious)
        .flatMap((finding) => finding.entryIds),
    );
    const easy = new Set(
      lines
        .map((raw) => JSON.parse(Buffer.from(raw).toString()) as Raw)
        .filter((raw) => trivially(raw.action))
        .map((raw) => raw.id),
    );
    for (const story of log.stories()) {
      planted++;
      if (!story.entryIds.some((id) => flagged.has(id))) missed.push(`${story.name} (seed ${seed})`);
      if (story.entryIds.some((id) => easy.has(id))) trivial++;
    }
  }
  return {
    set: 'planted stories',
    entries,
    figures: [
      {
        name: 'stories found',
        value: `${planted - missed.length} of ${planted}`,
        wanted: `${planted} of ${planted}`,
        met: missed.length === 0,
        control: `${trivial} of ${planted}`,
      },
    ],
    missed,
  };
}

/** A year of sixty people with nothing planted. */
export function evaluateQuietYear(
  seeds: readonly number[] = [7, 8],
): SetResult & { readonly rules: ReadonlyMap<string, number> } {
  const rules = new Map<string, number>();
  let [grave, all, entries, trivial] = [0, 0, 0, 0];
  for (const seed of seeds) {
    const log = organisation({ entries: 60_000, days: 365, seed, now: NOW, incidents: [] });
    const lines = [...log.entries()].map((entry) => entry.raw);
    const findings = findingsOver(lines);
    entries += lines.length;
    all += findings.length;
    trivial += lines.filter((raw) => trivially((JSON.parse(Buffer.from(raw).toString()) as Raw).action)).length;
    for (const finding of findings.filter(serious)) {
      grave++;
      rules.set(finding.rule, (rules.get(finding.rule) ?? 0) + 1);
    }
  }
  const perWeek = grave / (52 * seeds.length);
  return {
    set: 'quiet year',
    entries,
    figures: [
      {
        name: 'findings of medium or above a week',
        value: perWeek.toFixed(2),
        wanted: '< 1',
        met: perWeek < 1,
        control: (trivial / (52 * seeds.length)).toFixed(2),
      },
      {
        name: 'findings of low a week',
        value: ((all - grave) / (52 * seeds.length)).toFixed(2),
        wanted: '–',
        met: null,
        control: '–',
      },
      {
        name: 'findings of medium or above per 1,000 entries',
        value: ((grave * 1000) / entries).toFixed(2),
        wanted: '–',
        met: null,
        control: ((trivial * 1000) / entries).toFixed(2),
      },
    ],
    missed: [],
    rules,
  };
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}
