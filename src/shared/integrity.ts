/**
 * The newest seal of an archive: what proves everything before it. `hash` is what is written down outside of the archive;
 * `day` the newest sealed day, null where only other things were sealed.
 */
export type Head = {
  readonly sequence: number;
  readonly hash: string;
  readonly day: string | null;
  readonly sealedDays: number;
  /** Milliseconds UTC. */
  readonly at: number;
  /** Fingerprint (SHA-256) of the public key, and the key itself, both hexadecimal. */
  readonly fingerprint: string;
  readonly publicKey: string;
};

/** A time stamp of a head (RFC 3161): an authority’s word that the head, and so everything before it, was there by then. */
export type Stamp = {
  /** Milliseconds UTC, by the authority’s clock. */
  readonly at: number;
  /** What the authority’s certificate calls it. */
  readonly authority: string;
  /** Whether that certificate leads to one that somebody trusts; otherwise the stamp agrees with itself and no more. */
  readonly trusted: boolean;
};

/** The newest head with a time stamp; it need not be the newest head. */
export type StampedHead = Stamp & { readonly sequence: number; readonly hash: string };

/** What is wrong with something that was sealed. */
export const PROBLEM_KINDS = [
  'altered',
  'missing',
  'added',
  'reordered',
  'unsigned',
  'rolled_back',
  'damaged',
] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** Which part of the archive that is. */
export type ProblemPart =
  | 'entry'
  | 'columns'
  | 'coverage'
  | 'journal'
  | 'seal'
  | 'deletion'
  | 'head'
  | 'file'
  | 'review'
  | 'case'
  | 'stamp';

/** One thing that is not as it was sealed, or that does not agree with what was received. */
export type IntegrityProblem = {
  readonly what: ProblemKind;
  readonly part: ProblemPart;
  /** The UTC day it is about, `YYYY-MM-DD`; null where it is about none. */
  readonly day: string | null;
  /** The id of the entry, as far as it can still be told. */
  readonly entry: string | null;
  /** The line of the reviewers’ log, where it is about one. */
  readonly line?: number;
  /** A sentence for people. */
  readonly message: string;
};

/** What a verification found. `days` counts sealed days, `unsealed` what is there and not sealed yet. */
export type Verification = {
  readonly ok: boolean;
  readonly entries: number;
  readonly days: number;
  readonly seals: number;
  readonly unsealed: number;
  readonly head: Head | null;
  /** Time stamps of seals, and how many of them lead to a certificate that somebody trusts. */
  readonly stamps: { readonly count: number; readonly trusted: number };
  /** How many problems there are; of very many only the first are listed. */
  readonly found: number;
  readonly problems: readonly IntegrityProblem[];
};

/** After how many days everything is verified again; 0 is only when asked. */
export const VERIFY_DAYS = [0, 1, 7, 30] as const;
export type VerifyDays = (typeof VERIFY_DAYS)[number];
