import type { Remedy } from '../../../../shared/case.ts';
import type { Course } from './course.ts';

const WORDS: Readonly<Partial<Record<Remedy, readonly [made: string, ended: string]>>> = {
  suspend_account: ['Created', 'suspended since'],
  second_factor_on: ['Two-factor turned off', 'on again'],
  withdraw_role: ['Given a role', 'withdrawn since'],
  remove_member: ['Added to a team', 'removed since'],
  revoke_token: ['In the intruder’s hands', 'revoked since'],
  stop_tunnel: ['Opened', 'stopped since'],
  restore_allow_list: ['Allow-list changed', 'changed again since'],
  restore_setting: ['Settings changed', 'changed again since'],
};

/** What was made or changed, and whether that still stands; null where a remedy is of no lasting thing. */
export function standingWords({
  remedy,
  done,
  undone,
  reversed,
}: Course): { readonly words: string; readonly stands: boolean } | null {
  const words = WORDS[remedy];
  if (words === undefined) return null;
  const [made, ended] = words;
  if (done !== null) {
    const words = undone === null ? `${made}; ${ended}` : `${made}; ${ended}, and undone`;
    return { words, stands: undone !== null && reversed === null };
  }
  if (reversed !== null) return { words: `${made}; put back by the intruder`, stands: false };
  return { words: `${made}; still so`, stands: true };
}
