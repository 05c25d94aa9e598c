import { z } from 'zod';
import {
  CASE_STATUSES,
  CITATION_STATES,
  PHASES,
  REMEDIES,
  REMEDY_STATES,
  SCOPE_KINDS,
  SCOPE_STATES,
  SEED_KINDS,
} from './case.ts';
import { DAY_STATES } from './coverage.ts';
import { SEVERITIES } from './finding.ts';
import { key } from './query-contract.ts';

// The shapes of investigations as they cross from the main process. Instants are milliseconds UTC, hashes SHA-256 in
// lower-case hexadecimal.

export const caseId = z.string().regex(/^C-\d{1,12}$/);
/** An event of a timeline: `E-` and the number of the journal line that brought it, with its place in the line after a dot. */
export const eventId = z.string().regex(/^E-\d{1,12}(\.\d{1,6})?$/);
export const instant = z.int();
const text = z.string();
const count = z.int().nonnegative();
const hash = z.string();
const line = z.int().positive();

const named = z.strictObject({ id: text.nullable(), name: text.nullable() });
export const caseRow = z.strictObject({
  key,
  id: text,
  ts: instant,
  actor: named.extend({ email: text.nullable() }).nullable(),
  action: text,
  target: named.extend({ type: text.nullable() }).nullable(),
  address: text.nullable(),
  agent: text.nullable(),
  team: named.nullable(),
});

/** A time by which something is due, from the time of awareness. `dueAt` is null while that is not known. */
export const caseClock = z.strictObject({
  id: text,
  name: text,
  hours: count,
  dueAt: instant.nullable(),
  /** When it was met, by whom, and what was said (a reference, or why no notice was needed). */
  met: z.strictObject({ at: instant, by: text, note: text }).nullable(),
});
export type CaseClock = z.output<typeof caseClock>;

export const caseSummary = z.strictObject({
  id: caseId,
  title: text,
  severity: z.enum(SEVERITIES),
  lead: text.nullable(),
  status: z.enum(CASE_STATUSES),
  openedAt: instant,
  openedBy: text,
  /** When it was noticed, contained and closed; null where nobody said. */
  aware: instant.nullable(),
  contained: instant.nullable(),
  closed: instant.nullable(),
  clocks: z.array(caseClock),
  /** Events of the timeline, and the instants of the first and the last. */
  events: count,
  first: instant.nullable(),
  last: instant.nullable(),
  /** Ids of the findings it was opened from or that were filed into it. */
  findings: z.array(text),
  /** Entries of things that are watched, seen since the person last looked. */
  seenAgain: count,
  /** Its entries are kept from deletion while it is not closed. */
  held: z.boolean(),
});
export type CaseSummary = z.output<typeof caseSummary>;

export const caseNote = z.strictObject({ line, text, by: text, at: instant });
export type CaseNote = z.output<typeof caseNote>;

const placed = {
  id: eventId,
  ts: instant,
  phase: z.enum(PHASES).nullable(),
  /** ATT&CK technique, such as T1078. */
  technique: text.nullable(),
  notes: z.array(caseNote),
  /** Who brought it into the case, and when. */
  by: text,
  at: instant,
};

export const caseEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    ...placed,
    kind: z.literal('entry'),
    row: caseRow,
    /** RFC 6962 leaf hash of the bytes it was pinned with, in hexadecimal, and whether the archive still holds them. */
    leaf: hash,
    state: z.enum(CITATION_STATES),
    country: text.nullable(),
  }),
  z.strictObject({ ...placed, kind: z.literal('manual'), title: text, source: text }),
  z.strictObject({
    ...placed,
    kind: z.literal('foreign'),
    title: text,
    /** The file it came from, its SHA-256 and the line in it, from 1. */
    file: text,
    sha256: hash,
    fileLine: line,
    fields: z.record(text, text),
  }),
]);
export type CaseEvent = z.output<typeof caseEvent>;

/** Runs of UTC days in the span of the timeline of which the archive does not hold everything. */
export const caseGap = z.strictObject({ from: text, to: text, days: count, state: z.enum([...DAY_STATES, 'unknown']) });
export type CaseGap = z.output<typeof caseGap>;

export const caseLine = z.strictObject({ line, at: instant, by: text, words: text });
export type CaseLine = z.output<typeof caseLine>;

export const seed = z.strictObject({
  kind: z.enum(SEED_KINDS),
  /** The value as the log writes it; empty for a span. */
  value: z.string().max(20_000),
  /** The stretch of time it is about; null is open. */
  from: instant.nullable(),
  to: instant.nullable(),
});
export type Seed = z.output<typeof seed>;

/** Something in scope: why, how sure, since and until when, and what stands. */
export const scopeThing = z.strictObject({
  kind: z.enum(SCOPE_KINDS),
  value: text,
  /** How it is called where it has a name, and else the value. */
  label: text,
  state: z.enum(SCOPE_STATES),
  /** From 0 to 1. */
  score: z.number(),
  /** A plain sentence each, gravest first. */
  reasons: z.array(text),
  /** How many steps from a seed. */
  step: count,
  /** Entries of the scope that name it, the first and last sign, and entries of it that belong to ordinary life. */
  entries: count,
  ordinary: count,
  first: instant.nullable(),
  last: instant.nullable(),
  /** What was made or changed and whether that still stands; null where nothing was. */
  standing: z.strictObject({ words: text, stands: z.boolean() }).nullable(),
});
export type ScopeThing = z.output<typeof scopeThing>;

export const scopeEntry = z.strictObject({
  row: caseRow,
  country: text.nullable(),
  score: z.number(),
  reasons: z.array(text),
  step: count,
  state: z.enum(SCOPE_STATES),
  pinned: z.boolean(),
  /** The phase and the technique it looks like; null where nothing says. */
  phase: z.enum(PHASES).nullable(),
  technique: text.nullable(),
});
export type ScopeEntry = z.output<typeof scopeEntry>;

export const caseScope = z.strictObject({
  seeds: z.array(seed),
  things: z.array(scopeThing),
  /** Entries in scope: how many, and their first and last instant. */
  total: count,
  first: instant.nullable(),
  last: instant.nullable(),
  /** How many steps were taken, and whether a further one would add anything. */
  steps: count,
  more: z.boolean(),
});
export type CaseScope = z.output<typeof caseScope>;

export const remedyCheck = z.strictObject({
  remedy: z.enum(REMEDIES),
  thing: z.strictObject({ kind: z.enum(SCOPE_KINDS), value: text, label: text }),
  /** What is to be done, in words: "Revoke ci-deploy-2". */
  words: text,
  state: z.enum(REMEDY_STATES),
  /** The entry that made it needed, did it, and took it back. */
  since: instant.nullable(),
  done: z.strictObject({ key: key.nullable(), at: instant, by: text }).nullable(),
  undone: z.strictObject({ key, at: instant, by: text }).nullable(),
  /** What a person said of it. */
  note: text.nullable(),
});
export type RemedyCheck = z.output<typeof remedyCheck>;

export const watched = z.strictObject({
  kind: z.enum(['person', 'address', 'network', 'device', 'token']),
  value: text,
  label: text,
  since: instant,
  by: text,
  /** Entries that name it since. */
  seen: count,
  last: instant.nullable(),
});
export type Watched = z.output<typeof watched>;

export const citation = z.strictObject({ event: eventId, state: z.enum(CITATION_STATES) });

export const caseDetail = caseSummary.extend({
  summary: text,
  events: count,
  gaps: z.array(caseGap),
  story: z.strictObject({
    /** Text in which `[E-12]` or `[E-12.3]` cites an event of the timeline. */
    text,
    by: text.nullable(),
    at: instant.nullable(),
    citations: z.array(citation),
  }),
  /** Whether the people in scope may have been put at risk, and what the record of a breach says (GDPR Art. 33(5)). */
  breach: z.strictObject({ facts: text, effects: text, action: text }).nullable(),
  watched: z.array(watched),
  notes: z.array(caseNote),
  history: z.array(caseLine),
  /** What a case still lacks before it can be closed, a sentence each. */
  missing: z.array(text),
});
export type CaseDetail = z.output<typeof caseDetail>;
