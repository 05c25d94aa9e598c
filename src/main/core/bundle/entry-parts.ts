import { isUtf8 } from 'node:buffer';
import type { DayProofs, EvidenceLeaf, EvidenceReader } from '../archive/integrity/evidence.ts';
import { msOfKey } from '../archive/time-key.ts';
import type { QueryPlan } from '../search/plan.ts';
import { type EntryLine, PARTS, type RedactedLine } from './format.ts';
import type { Part } from './tar.ts';

const PART_BYTES = 2 ** 22;
const MS_PER_DAY = 86_400_000;

/** What is learnt while entries are written. */
export type EntryTally = {
  lines: number;
  versions: number;
  proven: number;
  /** The oldest seal that a proof leads to. */
  oldestSeal: number;
  /** UTC instants of the first and the last entry, milliseconds. */
  first: number | null;
  last: number | null;
};

/** What stands in front of an entry's own content: where it lies and what proves it. */
export type Placed = Omit<EntryLine, 'raw' | 'raw64'>;

/** How a content is written: as it arrived, or pseudonymised. */
export type WriteLine = (placed: Placed, leaf: EvidenceLeaf) => EntryLine | RedactedLine;

/** The line of a content as it arrived. */
export const asItArrived: WriteLine = (placed, { raw }) => {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  return isUtf8(bytes) ? { ...placed, raw: bytes.toString('utf8') } : { ...placed, raw64: bytes.toString('base64') };
};

export function newTally(): EntryTally {
  return {
    lines: 0,
    versions: 0,
    proven: 0,
    oldestSeal: Number.POSITIVE_INFINITY,
    first: null,
    last: null,
  };
}

/** The parts that hold the entries of a plan, each of some megabytes at most and one entry more. */
export function* entryParts(
  reader: EvidenceReader,
  plan: QueryPlan,
  write: WriteLine,
  tally: EntryTally,
): Generator<Part> {
  let day = Number.NaN;
  let proofs: DayProofs | null = null;
  let lines: string[] = [];
  let size = 0;
  let part = 0;
  for (const { row, leaves } of reader.evidence(plan)) {
    const own = Math.floor(msOfKey(row.key) / MS_PER_DAY);
    if (own !== day) {
      day = own;
      proofs = reader.dayProofs(day);
    }
    tally.first ??= row.ts;
    tally.last = row.ts;
    for (const leaf of leaves) {
      const { n, receivedAt } = leaf;
      const placed = { key: row.key, n, source: leaf.source, received: receivedAt };
      const written = write(withProof(placed, proofs), leaf);
      const line = JSON.stringify(written);
      if (written.seal !== null) tally.oldestSeal = Math.min(tally.oldestSeal, written.seal);
      if (written.proof !== undefined) tally.proven++;
      tally.lines++;
      if (n > 0) tally.versions++;
      lines.push(line);
      size += line.length + 1;
    }
    if (size >= PART_BYTES) {
      yield partOf(++part, lines);
      lines = [];
      size = 0;
    }
  }
  if (lines.length > 0 || part === 0) yield partOf(++part, lines);
}

function withProof(placed: Omit<Placed, 'seal'>, proofs: DayProofs | null): Placed {
  const found = proofs?.prove(placed.key, placed.n) ?? null;
  if (proofs === null || found === null) return { ...placed, seal: null };
  const { index, size, path } = found;
  return {
    ...placed,
    seal: proofs.seal,
    index,
    size,
    proof: Buffer.concat(path).toString('hex'),
  };
}

function partOf(number: number, lines: readonly string[]): Part {
  return { name: PARTS.entries(number), content: Buffer.from(lines.map((line) => `${line}\n`).join('')) };
}
