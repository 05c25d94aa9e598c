import type { Meaning } from '../../../../shared/action.ts';
import type { EntryRow } from '../../../../shared/entry.ts';
import type { Change } from './change.ts';
import type { Leaf } from './leaves.ts';
import * as vocabulary from './vocabulary.ts';

/** What an entry says happened, read from its values, whatever its action is called. */
export const READINGS = [
  'alarm_raised',
  'risky_sign_in',
  'legacy_sign_in',
  'untrusted_device',
  'rejected_by_person',
  'privilege_raised',
  'privilege_granted',
  'privilege_lowered',
  'top_role_granted',
  'powerful_role_defined',
  'on_self',
  'ownership_moved',
  'protection_weakened',
  'protection_changed',
  'sign_in_policy_changed',
  'watching_weakened',
  'factor_removed_for_all',
  'factor_bypassed',
  'allowlist_widened',
  'opened_to_world',
  'access_widened',
  'secret_viewed',
  'secret_fetched',
  'service_credential_created',
  'credential_never_expires',
  'credential_powerful',
  'credential_of_root',
  'impersonation',
  'session_unlimited',
  'destructive',
  'data_taken',
  'all_data_taken',
  'root_used',
  'sent_on',
] as const;
export type ReadingName = (typeof READINGS)[number];

/** An entry taken apart: what the readings are made from. */
export type Facts = {
  readonly row: EntryRow;
  readonly meaning: Meaning | null;
  readonly leaves: readonly Leaf[];
  readonly changes: readonly Change[];
  /** Words of the action and of what the source itself called it. */
  readonly deed: ReadonlySet<string>;
  readonly deedJoined: ReadonlySet<string>;
  /** Those, and the words of settings, descriptions and reasons. */
  readonly about: ReadonlySet<string>;
  readonly looksOnly: boolean;
};

/** Verbs that change something. */
export const CHANGING = new Set([
  ...vocabulary.WEAKEN,
  ...vocabulary.STRENGTHEN,
  ...vocabulary.ALTER,
  ...vocabulary.GRANT,
]);

/** Whether a value is a text short enough to be a word or sentence. */
export function isShort(leaf: Leaf): boolean {
  return typeof leaf.value === 'string' && leaf.value.length <= 400;
}
