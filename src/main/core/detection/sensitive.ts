import type { Meaning } from '../../../shared/action.ts';
import type { Subject } from './subject.ts';

/** What somebody who means harm does once inside, by family: whoever does one of a family has seen to such things. */
const FAMILIES: Readonly<Partial<Record<Meaning, string>>> = {
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
const AFTER_BREACH: ReadonlySet<Meaning> = new Set<Meaning>(['tunnel_started', 'password_changed']);

/** The family of a privileged action, or null where the action is none. */
export function privilegedFamily({ info }: Pick<Subject, 'info'>): string | null {
  return info.meaning === null ? null : (FAMILIES[info.meaning] ?? null);
}

/** Whether an action makes a break-in worse. */
export function isSensitive(subject: Pick<Subject, 'info'>): boolean {
  const { meaning } = subject.info;
  return meaning !== null && (FAMILIES[meaning] !== undefined || AFTER_BREACH.has(meaning));
}
