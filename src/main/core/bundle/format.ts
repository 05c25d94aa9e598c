import { z } from 'zod';

// docs/integrity.md describes this format so that others can read and check it; what is changed here is changed there, and
// gets another name.

export const BUNDLE_FORMAT = 'logbook-bundle/1';

/** Names of a bundle's parts. */
export const PARTS = {
  entries: (n: number) => `entries/${String(n).padStart(6, '0')}.ndjson`,
  seals: 'seals.ndjson',
  stamp: (seal: number, n: number) => `stamps/${String(seal).padStart(6, '0')}${n === 1 ? '' : `-${n}`}.tsr`,
  coverage: 'coverage.ndjson',
  journal: 'journal.ndjson',
  rules: 'rules.ndjson',
  findings: 'findings.ndjson',
  case: 'case.json',
  report: (name: string) => `reports/${name}`,
  manifest: 'manifest.json',
  signature: 'manifest.sig',
} as const;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

const placed = {
  /** Its key (`ms · 2048 + n`) and number: 0 is the entry, from 1 on what came later under its id. */
  key: count,
  n: count,
  /** Where it came from: the API of a host, or a file by its name. */
  source: z.strictObject({ kind: z.enum(['api', 'file', 'table']), detail: z.string() }),
  /** When it arrived, milliseconds UTC. */
  received: count,
  /** Number of its day's newest seal, null where it came later than that; then nothing proves it but the signature. */
  seal: count.nullable(),
  /** RFC 6962 §2.1.1: place in the day's tree, leaves of that, and the sibling hashes from the leaf upwards, one after the other. */
  index: count.optional(),
  size: count.optional(),
  proof: z
    .string()
    .regex(/^(?:[0-9a-f]{64})*$/)
    .optional(),
};

/** A line of an entries part: the bytes as they arrived. `raw64` (base64) where they are no UTF-8. */
export const entryLine = z.strictObject({ ...placed, raw: z.string().optional(), raw64: z.base64().optional() });
export type EntryLine = z.output<typeof entryLine>;

/**
 * A field of a pseudonymised entry: open, `[path, value, salt]`; hidden, `[path, token, null, commitment]`. Salts and
 * commitments are hexadecimal.
 */
export const field = z.union([
  z.tuple([z.array(z.union([z.string(), z.int()])), z.json(), z.string().regex(/^[0-9a-f]{32}$/)]),
  z.tuple([z.array(z.union([z.string(), z.int()])), z.json(), z.null(), hash]),
]);
export type Field = z.output<typeof field>;

/** A line of an entries part of a pseudonymised bundle. `leaf` is null where it is withheld. */
export const redactedLine = z.strictObject({
  ...placed,
  leaf: hash.nullable(),
  root: hash,
  fields: z.array(field),
});
export type RedactedLine = z.output<typeof redactedLine>;

export const sealLine = z.strictObject({ sequence: count, text: z.string(), signature: z.string() });

/** A day of the coverage; `seal` is the day's newest seal where that says the same. */
export const coverageLine = z.strictObject({
  day: z.iso.date(),
  state: z.string(),
  served: count.nullable(),
  stored: count,
  checkedAt: z.string().nullable(),
  note: z.string().nullable(),
  seal: count.nullable(),
});
export type CoverageLine = z.output<typeof coverageLine>;

export const journalLine = z.strictObject({
  seq: count,
  kind: z.string(),
  subject: z.string(),
  at: z.int(),
  by: z.string(),
  body: z.string(),
});

export const manifest = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  /** Milliseconds UTC. */
  made: count,
  archive: z.strictObject({ id: z.string(), name: z.string() }),
  /** What was asked for: the query as it is typed, its period as instants (milliseconds UTC), and the zone of days. */
  asked: z.strictObject({
    query: z.string(),
    from: count.nullable(),
    to: count.nullable(),
    zone: z.string(),
  }),
  pseudonymised: z.boolean(),
  /** `entries` counts lines, later contents (`versions`) among them; `proven` those with a proof that leads to a seal. */
  entries: z.strictObject({ lines: count, versions: count, proven: count }),
  /** The newest seal; null where nothing is sealed. */
  head: z.strictObject({ sequence: count, hash }).nullable(),
  /** The archive's public Ed25519 key, and the SHA-256 of its bytes. */
  key: hash,
  fingerprint: hash,
  /** Every part before this one, in the order in which they stand. */
  parts: z.array(z.strictObject({ name: z.string(), size: count, sha256: hash })),
});
export type Manifest = z.output<typeof manifest>;

/** Lines of NDJSON. */
export function linesOf(content: Buffer): readonly string[] {
  const text = content.toString('utf8');
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** A line of NDJSON as what it says; null where it is no JSON. */
export function parsedLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
