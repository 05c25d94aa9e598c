import { z } from 'zod';
import { SEVERITIES } from './finding.ts';
import { MOST_LISTED } from './limits.ts';
import { STATUSES, VERDICTS } from './triage.ts';

// The part of the contract that is about findings, decisions and rules; contract.ts takes it in whole.

const key = z.int().nonnegative();
const nothing = z.strictObject({});
/** A name people know each other by; the archive has no accounts. */
const person = z.string().trim().min(1).max(120);
const reason = z.string().trim().min(1).max(2_000);
const instant = z.int();
const findingId = z.string().min(1).max(64);
const ruleId = z.string().min(1).max(200);
const scopeText = z.string().trim().min(1).max(500).nullable();

const technique = z.strictObject({ id: z.string(), name: z.string(), attackVersion: z.string() }).nullable();

/** Country (ISO 3166, two letters) and network of an address; null is unknown, which is neither safe nor alarming. */
const place = z.strictObject({
  country: z.string().nullable(),
  network: z.strictObject({ number: z.number(), name: z.string() }).nullable(),
});

const decision = z.strictObject({
  seq: z.number(),
  finding: z.string(),
  verdict: z.enum(VERDICTS),
  reason: z.string(),
  by: z.string(),
  at: instant,
  expires: instant.nullable(),
  entries: z.number(),
  last: z.number(),
});

const findingState = z.strictObject({
  status: z.enum(STATUSES),
  again: z.enum(['grown', 'expired']).nullable(),
  decision: decision.nullable(),
  caseName: z.string().nullable(),
  suppression: z.string().nullable(),
  history: z.array(decision).readonly(),
});

const finding = z.strictObject({
  id: z.string(),
  rule: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  technique,
  controls: z.array(z.string()).readonly(),
  actor: z.string().nullable(),
  address: z.string().nullable(),
  entryIds: z.array(z.string()).readonly(),
  entryKeys: z.array(key).readonly(),
  first: z.number(),
  last: z.number(),
  why: z.string(),
  signals: z
    .array(
      z.strictObject({
        rule: z.string(),
        title: z.string(),
        severity: z.enum(SEVERITIES),
        why: z.string(),
        novelty: z.boolean().optional(),
        figures: z
          .array(z.strictObject({ name: z.string(), value: z.string() }))
          .readonly()
          .optional(),
      }),
    )
    .readonly()
    .optional(),
  against: z.array(z.string()).readonly().optional(),
  place: place.nullable().optional(),
});
const triaged = finding.extend({ state: findingState });
/** A finding as it is named where others are spoken of; `open` where it waits for somebody. */
const brief = finding
  .pick({ id: true, title: true, severity: true, actor: true, why: true, first: true, last: true })
  .extend({ open: z.boolean() });
/** Schema of such findings. */
export const findingBriefs = z.array(brief).readonly();

const scope = { rule: ruleId, actor: scopeText, address: scopeText, target: scopeText };
const suppression = z.strictObject({
  id: z.string(),
  rule: z.string(),
  actor: z.string().nullable(),
  address: z.string().nullable(),
  target: z.string().nullable(),
  owner: z.string(),
  reason: z.string(),
  at: instant,
  until: instant,
  ended: z.strictObject({ at: instant, by: z.string(), reason: z.string(), void: z.boolean() }).nullable(),
  /** Whether it still covers what happens now. */
  active: z.boolean(),
  /** Findings that it hides altogether. */
  findings: z.number(),
});

const ruleInfo = z.strictObject({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  severity: z.enum(SEVERITIES),
  technique,
  controls: z.array(z.string()).readonly(),
  enabled: z.boolean(),
  version: z.number(),
  falsePositives: z.array(z.string()).readonly().optional(),
  runbook: z.string().optional(),
});

const ruleHealth = ruleInfo.extend({
  /** Written as a Sigma rule, or in code. */
  kind: z.enum(['sigma', 'code']),
  /** Comes with Logbook, or was written by somebody here. */
  own: z.boolean(),
  /** The rule's text, of one's own rules with whatever was kept beside it; null for rules in code. */
  text: z.string().nullable(),
  /** Why a rule of one's own does not run; null where it does. */
  problem: z.string().nullable(),
  /** Findings that it had a part in, of all time; how many of them are of medium or above and begin with it. */
  findings: z.number(),
  leading: z.number(),
  /** Of those with a decision in force: how many, and how many were called benign. */
  decided: z.number(),
  benign: z.number(),
  suppressed: z.number(),
  /** When it last noticed something; null where it never did. */
  last: z.number().nullable(),
  /** Time it took in the last run, milliseconds, from a sample of the entries. */
  ms: z.number(),
  /** The last time it was turned off or on; null where nobody did. */
  switched: z.strictObject({ enabled: z.boolean(), reason: z.string(), by: z.string(), at: instant }).nullable(),
});

const ruleText = z.string().max(262_144);
const ruleProblem = z.strictObject({ rule: z.string().nullable(), line: z.number(), reason: z.string() });
const problems = z.array(ruleProblem).readonly();

const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** Methods about findings and rules. */
export const DETECTION_METHODS = {
  /** Every finding of the archive with where it stands, suppressed ones among them. Gravest first, then newest first. */
  'findings.list': method(
    nothing,
    z.strictObject({
      findings: z.array(triaged),
      rulesRun: z.number(),
      ms: z.number(),
      /** The instant the states are about; of the made-up organisation, the moment it was made up. */
      now: instant,
      /** Rules of one's own that could not be run, a sentence each. */
      problems: z.array(z.string()).readonly(),
    }),
  ),
  /** How many findings wait for somebody, gravest severity first, each of the five there. A number where the list is not shown. */
  'findings.open': method(
    nothing,
    z.strictObject({
      /** `titles`: what the first of them say, three different ones at most. */
      severities: z.array(
        z.strictObject({ severity: z.enum(SEVERITIES), count: z.number(), titles: z.array(z.string()).readonly() }),
      ),
      /** Who decided last in this archive: a first guess at who sits here. */
      reviewer: z.string().nullable(),
    }),
  ),
  /** Findings of every standing that hold entries, gravest first; entries that are in none are not named. */
  'findings.ofEntries': method(
    z.strictObject({ keys: z.array(key).max(MOST_LISTED) }),
    z.array(z.strictObject({ key, findings: findingBriefs })),
  ),
  /** The different instants at which findings of high severity or above begin. */
  'findings.moments': method(nothing, z.strictObject({ moments: z.array(z.number()).readonly() })),
  /**
   * The first findings in the order of the list that hold every word of a text in their title, actor, severity or time;
   * without a word, the first of all.
   */
  'findings.named': method(
    z.strictObject({ text: z.string().max(1_000), limit: z.int().min(1).max(100) }),
    z.strictObject({ findings: findingBriefs }),
  ),
  /**
   * Adds a line to the history of each finding; all of them or none. `expires` is asked for with `accepted` and
   * `postponed` alone; the reason of `filed` is the name of the case.
   */
  'findings.decide': method(
    z.strictObject({
      ids: z.array(findingId).min(1).max(1_000),
      verdict: z.enum(VERDICTS).exclude(['undone']),
      reason,
      by: person,
      expires: instant.nullable(),
    }),
    z.strictObject({ states: z.array(z.strictObject({ id: z.string(), state: findingState })) }),
  ),
  /** Takes back the last decision in force on each, by a further line. */
  'findings.undo': method(
    z.strictObject({ ids: z.array(findingId).min(1).max(1_000), reason, by: person }),
    z.strictObject({ states: z.array(z.strictObject({ id: z.string(), state: findingState })) }),
  ),
  /**
   * When the finding's actor used to be active before it: 168 hours of a week in the archive's zone, Monday 00:00 first.
   * Null where the finding has no actor.
   */
  'findings.baseline': method(
    z.strictObject({ id: findingId }),
    z
      .strictObject({
        zone: z.string(),
        actor: z.string(),
        /** First and last entry of the history; null where there is none. */
        from: instant.nullable(),
        to: instant.nullable(),
        /** All entries of that hour of the week, and the sign-ins among them. */
        entries: z.array(z.number()).length(168).readonly(),
        signIns: z.array(z.number()).length(168).readonly(),
        /** What the actor did in the finding, the first 200; `slot` is the hour of the week. */
        events: z.array(z.strictObject({ key, ts: z.number(), slot: z.number() })).readonly(),
      })
      .nullable(),
  ),

  'suppressions.list': method(nothing, z.array(suppression)),
  /** `bad_input` where the rule is not known, the address is none, or `until` is not in the future. */
  'suppressions.add': method(
    z.strictObject({ ...scope, owner: person, reason, until: instant }),
    z.strictObject({ id: z.string() }),
  ),
  /** `showAgain` brings back what it hid, too; else only what happens from now on is shown. */
  'suppressions.end': method(
    z.strictObject({ id: z.string().min(1).max(64), reason, by: person, showAgain: z.boolean() }),
    nothing,
  ),

  'rules.list': method(nothing, z.array(ruleHealth)),
  'rules.setEnabled': method(z.strictObject({ rule: ruleId, enabled: z.boolean(), reason, by: person }), nothing),
  /** Whether a text can be used as a rule of one's own. A rule that one wrote before may be replaced. */
  'rules.validate': method(
    z.strictObject({ text: ruleText }),
    z.strictObject({
      problems,
      rules: z.array(z.strictObject({ id: z.string(), title: z.string(), severity: z.enum(SEVERITIES) })).readonly(),
    }),
  ),
  /** What the text's rules would have found, alone, over a period of the archive (dates inclusive; null is all of it). */
  'rules.backTest': method(
    z.strictObject({ text: ruleText, from: z.string().max(40).nullable(), to: z.string().max(40).nullable() }),
    z.strictObject({
      problems,
      /** Entries looked at, and how many findings there would be; the newest 50 of them. */
      entries: z.number(),
      total: z.number(),
      findings: z.array(finding),
      /** Findings by calendar month, oldest first, months without any left out. */
      months: z.array(z.strictObject({ month: z.string(), count: z.number() })),
      ms: z.number(),
    }),
  ),
  /** Keeps a rule of one's own in the archive; the same name replaces it. `bad_input` where it cannot be used. */
  'rules.save': method(
    z.strictObject({ text: ruleText, reason, by: person }),
    z.strictObject({ ids: z.array(z.string()) }),
  ),
  'rules.remove': method(z.strictObject({ rule: ruleId, reason, by: person }), nothing),

  /** Where addresses are, from the list that lies beside the program. `date` is the list's own. */
  'geo.places': method(
    z.strictObject({ addresses: z.array(z.string().max(100)).max(1_000) }),
    z.strictObject({
      places: z.array(place.extend({ address: z.string() })),
      date: z.string().nullable(),
      credit: z.string(),
    }),
  ),
} as const;

/** What is announced about findings and rules. */
export const DETECTION_EVENTS = {
  /** A decision, a suppression or a rule changed: what was asked about findings may have another answer. */
  'findings.changed': nothing,
} as const;

export type FindingBrief = z.output<typeof brief>;
export type OpenFindings = z.output<(typeof DETECTION_METHODS)['findings.open']['output']>;
export type FindingsOfEntry = z.output<(typeof DETECTION_METHODS)['findings.ofEntries']['output']>[number];
export type RuleHealth = z.output<typeof ruleHealth>;
export type BaselineChart = NonNullable<z.output<(typeof DETECTION_METHODS)['findings.baseline']['output']>>;
export type BackTest = z.output<(typeof DETECTION_METHODS)['rules.backTest']['output']>;
export type SuppressionRow = z.output<typeof suppression>;
