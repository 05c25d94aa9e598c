import { z } from 'zod';
import { CASE_STATUSES, LONGEST_CASE_TEXT, LONGEST_STORY, MOST_PINNED, PHASES, REMEDIES, SCOPE_KINDS } from './case.ts';
import {
  caseDetail,
  caseEvent,
  caseId,
  caseScope,
  caseSummary,
  eventId,
  instant,
  remedyCheck,
  scopeEntry,
  seed,
} from './case-schema.ts';
import { SEVERITIES } from './finding.ts';
import { key, query, zone } from './query-contract.ts';

// The part of the contract that is about investigations; contract.ts takes it in whole. Whatever changes a case answers
// the number of its line in the journal: `cases.undo` takes that line back by a further one.

const nothing = z.strictObject({});
const name = z.string().trim().min(1).max(120);
const text = z.string().trim().max(LONGEST_CASE_TEXT);
const said = z.string().trim().min(1).max(LONGEST_CASE_TEXT);
const ofCase = { id: caseId };
/** Who does it, as they name themselves. */
const by = { by: name };
const written = z.strictObject({ line: z.int().positive() });
const thing = { kind: z.enum(SCOPE_KINDS), value: z.string().min(1).max(20_000) };

const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** Methods about investigations. Long ones tell their course as `task.progress`. */
export const CASE_METHODS = {
  /** All cases, those not closed first, then newest first; `now` is the instant that all of it is about. */
  'cases.list': method(nothing, z.strictObject({ now: instant, cases: z.array(caseSummary) })),
  /** Opens a case; with findings, they are filed into it, their entries are pinned and their subjects are its seeds. */
  'cases.create': method(
    z.strictObject({
      title: name,
      severity: z.enum(SEVERITIES),
      lead: name.nullable(),
      aware: instant.nullable(),
      findings: z.array(z.string().min(1).max(200)).max(200).readonly(),
      ...by,
    }),
    z.strictObject({ id: caseId }),
  ),
  'cases.open': method(z.strictObject({ ...ofCase, zone }), caseDetail),
  /** The timeline, oldest first. */
  'cases.timeline': method(z.strictObject(ofCase), z.array(caseEvent)),
  /** Changes what is said of a case; what is left out stays. */
  'cases.update': method(
    z.strictObject({
      ...ofCase,
      ...by,
      fields: z
        .strictObject({
          title: name,
          severity: z.enum(SEVERITIES),
          lead: name.nullable(),
          summary: text,
          aware: instant.nullable(),
          contained: instant.nullable(),
          breach: z.strictObject({ facts: text, effects: text, action: text }).nullable(),
        })
        .partial(),
    }),
    written,
  ),
  /**
   * Moves a case on, or back. Closing asks for the archive's passphrase (`wrong_passphrase`) and is `bad_input` while
   * something is missing; opening a closed one needs a reason.
   */
  'cases.setStatus': method(
    z.strictObject({
      ...ofCase,
      ...by,
      status: z.enum(CASE_STATUSES),
      reason: text,
      passphrase: z.string().min(1).max(1024).nullable(),
    }),
    written,
  ),
  /** Adds a clock of one's own, in hours from the time of awareness. */
  'cases.addClock': method(z.strictObject({ ...ofCase, ...by, name, hours: z.int().min(1).max(8_784) }), written),
  /** Says that a clock was met (`note`: the reference, or why no notice was needed). */
  'cases.meetClock': method(z.strictObject({ ...ofCase, ...by, clock: z.string().max(60), note: said }), written),

  /**
   * Pins the entries of a question, each bound to the leaf hash of its bytes. Those already pinned are left as they are.
   * `bad_input` for more than 10,000.
   */
  'cases.pin': method(
    z.strictObject({
      ...ofCase,
      ...by,
      entries: query,
      phase: z.enum(PHASES).nullable(),
      technique: z
        .string()
        .regex(/^T\d{4}(\.\d{3})?$/)
        .nullable(),
    }),
    z.strictObject({ line: z.int().positive().nullable(), keys: z.array(key) }),
  ),
  'cases.unpin': method(
    z.strictObject({ ...ofCase, ...by, events: z.array(eventId).min(1).max(MOST_PINNED).readonly() }),
    written,
  ),
  /** Says of which phase events are, and which technique; what is left out stays. */
  'cases.classify': method(
    z.strictObject({
      ...ofCase,
      ...by,
      events: z.array(eventId).min(1).max(MOST_PINNED).readonly(),
      phase: z.enum(PHASES).nullish(),
      technique: z
        .string()
        .regex(/^T\d{4}(\.\d{3})?$/)
        .nullish(),
    }),
    written,
  ),
  /** A note beside an event, or (`event` null) beside the case as a whole. */
  'cases.note': method(z.strictObject({ ...ofCase, ...by, event: eventId.nullable(), text: said }), written),
  /** Something that no log holds: a call, a ticket. Marked as such, and never part of a population. */
  'cases.addManual': method(
    z.strictObject({
      ...ofCase,
      ...by,
      ts: instant,
      title: z.string().trim().min(1).max(500),
      source: z.string().trim().max(500),
      phase: z.enum(PHASES).nullable(),
    }),
    written,
  ),
  /** Asks with the system's own dialog for a CSV or NDJSON file of another log and brings its lines in; null when cancelled. */
  'cases.importForeign': method(
    z.strictObject({ ...ofCase, ...by, zone }),
    z
      .strictObject({
        line: z.int().positive().nullable(),
        fileName: z.string(),
        read: z.number(),
        added: z.number(),
        rejected: z.array(z.strictObject({ line: z.number(), reason: z.string() })),
      })
      .nullable(),
  ),
  /** Takes a line of the case back by a further one. `bad_input` where the line cannot be taken back. */
  'cases.undo': method(z.strictObject({ ...ofCase, ...by, line: z.int().positive() }), written),

  /** The scope from the case's seeds, as far as `steps` (null: until nothing more is found). */
  'cases.scope': method(z.strictObject({ ...ofCase, steps: z.int().min(0).max(10).nullable() }), caseScope),
  /** Entries of the scope in order of time, a page; `pinned` false leaves out those in the timeline. */
  'cases.scopeEntries': method(
    z.strictObject({
      ...ofCase,
      steps: z.int().min(0).max(10).nullable(),
      pinned: z.boolean(),
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({ entries: z.array(scopeEntry), total: z.number() }),
  ),
  'cases.addSeed': method(z.strictObject({ ...ofCase, ...by, seed }), written),
  'cases.removeSeed': method(z.strictObject({ ...ofCase, ...by, seed }), written),
  /** Takes a thing into the scope, or leaves it out; null takes back what was said. */
  'cases.decideThing': method(
    z.strictObject({ ...ofCase, ...by, ...thing, verdict: z.enum(['accepted', 'rejected']).nullable() }),
    written,
  ),
  'cases.decideEntries': method(
    z.strictObject({
      ...ofCase,
      ...by,
      keys: z.array(key).min(1).max(MOST_PINNED).readonly(),
      verdict: z.enum(['accepted', 'rejected']).nullable(),
    }),
    written,
  ),
  /** What should follow for everything in scope, looked for in the log. */
  'cases.check': method(z.strictObject(ofCase), z.array(remedyCheck)),
  /** Says of a remedy what the log cannot: that it was done by hand, or is not needed; null takes it back. */
  'cases.decideRemedy': method(
    z.strictObject({
      ...ofCase,
      ...by,
      ...thing,
      remedy: z.enum(REMEDIES),
      verdict: z.enum(['by_hand', 'not_needed']).nullable(),
      note: text,
    }),
    written,
  ),
  /** Watches a thing: when it shows up in later entries, the case is reopened and says so. `on` false ends that. */
  'cases.watch': method(
    z.strictObject({
      ...ofCase,
      ...by,
      kind: z.enum(['person', 'address', 'network', 'device', 'token']),
      value: thing.value,
      on: z.boolean(),
    }),
    written,
  ),
  /** Sets the story; `[E-12]` cites an event. `bad_input` names a citation of what is not in the timeline. */
  'cases.saveStory': method(z.strictObject({ ...ofCase, ...by, text: z.string().max(LONGEST_STORY) }), written),
  /**
   * Asks where to save the timeline (CSV, NDJSON), the OCSF incident finding or the incident report (PDF), with the system's own dialog; null when
   * cancelled. `integrity` where a citation or a pin no longer verifies.
   */
  'cases.export': method(
    z.strictObject({ ...ofCase, ...by, format: z.enum(['csv', 'ndjson', 'ocsf', 'pdf']), zone }),
    z.strictObject({ fileName: z.string(), events: z.number(), sha256: z.string() }).nullable(),
  ),
  /** The evidence bundle of a case: its pinned entries, and the case itself as `case.json`. As `bundle.create` otherwise. */
  'cases.bundle': method(
    z.strictObject({
      ...ofCase,
      ...by,
      zone,
      passphrase: z.string().min(1).max(1024).nullable(),
      recipients: z.array(z.string().max(4096)).max(20),
    }),
    z.strictObject({ fileName: z.string(), entries: z.number(), unproven: z.number(), sha256: z.string() }).nullable(),
  ),
} as const;

/** What is announced about them. */
export const CASE_EVENTS = { 'cases.changed': nothing } as const;
