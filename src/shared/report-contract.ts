import { z } from 'zod';
import { zone } from './query-contract.ts';
import { ISSUED_KINDS, REPORT_KINDS } from './report-template.ts';

// The part of the contract that is about reports; contract.ts takes it in whole. A report is made first and looked at, as
// a draft the main process holds; what is saved are the very bytes of the draft.

const nothing = z.strictObject({});
const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();
const draftId = z.string().regex(/^D-\d{1,12}$/);

const order = z.strictObject({
  template: z.enum(REPORT_KINDS),
  /** Whom the report of one person is about: e-mail address, id, or a name nobody else has. */
  person: z.string().trim().min(1).max(320).nullable(),
  /** The campaign an evidence report is of. */
  review: z
    .string()
    .regex(/^R-\d{1,12}$/)
    .nullable(),
  from: day,
  to: day,
  zone,
});
export type ReportOrder = z.output<typeof order>;

const draft = z.strictObject({
  draft: draftId,
  /** Bytes of the file. */
  size: count,
  pages: count,
  sha256,
  population: count,
  exceptions: count,
});
export type ReportDraft = z.output<typeof draft>;

const issued = z.strictObject({
  /** Its line in the reviewers' journal. */
  line: z.int().positive(),
  template: z.enum(ISSUED_KINDS),
  /** Whom it is about; of an incident, its case. */
  person: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  zone: z.string(),
  pages: count,
  population: count,
  exceptions: count,
  sha256: z.string(),
  head: z.string().nullable(),
  at: z.int(),
  by: z.string(),
});
export type Issued = z.output<typeof issued>;

const checked = z.strictObject({
  fileName: z.string(),
  sha256,
  /** Reports of this archive that are this file, byte for byte. */
  known: z.array(issued).readonly(),
  /** What the file says of itself; null where it does not say it is a report of Logbook's. */
  printed: z
    .strictObject({ sameArchive: z.boolean(), head: z.string().nullable(), inChain: z.boolean().nullable() })
    .nullable(),
});
export type Checked = z.output<typeof checked>;

/** Methods about reports. Making one tells its course as `task.progress` and is ended by `task.cancel`. */
export const REPORT_METHODS = {
  /** Makes a report and holds it; the draft before is forgotten, and one that is being made is cancelled. */
  'report.draft': method(order, draft),
  /** Bytes of a draft from one place to before another, in base64. */
  'report.read': method(
    z.strictObject({ draft: draftId, from: count, to: count }),
    z.strictObject({ bytes: z.string() }),
  ),
  /** Asks where to save the draft with the system's own dialog, and writes that down; null when cancelled. */
  'report.save': method(
    z.strictObject({ draft: draftId, by: z.string().trim().min(1).max(120) }),
    z.strictObject({ fileName: z.string(), line: z.int().positive().nullable() }).nullable(),
  ),
  'report.reveal': method(nothing, nothing),
  /** The reports that were written, newest first. */
  'report.list': method(nothing, z.strictObject({ reports: z.array(issued).readonly() })),
  /** Asks for a file with the system's own dialog and compares it with what was written down; null when cancelled. */
  'report.verify': method(nothing, checked.nullable()),
} as const;
