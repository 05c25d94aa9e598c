import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyArchive } from '../../../../../src/main/core/archive/integrity/verify.ts';
import { parseEntry } from '../../../../../src/main/core/jetty/parse-entry.ts';
import { randomFor } from '../../../../../src/main/core/simulator/random.ts';
import { unwrap } from '../../../../../src/shared/errors.ts';
import type { IntegrityProblem } from '../../../../../src/shared/integrity.ts';
import { CHAIN_ALTERATIONS, REPLACE } from './alter-chain.ts';
import { ENTRY_ALTERATIONS } from './alter-entries.ts';
import { type Alteration, alterArchive, type Expected } from './altering.ts';
import { makeSealedArchive, type SealedArchive } from './sealed-archive.ts';

export type MutationResult = {
  readonly altered: number;
  readonly byKind: Readonly<Record<string, number>>;
  /** Alterations that were not reported, or in the wrong place, with what was said. */
  readonly missed: readonly string[];
};

const KINDS: readonly (readonly [string, Alteration])[] = Object.entries({
  ...ENTRY_ALTERATIONS,
  ...CHAIN_ALTERATIONS,
});

/** Alters a sealed archive `times` times, each time anew, one kind after the other, and verifies it. */
export async function mutationCampaign(
  { times, seed }: { readonly times: number; readonly seed: number },
  say: (line: string) => void = () => undefined,
): Promise<MutationResult> {
  const folder = mkdtempSync(join(tmpdir(), 'logbook-alter-'));
  const missed: string[] = [];
  const byKind: Record<string, number> = {};
  let altered = 0;
  try {
    const archive = await makeSealedArchive(join(folder, 'made'), randomFor(seed, 'archive'));
    const untouched = await verified(archive.dir, archive.key, [archive.head]);
    missed.push(...untouched.map((problem) => `untouched: ${said(problem)}`));
    for (let n = 0; altered < times; n++) {
      const [name, alteration] = KINDS[n % KINDS.length]!;
      const dir = join(folder, 'altered.logbook');
      const expected = alter(archive, dir, alteration, seed, n);
      if (expected !== null) {
        altered++;
        byKind[name] = (byKind[name] ?? 0) + 1;
        const problems = await verified(dir, archive.key, expected.against ?? []);
        const wrong = judge(problems, expected);
        if (wrong !== null)
          missed.push(`${name} (${n}): ${wrong}; said: ${problems.map(said).join(' | ') || 'nothing'}`);
        if (altered % 50 === 0) say(`${altered} alterations, ${missed.length} missed`);
      }
      rmSync(dir, { recursive: true, force: true });
      if (missed.length > 30) break;
    }
    return { altered, byKind, missed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function alter(archive: SealedArchive, dir: string, alteration: Alteration, seed: number, n: number): Expected | null {
  cpSync(archive.dir, dir, { recursive: true });
  const lot = randomFor(seed, 'alter', n);
  const expected = alterArchive(dir, archive.key, (db) => alteration({ db, dir, lot, archive }));
  for (const replace of REPLACE.splice(0)) replace();
  return expected;
}

async function verified(
  dir: string,
  key: Uint8Array,
  against: readonly string[],
): Promise<readonly IntegrityProblem[]> {
  return unwrap(await verifyArchive(dir, key, { parse: parseEntry, against })).problems;
}

function judge(problems: readonly IntegrityProblem[], { what, part, days, entry }: Expected): string | null {
  const fits = (one: IntegrityProblem): boolean =>
    part.includes(one.part) &&
    (what?.includes(one.what) ?? true) &&
    (days === null ? one.day === null : one.day !== null && days.includes(one.day)) &&
    (entry === undefined || one.entry === entry);
  if (!problems.some(fits)) return `expected ${part} ${what ?? ''} of ${days ?? 'no day'} ${entry ?? ''}`;
  const elsewhere = problems.find((one) => one.day !== null && days !== null && !days.includes(one.day));
  return elsewhere === undefined ? null : `blames ${elsewhere.day}`;
}

function said({ what, part, day, entry, message }: IntegrityProblem): string {
  return `${what} ${part} ${day} ${entry}: ${message}`;
}
