import { z } from 'zod';
import { CASE_STATUSES, PHASES, REMEDIES, SCOPE_KINDS } from '../../../shared/case.ts';
import { eventId, instant, seed, watched } from '../../../shared/case-schema.ts';
import { SEVERITIES } from '../../../shared/finding.ts';
import type { JournalLine, NewJournalLine } from '../archive/journal.ts';
import { markedEntry } from '../marks/mark-lines.ts';

/** Kinds of journal lines that are about investigations; others are somebody else's. Subject of all but `opened`: the case. */
export const CASE_LINES = {
  opened: 'case.opened',
  updated: 'case.updated',
  status: 'case.status',
  clock: 'case.clock',
  clockMet: 'case.clock-met',
  filed: 'case.filed',
  pinned: 'case.pinned',
  unpinned: 'case.unpinned',
  classified: 'case.classified',
  noted: 'case.noted',
  manual: 'case.manual',
  foreign: 'case.foreign',
  undone: 'case.undone',
  seeds: 'case.seeds',
  thing: 'case.thing',
  entries: 'case.entries',
  remedy: 'case.remedy',
  watch: 'case.watch',
  seen: 'case.seen',
  story: 'case.story',
  exported: 'case.exported',
} as const;

const count = z.int().nonnegative();
const text = z.string();
const phase = z.enum(PHASES).nullable();
const technique = text.nullable();
/** What one person did in one go may be several lines that follow each other: which of how many this one is. */
const part = { part: count, parts: count };
const thing = { kind: z.enum(SCOPE_KINDS), value: text };
const fields = z.object({
  title: text,
  severity: z.enum(SEVERITIES),
  lead: text.nullable(),
  summary: text,
  aware: instant.nullable(),
  contained: instant.nullable(),
  breach: z.object({ facts: text, effects: text, action: text }).nullable(),
});

/** Bodies by kind, as they are written and read. */
export const CASE_BODIES = {
  [CASE_LINES.opened]: fields.pick({ title: true, severity: true, lead: true, aware: true }),
  [CASE_LINES.updated]: z.object({ fields: fields.partial() }),
  [CASE_LINES.status]: z.object({ status: z.enum(CASE_STATUSES), reason: text }),
  [CASE_LINES.clock]: z.object({ name: text, hours: count }),
  [CASE_LINES.clockMet]: z.object({ clock: text, note: text }),
  [CASE_LINES.filed]: z.object({ findings: z.array(text) }),
  /** Each entry with its leaf hash, and the phase and technique it was pinned with. */
  [CASE_LINES.pinned]: z.object({ ...part, entries: z.array(markedEntry.extend({ phase, technique })) }),
  [CASE_LINES.unpinned]: z.object({ events: z.array(eventId) }),
  /** What is left out stays as it was. */
  [CASE_LINES.classified]: z.object({
    events: z.array(eventId),
    phase: phase.optional(),
    technique: technique.optional(),
  }),
  [CASE_LINES.noted]: z.object({ event: eventId.nullable(), text }),
  [CASE_LINES.manual]: z.object({ ts: instant, title: text, source: text, phase }),
  [CASE_LINES.foreign]: z.object({
    ...part,
    file: text,
    sha256: text,
    zone: text,
    lines: z.array(z.object({ line: count, ts: instant, title: text, fields: z.record(text, text) })),
  }),
  [CASE_LINES.undone]: z.object({ line: count }),
  [CASE_LINES.seeds]: z.object({ seeds: z.array(seed), set: z.boolean() }),
  [CASE_LINES.thing]: z.object({ ...thing, verdict: z.enum(['accepted', 'rejected']).nullable() }),
  [CASE_LINES.entries]: z.object({
    ...part,
    entries: z.array(markedEntry),
    verdict: z.enum(['accepted', 'rejected']).nullable(),
  }),
  [CASE_LINES.remedy]: z.object({
    ...thing,
    remedy: z.enum(REMEDIES),
    verdict: z.enum(['by_hand', 'not_needed']).nullable(),
    note: text,
  }),
  [CASE_LINES.watch]: z.object({ kind: watched.shape.kind, value: text, label: text, on: z.boolean() }),
  /** Logbook's own: something watched was named by so many new entries, the last of them at `last`. */
  [CASE_LINES.seen]: z.object({
    kind: watched.shape.kind,
    value: text,
    label: text,
    entries: count,
    last: instant,
    reopened: z.boolean(),
  }),
  [CASE_LINES.story]: z.object({ text }),
  [CASE_LINES.exported]: z.object({ format: text, events: count, sha256: text }),
} as const;

export type CaseLineKind = keyof typeof CASE_BODIES;
export type CaseBody<K extends CaseLineKind> = z.output<(typeof CASE_BODIES)[K]>;

/** A line with its body, by its kind. */
export type ReadLine = {
  [K in CaseLineKind]: {
    readonly kind: K;
    readonly seq: number;
    readonly at: number;
    readonly by: string;
    readonly body: CaseBody<K>;
  };
}[CaseLineKind];

/** Who says it and when (milliseconds UTC). */
export type Said = { readonly by: string; readonly at: number };

/** How Logbook itself signs what it writes into a case. */
export const LOGBOOK = 'Logbook';

/** Entries and foreign lines that one line of the journal may hold. */
export const MOST_A_LINE = 1_000;

/** A line of the journal with a body of its kind. */
export function caseLine<K extends CaseLineKind>(
  kind: K,
  subject: string,
  { by, at }: Said,
  body: z.input<(typeof CASE_BODIES)[K]>,
): NewJournalLine {
  return { kind, subject, at, by: by.trim(), body: JSON.stringify(body) };
}

/** A line as read; null where it is about something else, or cannot be read: a line of a later Logbook says nothing. */
export function readCaseLine(line: JournalLine): ReadLine | null {
  if (!Object.hasOwn(CASE_BODIES, line.kind)) return null;
  const kind = line.kind as CaseLineKind;
  try {
    const parsed = CASE_BODIES[kind].safeParse(JSON.parse(line.body));
    if (!parsed.success) return null;
    return { kind, seq: line.seq, at: line.at, by: line.by, body: parsed.data } as ReadLine;
  } catch {
    return null;
  }
}

/** Parts of a list that fit a line each; an empty list is none. */
export function inParts<T>(items: readonly T[]): readonly { part: number; parts: number; items: readonly T[] }[] {
  const parts = Math.ceil(items.length / MOST_A_LINE);
  return Array.from({ length: parts }, (_none, part) => ({
    part,
    parts,
    items: items.slice(part * MOST_A_LINE, (part + 1) * MOST_A_LINE),
  }));
}
