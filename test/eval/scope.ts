import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArchiveReader } from '../../src/main/core/archive/reader.ts';
import { detect } from '../../src/main/core/detection/detect.ts';
import { shippedPlaces } from '../../src/main/core/geo/shipped-places.ts';
import { NO_DECISIONS } from '../../src/main/core/investigation/scope/question.ts';
import { scopeOf } from '../../src/main/core/investigation/scope/scope-of.ts';
import { seedsOf } from '../../src/main/core/investigation/scope/seeds-of.ts';
import { parseEntry } from '../../src/main/core/jetty/parse-entry.ts';
import { WHOLE_ARCHIVE } from '../../src/main/core/search/plan.ts';
import { organisation } from '../../src/main/core/simulator/organisation.ts';
import { unwrap } from '../../src/shared/errors.ts';
import { type Finding, SEVERITIES } from '../../src/shared/finding.ts';
import { newBenchArchive } from '../bench/archive-folder.ts';
import type { Figure, SetResult } from './evaluate.ts';

/** How a computed scope stands beside the truth: shares from 0 to 1, of the story's entries and of the scope's own. */
export type Scored = {
  readonly name: string;
  readonly story: number;
  readonly held: number;
  readonly others: number;
  readonly scope: number;
  readonly millis: number;
};

export const WANTED = { held: 0.95, others: 0.1 } as const;
const NOW = Date.parse('2026-11-24T10:30:15.500Z');

/**
 * The scope from the one finding that holds the most of a story, gravest first, before any decision by hand. Aftermath (what
 * people did about it) is set aside on both sides: it is neither missed nor one of the others.
 */
export function scoreOf(
  reader: ArchiveReader,
  findings: readonly Finding[],
  name: string,
  story: ReadonlySet<string>,
  aftermath: ReadonlySet<string>,
  idOf: (key: number) => string,
): Scored {
  const weight = (finding: Finding): number => SEVERITIES.indexOf(finding.severity);
  const share = (finding: Finding): number => finding.entryIds.filter((id) => story.has(id)).length;
  const [finding] = findings
    .filter((one) => share(one) > 0)
    .toSorted((a, b) => weight(a) - weight(b) || share(b) - share(a));
  if (finding === undefined) return { name, story: story.size, held: 0, others: 0, scope: 0, millis: 0 };
  const places = shippedPlaces();
  const seeds = seedsOf(reader, places, finding);
  const began = performance.now();
  const { members } = scopeOf(reader, places, {
    seeds,
    anchors: finding.entryKeys,
    decisions: NO_DECISIONS,
    steps: null,
  });
  const millis = performance.now() - began;
  const ids = members.map(({ key }) => idOf(key)).filter((id) => !aftermath.has(id));
  const held = ids.filter((id) => story.has(id)).length;
  return {
    name,
    story: story.size,
    held: held / story.size,
    others: ids.length === 0 ? 0 : (ids.length - held) / ids.length,
    scope: ids.length,
    millis,
  };
}

export type Ground = { readonly entries: number; readonly days: number; readonly incidents?: readonly string[] };

/** Every planted story of an organisation. */
export async function scoreStories(seed: number, { entries, days, incidents }: Ground): Promise<readonly Scored[]> {
  const log = organisation({ entries, days, seed, now: NOW, ...(incidents ? { incidents } : {}) });
  const lines = [...log.entries()].map((entry) => Buffer.from(entry.raw).toString());
  return await archived(lines, ({ reader, idOf, findings }) =>
    log
      .stories()
      .map((story) =>
        scoreOf(reader, findings, story.name, new Set(story.entryIds), new Set(story.aftermathIds), idOf),
      ),
  );
}

/** One labelled set of other people's. */
export async function scoreScenario(folder: string, set: string): Promise<Scored> {
  const lines = readFileSync(join(folder, `${set}.ndjson`), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const labels = JSON.parse(readFileSync(join(folder, `${set}.labels.json`), 'utf8')) as { malicious_ids: string[] };
  return await archived(lines, ({ reader, idOf, findings }) =>
    scoreOf(reader, findings, set, new Set(labels.malicious_ids), new Set(), idOf),
  );
}

type Archived = {
  readonly reader: ArchiveReader;
  readonly findings: readonly Finding[];
  readonly idOf: (key: number) => string;
};

// A real archive, gone when the answer is had.
async function archived<T>(lines: readonly string[], ask: (archive: Archived) => T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'logbook-eval-'));
  try {
    const reader = await newBenchArchive(join(folder, 'eval.logbook'));
    const items = lines.map((line) => parseEntry(Buffer.from(line)));
    unwrap(reader.ingest({ items, source: { kind: 'file', detail: 'eval' }, receivedAt: NOW }));
    const ids = new Map<number, string>();
    for (const row of reader.rows(WHOLE_ARCHIVE)) ids.set(row.key, row.id);
    const { findings } = unwrap(detect(reader, WHOLE_ARCHIVE, { zone: 'UTC' }));
    const answer = ask({ reader, findings, idOf: (key) => ids.get(key) ?? '' });
    reader.close();
    return answer;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Scores as a part of the table, the worst of each story over the seeds. */
export function scopeResult(set: string, scored: readonly Scored[]): SetResult {
  const figures = [...Map.groupBy(scored, ({ name }) => name)].flatMap(([name, all]): Figure[] => {
    const held = Math.min(...all.map((one) => one.held));
    const others = Math.max(...all.map((one) => one.others));
    const figure = (what: string, value: number, wanted: string, met: boolean): Figure => ({
      name: `${name}: ${what}`,
      value: value.toFixed(3),
      wanted,
      met,
      control: '–',
    });
    return [
      figure('entries of the story in scope', held, `≥ ${WANTED.held}`, held >= WANTED.held),
      figure('others in scope', others, `≤ ${WANTED.others}`, others <= WANTED.others),
    ];
  });
  return { set, entries: scored.reduce((sum, one) => sum + one.story, 0), figures, missed: [] };
}
