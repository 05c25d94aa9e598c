import { describeAction } from '../../../shared/action.ts';
import type { Phase } from '../../../shared/case.ts';
import type { Seed } from '../../../shared/case-schema.ts';
import type { Finding } from '../../../shared/finding.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import type { Places } from '../geo/places.ts';
import { seedName } from './case-state.ts';
import { guessOf, techniquesOf } from './scope/guess.ts';
import { seedsOf } from './scope/seeds-of.ts';

/** What a case that is opened from findings begins with: seeds of its scope, and what their entries look like, by key. */
export type CaseStart = {
  readonly seeds: readonly Seed[];
  readonly guesses: ReadonlyMap<number, { readonly phase: Phase | null; readonly technique: string | null }>;
};

export function caseStart(
  reader: Pick<ArchiveReader, 'info' | 'columns' | 'tuples' | 'rowsByKey'>,
  places: Places,
  findings: readonly Finding[],
): CaseStart {
  const seeds = findings.flatMap((finding) => seedsOf(reader, places, finding));
  const techniques = techniquesOf(findings);
  const rows = reader.rowsByKey([...new Set(findings.flatMap(({ entryKeys }) => entryKeys))]);
  return {
    seeds: [...new Map(seeds.map((seed) => [seedName(seed), seed])).values()],
    guesses: new Map(
      rows.flatMap((row) => {
        if (row === null) return [];
        const { phase, technique } = guessOf(describeAction(row.action).meaning, false);
        return [[row.key, { phase, technique: technique ?? techniques.get(row.key) ?? null }] as const];
      }),
    ),
  };
}
