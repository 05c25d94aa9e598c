import { describe, expect, it } from 'vitest';
import { describeAction, knownActions } from '../../src/shared/action.ts';
import { meaningByWords } from '../../src/shared/action-words.ts';

// Every meaning under spellings that the table of known actions does not have.
const SPELLINGS: Readonly<Record<string, string>> = {
  login_succeeded: 'user.signed_in auth.login auth.login.success session.created UserLoggedIn user.logon sso.login',
  login_failed:
    'login.failure auth.login.failure user.signin.failed authentication.failed_attempt user.login_attempt_failed session.create_failed user.invalid_password',
  logout: 'user.signed_out auth.logout user.session.ended',
  account_locked: 'account.lockout user.locked_out',
  two_factor_disabled:
    'account.two_factor_turned_off profile.mfa_removed user.2fa_disabled security.otp.disabled two_factor.reset_for_member',
  two_factor_enabled: 'user.mfa_enrolled account.2fa_enabled',
  recovery_codes_regenerated: 'user.backup_codes_generated recovery_codes.regenerated',
  sessions_revoked: 'sessions.revoked_all session.terminated user.sessions_invalidated',
  token_created: 'personal_access_token.issued api_key.generated access_token.added',
  token_revoked: 'api_token.deleted personal_access_token.revoked',
  token_scope_changed: 'api_token.scopes_updated access_token.permissions_changed',
  role_changed: 'member.role.updated team.member.role_updated membership.role_changed',
  member_added: 'team.user_added membership.added',
  member_removed: 'user.removed_from_team membership.deleted',
  ownership_transferred: 'organization.ownership_moved team.owner_reassigned',
  allowlist_changed: 'tunnel.allowlist_updated tunnel.ip_restrictions_updated tunnel.whitelist_changed',
  basic_auth_changed: 'tunnel.basic_auth_removed tunnel.password_protection_disabled',
  inspection_changed: 'tunnel.inspector_disabled tunnel.inspection_updated',
  redaction_changed: 'tunnel.redaction_rule_deleted tunnel.redaction.updated',
  domain_added: 'tunnel.domain_attached domain.added',
  domain_removed: 'tunnel.domain_detached domain.deleted',
  payment_method_changed: 'billing.payment_method.replaced billing.card_updated',
  subscription_changed: 'billing.plan_downgraded subscription.canceled',
  audit_settings_changed: 'audit_log.retention_shortened audit_trail.disabled',
};

describe('what an action means by its words', () => {
  it.each(
    Object.entries(SPELLINGS).flatMap(([meaning, actions]) => actions.split(' ').map((action) => [action, meaning])),
  )('%s is %s', (action, meaning) => {
    expect(describeAction(action).meaning).toBe(meaning);
  });

  it.each(
    'user.login_requested policy.evaluate_sign_on login.settings_viewed team.viewed tunnel.settings_changed organization.two_factor_requirement_lifted audit_log.viewed billing.invoice_paid page.viewed domain.verified session.listed'.split(
      ' ',
    ),
  )('%s is none of these', (action) => {
    expect(describeAction(action).meaning).toBeNull();
  });

  it('agrees with the table, as far as it says anything', () => {
    const differing = knownActions().filter((action) => {
      const guess = meaningByWords(action);
      return guess !== null && guess !== describeAction(action).meaning;
    });
    expect(differing).toEqual([]);
  });
});
