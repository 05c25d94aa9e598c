import type { EntryRow } from '../../../shared/entry.ts';
import type { Figure, RuleInfo, Severity } from '../../../shared/finding.ts';
import type { Places } from '../geo/places.ts';
import type { Subject } from './subject.ts';

/** What a rule noticed: the entries of one happening, in order of time, and one sentence why, with the numbers. */
export type Hit = {
  readonly rule: RuleInfo;
  readonly entries: readonly EntryRow[];
  readonly severity: Severity;
  readonly actor: string | null;
  readonly address: string | null;
  readonly why: string;
  /** Something merely new or unusual, which only counts beside something that matters. */
  readonly novelty: boolean;
  /** The raw figures behind the sentence. */
  readonly figures?: readonly Figure[] | undefined;
  /** What speaks against it, a sentence each. */
  readonly against?: readonly string[] | undefined;
};

/** What a rule may ask of its surroundings. */
export type RuleContext = {
  /** Zone of the office's hours and of the times in sentences. */
  readonly zone: string;
  readonly places: Places;
  /** Whether an address lies in a network that somebody here said to be their own. */
  trusted(address: string | null): boolean;
};

/**
 * A rule looks at entries in order of time, one after the other, and never at what comes later than the entry it judges.
 * `see` takes the next entry, `finish` returns what is left open at the end.
 */
export type RuleRun = { see(subject: Subject): void; finish(): readonly Hit[] };

export type Rule = { readonly info: RuleInfo; start(context: RuleContext): RuleRun };

/** How a person is named in a sentence. */
export function actorName(row: EntryRow): string {
  return row.actor?.name ?? row.actor?.email ?? row.actor?.id ?? 'somebody unnamed';
}
