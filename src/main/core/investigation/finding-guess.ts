import type { Phase } from '../../../shared/case.ts';
import type { Seed } from '../../../shared/case-schema.ts';
import type { Finding } from '../../../shared/finding.ts';

type Guess = { readonly phase: Phase | null; readonly technique: string | null };

/** Phases by the technique a rule names (MITRE ATT&CK, enterprise tactics): a first guess, for a person to correct. */
const PHASES: readonly (readonly [techniques: RegExp, phase: Phase])[] = [
  [/^T(1078|1110|1566|1621|1539)/, 'initial_access'],
  [/^T(1136|1098\.001|1550)/, 'persistence'],
  [/^T(1098|1548|1484)/, 'privilege'],
  [/^T(1562|1556|1070)/, 'evasion'],
  [/^T(1485|1489|1490|1496|1531|1565|1567|1572|1657)/, 'impact'],
];

/** The phase and technique that the entries of findings look like, by key. */
export function guessesOf(findings: readonly Pick<Finding, 'entryKeys' | 'technique'>[]): ReadonlyMap<number, Guess> {
  const guesses = new Map<number, Guess>();
  for (const { entryKeys, technique } of findings) {
    const id = technique?.id ?? null;
    const phase = id === null ? null : (PHASES.find(([techniques]) => techniques.test(id))?.[1] ?? null);
    for (const key of entryKeys) if (!guesses.has(key)) guesses.set(key, { phase, technique: id });
  }
  return guesses;
}

/** What a scope starts from where it starts from findings: the people and addresses they name. */
export function seedsOfFindings(findings: readonly Pick<Finding, 'actor' | 'address'>[]): readonly Seed[] {
  const seeds = findings.flatMap(({ actor, address }): Seed[] => [
    ...(actor === null ? [] : [{ kind: 'person' as const, value: actor, from: null, to: null }]),
    ...(address === null ? [] : [{ kind: 'address' as const, value: address, from: null, to: null }]),
  ]);
  return [...new Map(seeds.map((seed) => [`${seed.kind} ${seed.value}`, seed])).values()];
}
