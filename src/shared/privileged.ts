import { describeAction, knownActions, type Meaning } from './action.ts';

/** What somebody who means harm does once inside, by family: whoever does one of a family has seen to such things. */
export const PRIVILEGED_FAMILIES: Readonly<Partial<Record<Meaning, string>>> = {
  token_created: 'credentials',
  token_scope_changed: 'credentials',
  recovery_codes_regenerated: 'sign-in protection',
  two_factor_disabled: 'sign-in protection',
  sessions_revoked: 'sessions',
  allowlist_changed: 'protection of tunnels',
  basic_auth_changed: 'protection of tunnels',
  inspection_changed: 'protection of tunnels',
  redaction_changed: 'protection of tunnels',
  role_changed: 'roles',
  ownership_transferred: 'roles',
  member_invited: 'members',
  member_added: 'members',
  member_removed: 'members',
  account_created: 'members',
  payment_method_changed: 'billing',
  subscription_changed: 'billing',
  export_made: 'exports',
  audit_settings_changed: 'audit settings',
  team_deleted: 'teams',
  domain_removed: 'domains',
  domain_added: 'domains',
};

/** Whether an action, however it is spelt, is one of those. */
export function isPrivileged(action: string): boolean {
  const { meaning } = describeAction(action);
  return meaning !== null && PRIVILEGED_FAMILIES[meaning] !== undefined;
}

/** Every spelling of a privileged action that is known, and those among `others`. */
export function privilegedActions(others: readonly string[]): readonly string[] {
  return [...new Set([...knownActions(), ...others])].filter(isPrivileged);
}
