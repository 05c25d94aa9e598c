import { z } from 'zod';
import { LONGEST_NOTE, LONGEST_TAG } from './limits.ts';
import { key, query } from './query-contract.ts';

// The part of the contract that is about what reviewers put beside entries; contract.ts takes it in whole.

const nothing = z.strictObject({});
/** A name people know each other by; the archive has no accounts. */
const person = z.string().trim().min(1).max(120);
const instant = z.int();
const lineNumber = z.int().positive();

const tag = z.string().trim().min(1).max(LONGEST_TAG);
const said = { by: z.string(), at: instant };

const entryMarks = z.strictObject({
  key,
  tags: z.array(z.strictObject({ tag: z.string(), ...said })).readonly(),
  pin: z.strictObject(said).nullable(),
  /** `note` is the number of the line of the journal that wrote it. */
  notes: z.array(z.strictObject({ note: lineNumber, text: z.string(), ...said })).readonly(),
});

const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tag'), tag, set: z.boolean() }),
  z.strictObject({ kind: z.literal('pin'), set: z.boolean() }),
  z.strictObject({ kind: z.literal('note'), text: z.string().trim().min(1).max(LONGEST_NOTE) }),
  /** Takes notes away, or lets them stand again. */
  z.strictObject({
    kind: z.literal('noteSet'),
    notes: z.array(lineNumber).min(1).max(100).readonly(),
    set: z.boolean(),
  }),
]);

const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** Methods about tags, pins and notes. */
export const MARKS_METHODS = {
  /** Every entry beside which something stands, oldest first; `reviewer` marked something last. */
  'marks.list': method(
    nothing,
    z.strictObject({ entries: z.array(entryMarks).readonly(), reviewer: z.string().nullable() }),
  ),
  /**
   * Changes what stands beside the entries of a question. Answers which of them it changed anything for, and the lines that
   * say so: enough to take it back. `bad_input` for more than 10,000 entries.
   */
  'marks.change': method(
    z.strictObject({ entries: query, change, by: person }),
    z.strictObject({ keys: z.array(key).readonly(), lines: z.array(lineNumber).readonly() }),
  ),
} as const;

/** What is announced about them. */
export const MARKS_EVENTS = { 'marks.changed': nothing } as const;

export type EntryMarks = z.output<typeof entryMarks>;
export type MarkChange = z.input<typeof change>;
