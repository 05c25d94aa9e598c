import type { EntryRow } from '../../../shared/entry.ts';
import type { RuleInfo, Severity } from '../../../shared/finding.ts';

/** What a rule noticed: the entries of one happening, in order of time, and one sentence why, with the numbers. */
export type Hit = {
  readonly entries: readonly EntryRow[];
  readonly severity: Severity;
  readonly actor: string | null;
  readonly address: string | null;
  readonly why: string;
};

/** What a rule may ask of its surroundings: the zone of the office's hours. */
export type RuleContext = { readonly zone: string };

/**
 * A rule looks at entries in order of time, one after the other, and never at what comes later than the entry it judges.
 * `see` takes the next entry, `finish` returns what is left open at the end.
 */
export type RuleRun = { see(row: EntryRow): void; finish(): readonly Hit[] };

export type Rule = { readonly info: RuleInfo; start(context: RuleContext): RuleRun };

/** How a person is named in a sentence. */
export function actorName(row: EntryRow): string {
  return row.actor?.name ?? row.actor?.email ?? row.actor?.id ?? 'somebody unnamed';
}

/** What identifies a person across entries. */
export function actorKey(row: EntryRow): string | null {
  return row.actor?.id ?? row.actor?.email ?? row.actor?.name ?? null;
}
