import type { Meaning } from '../../../../shared/action.ts';
import type { Remedy } from '../../../../shared/case.ts';

const set = (...meanings: readonly Meaning[]): ReadonlySet<Meaning | null> => new Set(meanings);

/** What an intruder's entry calls for, by what it means; an account that the intruder used needs more beside it. */
export const NEEDS: Readonly<Partial<Record<Meaning, readonly Remedy[]>>> = {
  account_created: ['suspend_account'],
  token_created: ['revoke_token'],
  token_scope_changed: ['revoke_token'],
  two_factor_disabled: ['second_factor_on'],
  role_changed: ['withdraw_role'],
  ownership_transferred: ['withdraw_role'],
  member_added: ['remove_member'],
  member_invited: ['remove_member'],
  tunnel_created: ['stop_tunnel'],
  tunnel_started: ['stop_tunnel'],
  allowlist_changed: ['restore_allow_list'],
  basic_auth_changed: ['restore_setting'],
  inspection_changed: ['restore_setting'],
  redaction_changed: ['restore_setting'],
  settings_changed: ['restore_setting'],
  audit_settings_changed: ['restore_setting'],
  payment_method_changed: ['restore_setting'],
  domain_added: ['restore_setting'],
};

/** What does a remedy, however it is spelt. A setting is restored by a change of the same kind. */
export const ANSWERS: Readonly<Record<Remedy, ReadonlySet<Meaning | null>>> = {
  suspend_account: set('account_suspended'),
  reset_password: set('password_changed'),
  revoke_sessions: set('sessions_revoked'),
  second_factor_on: set('two_factor_enabled'),
  withdraw_role: set('role_changed', 'ownership_transferred', 'member_removed', 'account_suspended'),
  remove_member: set('member_removed', 'account_suspended'),
  revoke_token: set('token_revoked'),
  stop_tunnel: set('tunnel_stopped', 'tunnel_deleted'),
  restore_allow_list: set('allowlist_changed'),
  restore_setting: set(),
};

/** What else of the intruder's takes a remedy back, beside doing again what made it needed. */
export const SAME_AGAIN: Readonly<Record<Remedy, ReadonlySet<Meaning | null>>> = {
  suspend_account: set(),
  reset_password: set(),
  revoke_sessions: set(),
  second_factor_on: set('two_factor_disabled'),
  withdraw_role: set('role_changed'),
  remove_member: set('member_added', 'member_invited'),
  revoke_token: set('token_created'),
  stop_tunnel: set('tunnel_created', 'tunnel_started'),
  restore_allow_list: set('allowlist_changed'),
  restore_setting: set(),
};

/** An account that was suspended is let in again. The product's page spells no such action. */
export const REINSTATED = /(^|[._-])(re-?activated|re-?enabled|un-?suspended|re-?instated|restored|un-?blocked)$/i;

/** An invitation that is taken back; of no meaning of its own. */
export const WITHDRAWN = /invit[a-z]*[._-](revoked|cancell?ed|withdrawn|deleted|removed)$/i;

/** What is to be done, before the name of what it is done to. */
export const TO_DO: Readonly<Record<Remedy, (label: string) => string>> = {
  suspend_account: (label) => `Suspend the account ${label}`,
  reset_password: (label) => `Reset the password of ${label}`,
  revoke_sessions: (label) => `Revoke the sessions of ${label}`,
  second_factor_on: (label) => `Turn two-factor of ${label} on again`,
  withdraw_role: (label) => `Withdraw the role that ${label} was given`,
  remove_member: (label) => `Remove ${label} from the team`,
  revoke_token: (label) => `Revoke ${label}`,
  stop_tunnel: (label) => `Stop ${label}`,
  restore_allow_list: (label) => `Restore the allow-list of ${label}`,
  restore_setting: (label) => `Restore what was changed of ${label}`,
};
