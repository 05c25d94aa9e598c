import { z } from 'zod';
import type { Office } from '../../../../shared/office.ts';
import { officeSchema } from '../../../../shared/office-schema.ts';
import {
  type Decision,
  type RuleSwitch,
  type Suppression,
  type TrustedCountry,
  type TrustedNetwork,
  VERDICTS,
} from '../../../../shared/triage.ts';
import type { JournalLine, JournalReader } from '../../archive/journal.ts';

/** Kinds of journal lines that are about findings and rules; others are somebody else's. */
export const KINDS = {
  decision: 'finding.decision',
  suppression: 'suppression.begun',
  suppressionEnd: 'suppression.ended',
  ruleSwitch: 'rule.switched',
  ruleText: 'rule.written',
  ruleRemoved: 'rule.removed',
  trusted: 'network.trusted',
  distrusted: 'network.distrusted',
  countryTrusted: 'country.trusted',
  countryDistrusted: 'country.distrusted',
  offices: 'settings.offices',
} as const;

const count = z.int().nonnegative();
const instant = z.int();

/** Bodies by kind, as they are written and read. */
export const BODIES = {
  [KINDS.decision]: z.object({
    verdict: z.enum(VERDICTS),
    reason: z.string(),
    expires: instant.nullable(),
    entries: count,
    last: instant,
    /** Id of the finding's first entry then: what binds the line to a finding that later begins earlier. */
    anchor: z.string(),
  }),
  [KINDS.suppression]: z.object({
    reason: z.string(),
    until: instant,
    actor: z.string().nullable(),
    address: z.string().nullable(),
    target: z.string().nullable(),
  }),
  [KINDS.suppressionEnd]: z.object({ reason: z.string(), void: z.boolean() }),
  [KINDS.ruleSwitch]: z.object({ enabled: z.boolean(), reason: z.string() }),
  [KINDS.ruleText]: z.object({ text: z.string(), ids: z.array(z.string()), reason: z.string() }),
  [KINDS.ruleRemoved]: z.object({ reason: z.string() }),
  [KINDS.trusted]: z.object({ reason: z.string() }),
  [KINDS.distrusted]: z.object({ reason: z.string() }),
  [KINDS.countryTrusted]: z.object({ reason: z.string() }),
  [KINDS.countryDistrusted]: z.object({ reason: z.string() }),
  /** All offices there are from then on. */
  [KINDS.offices]: z.object({ offices: z.array(officeSchema) }),
} as const;

export type AnchoredDecision = Decision & { readonly anchor: string };

/** A rule of one's own as it was kept last; `ids` are the rules in the text. */
export type OwnRule = { readonly seq: number; readonly ids: readonly string[]; readonly text: string };

/** Offices as they were kept last. */
export type KeptOffices = { readonly offices: readonly Office[]; readonly by: string; readonly at: number };

/** Everything that was decided about findings and rules, put together from the journal. */
export type Register = {
  readonly decisions: readonly AnchoredDecision[];
  readonly suppressions: readonly Suppression[];
  /** The last switch of each rule. */
  readonly switches: ReadonlyMap<string, RuleSwitch>;
  readonly ownRules: readonly OwnRule[];
  /** Networks that are the organisation's own ways out. */
  readonly trusted: readonly TrustedNetwork[];
  /** Countries in which people of the organisation are expected. */
  readonly trustedCountries: readonly TrustedCountry[];
  /** The offices that were said last, by whom and when; null where nobody did. */
  readonly offices: KeptOffices | null;
  /** Who decided last. */
  readonly reviewer: string | null;
  /** The last line that bears on which rules run; equal numbers mean equal rules. */
  readonly rulesSeq: number;
};

/** Reads the journal. A line of a later Logbook that cannot be read decides nothing; it stays where it is. */
export function readRegister(reader: JournalReader): Register {
  const decisions: AnchoredDecision[] = [];
  const suppressions = new Map<string, Suppression>();
  const switches = new Map<string, RuleSwitch>();
  const trusted = new Map<string, TrustedNetwork>();
  const countries = new Map<string, TrustedCountry>();
  let offices: KeptOffices | null = null;
  let ownRules: OwnRule[] = [];
  let reviewer: string | null = null;
  let rulesSeq = 0;
  for (const line of reader.journal()) {
    const { seq, subject, at, by } = line;
    switch (line.kind) {
      case KINDS.decision: {
        const body = bodyOf(line, KINDS.decision);
        if (body) decisions.push({ seq, finding: subject, by, at, ...body });
        break;
      }
      case KINDS.suppression: {
        const body = bodyOf(line, KINDS.suppression);
        const id = suppressionId(seq);
        if (body) suppressions.set(id, { id, rule: subject, owner: by, at, ended: null, ...body });
        break;
      }
      case KINDS.suppressionEnd: {
        const body = bodyOf(line, KINDS.suppressionEnd);
        const begun = suppressions.get(subject);
        if (body && begun?.ended === null) suppressions.set(subject, { ...begun, ended: { at, by, ...body } });
        break;
      }
      case KINDS.ruleSwitch: {
        const body = bodyOf(line, KINDS.ruleSwitch);
        if (body) switches.set(subject, { rule: subject, by, at, ...body });
        rulesSeq = seq;
        break;
      }
      case KINDS.ruleText: {
        const body = bodyOf(line, KINDS.ruleText);
        if (body) {
          const { ids, text } = body;
          ownRules = [...ownRules.filter((rule) => !rule.ids.some((id) => ids.includes(id))), { seq, ids, text }];
        }
        rulesSeq = seq;
        break;
      }
      case KINDS.ruleRemoved:
        ownRules = ownRules.filter((rule) => !rule.ids.includes(subject));
        rulesSeq = seq;
        break;
      case KINDS.trusted: {
        const body = bodyOf(line, KINDS.trusted);
        if (body) trusted.set(subject, { network: subject, reason: body.reason, by, at });
        rulesSeq = seq;
        break;
      }
      case KINDS.distrusted:
        trusted.delete(subject);
        rulesSeq = seq;
        break;
      case KINDS.countryTrusted: {
        const body = bodyOf(line, KINDS.countryTrusted);
        if (body) countries.set(subject, { country: subject, reason: body.reason, by, at });
        rulesSeq = seq;
        break;
      }
      case KINDS.countryDistrusted:
        countries.delete(subject);
        rulesSeq = seq;
        break;
      case KINDS.offices: {
        const body = bodyOf(line, KINDS.offices);
        if (body) offices = { offices: body.offices, by, at };
        rulesSeq = seq;
        break;
      }
      default:
        continue;
    }
    reviewer = by;
  }
  return {
    decisions,
    suppressions: [...suppressions.values()],
    switches,
    ownRules,
    trusted: [...trusted.values()],
    trustedCountries: [...countries.values()],
    offices,
    reviewer,
    rulesSeq,
  };
}

/** The offices a line of the journal says; null where it is about something else. */
export function officesIn(line: JournalLine): readonly Office[] | null {
  return line.kind === KINDS.offices ? (bodyOf(line, KINDS.offices)?.offices ?? null) : null;
}

/** How a suppression is called: by the line that began it. */
export function suppressionId(seq: number): string {
  return `S-${seq}`;
}

function bodyOf<K extends keyof typeof BODIES>(line: JournalLine, kind: K): z.output<(typeof BODIES)[K]> | null {
  try {
    const parsed = BODIES[kind].safeParse(JSON.parse(line.body));
    return parsed.success ? (parsed.data as z.output<(typeof BODIES)[K]>) : null;
  } catch {
    return null;
  }
}
