import type {
  BackTest,
  BaselineChart,
  FindingBrief,
  FindingsOfEntry,
  OpenFindings,
  RuleHealth,
  SuppressionRow,
} from '../../shared/detection-contract.ts';
import type { Entity } from '../../shared/entity.ts';
import type { Place, RuleInfo } from '../../shared/finding.ts';
import type { FindingState, SuppressionScope, TriagedFinding, Verdict } from '../../shared/triage.ts';
import type { NewJournalLine } from '../core/archive/journal.ts';
import type { RuleProblem } from '../core/detection/sigma/rule-file.ts';
import type { Word } from '../core/detection/triage/decide.ts';
import type { QueryPlan } from '../core/search/plan.ts';

type Call<I, O> = { readonly input: I; readonly output: O };
/** The zone of times in sentences (and of office hours where no office is kept), and the instant that states are about (milliseconds UTC). */
type At = { readonly zone: string; readonly now: number };

/** What a reading thread answers about findings and rules. */
export type DetectionReaderCalls = {
  findings: Call<
    At,
    {
      readonly findings: readonly TriagedFinding[];
      readonly rulesRun: number;
      readonly ms: number;
      readonly problems: readonly string[];
    }
  >;
  openFindings: Call<At, OpenFindings>;
  findingsOfEntries: Call<At & { readonly keys: readonly number[] }, readonly FindingsOfEntry[]>;
  graveMoments: Call<At, readonly number[]>;
  namedFindings: Call<At & { readonly text: string; readonly limit: number }, readonly FindingBrief[]>;
  /** Of the findings that hold an entry of something: how many, and the first of them. */
  findingsConcerning: Call<
    At & { readonly entity: Entity; readonly limit: number },
    { readonly total: number; readonly open: number; readonly findings: readonly FindingBrief[] }
  >;
  states: Call<At & { readonly ids: readonly string[] }, readonly { id: string; state: FindingState }[]>;
  /** What is to be written down for a decision on findings as this thread sees them. */
  decisionLines: Call<
    At & {
      readonly ids: readonly string[];
      readonly verdict: Verdict;
      readonly expires: number | null;
      readonly word: Word;
    },
    readonly NewJournalLine[]
  >;
  baseline: Call<At & { readonly id: string }, BaselineChart | null>;
  suppressions: Call<At, readonly SuppressionRow[]>;
  ruleHealth: Call<At, readonly RuleHealth[]>;
  validateRule: Call<
    { readonly text: string },
    {
      readonly problems: readonly Omit<RuleProblem, 'file'>[];
      readonly rules: readonly Pick<RuleInfo, 'id' | 'title' | 'severity'>[];
    }
  >;
  /** Places of addresses, with the date and the credit of the lists. */
  places: Call<
    { readonly addresses: readonly string[] },
    { readonly places: readonly Place[]; readonly date: string | null; readonly credit: string }
  >;
  backTest: Call<{ readonly text: string; readonly plan: QueryPlan; readonly zone: string }, BackTest>;
};

/** What the writing thread writes down about them. */
export type DetectionWriterCalls = {
  appendJournal: Call<{ readonly lines: readonly NewJournalLine[] }, null>;
  beginSuppression: Call<
    { readonly scope: SuppressionScope & { readonly until: number }; readonly word: Word; readonly now: number },
    string
  >;
  endSuppression: Call<{ readonly id: string; readonly isVoid: boolean; readonly word: Word }, null>;
  switchRule: Call<{ readonly rule: string; readonly enabled: boolean; readonly word: Word }, null>;
  saveRule: Call<{ readonly text: string; readonly word: Word }, readonly string[]>;
  removeRule: Call<{ readonly rule: string; readonly word: Word }, null>;
};

/** Calls that are over in a moment, and need not wait until a sync or an import has ended. */
export const AT_ONCE: ReadonlySet<string> = new Set<keyof DetectionWriterCalls>([
  'appendJournal',
  'beginSuppression',
  'endSuppression',
  'switchRule',
  'saveRule',
  'removeRule',
]);
