import type { ActionInfo } from '../../../shared/action.ts';
import type { EntryRow } from '../../../shared/entry.ts';
import type { Figure, RuleInfo, Severity } from '../../../shared/finding.ts';
import type { Office } from '../../../shared/office.ts';
import type { Places } from '../geo/places.ts';
import type { History } from './histories.ts';
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
  /** Zone of the times in sentences. */
  readonly zone: string;
  /** The offices whose hours are office hours; there is at least one. */
  readonly offices: readonly Office[];
  readonly places: Places;
  /** Whether an address lies in a network that somebody here said to be their own. */
  trusted(address: string | null): boolean;
  /** Whether people of the organisation are expected in a country. */
  expectedIn(country: string | null): boolean;
  /** What somebody (by id, e-mail or name) did between two instants, both included, oldest first. */
  entriesOf(actors: readonly string[], fromMs: number, toMs: number): readonly EntryRow[];
};

/** A rule at work: it is shown entries in order of time and never what comes later than the entry it judges. */
export type RuleRun = {
  see(subject: Subject, history: Readonly<History>): void;
  /** What was noticed up to here, with what is still going on as far as it has come; asked any number of times. */
  hits(): readonly Hit[];
  /** The same run as it stands, to go its own way from here. */
  fork(): RuleRun;
};

export type Rule = {
  readonly info: RuleInfo;
  /** Whether entries of an action are shown to it at all; asked once an action. */
  concerns(info: ActionInfo, action: string): boolean;
  start(context: RuleContext): RuleRun;
};

/** How a person is named in a sentence. */
export function actorName(row: EntryRow): string {
  return row.actor?.name ?? row.actor?.email ?? row.actor?.id ?? 'somebody unnamed';
}
