import { meaningByWords } from './action-words.ts';

/** The product's five filter categories, and `other` for what none of them describes. */
export const CATEGORIES = ['authentication', 'tunnel', 'team', 'billing', 'security', 'other'] as const;
export type Category = (typeof CATEGORIES)[number];

/** What an action means, whatever its spelling; detection and reports ask for meanings, never for names. */
export type Meaning =
  | 'login_succeeded'
  | 'login_failed'
  | 'logout'
  | 'account_locked'
  | 'password_changed'
  | 'two_factor_enabled'
  | 'two_factor_disabled'
  | 'recovery_codes_regenerated'
  | 'sessions_revoked'
  | 'token_created'
  | 'token_revoked'
  | 'token_scope_changed'
  | 'member_added'
  | 'member_removed'
  | 'member_invited'
  | 'role_changed'
  | 'ownership_transferred'
  | 'allowlist_changed'
  | 'payment_method_changed'
  | 'tunnel_created'
  | 'tunnel_deleted'
  | 'tunnel_started'
  | 'tunnel_stopped'
  | 'settings_changed'
  | 'profile_changed'
  | 'account_suspended'
  | 'account_created'
  | 'basic_auth_changed'
  | 'inspection_changed'
  | 'redaction_changed'
  | 'domain_added'
  | 'domain_removed'
  | 'team_deleted'
  | 'subscription_changed'
  | 'export_made'
  | 'audit_settings_changed'
  | 'impersonated'
  | 'unusual_place';

/** How an action is classified and shown. */
export type ActionInfo = { readonly category: Category; readonly phrase: string; readonly meaning: Meaning | null };

type Known = readonly [action: string, category: Category, phrase: string, meaning?: Meaning];

// One table of known actions. The product's page spells only some of them; where spellings are likely to differ, each
// likely one is listed. An action that is not here is classified by its words below and shown as itself.
const KNOWN: readonly Known[] = [
  ['user.login', 'authentication', 'Signed in', 'login_succeeded'],
  ['user.login_failed', 'authentication', 'Sign-in failed', 'login_failed'],
  ['user.failed_login', 'authentication', 'Sign-in failed', 'login_failed'],
  ['security.login_failed', 'authentication', 'Sign-in failed', 'login_failed'],
  ['auth.failed', 'authentication', 'Sign-in failed', 'login_failed'],
  ['user.logout', 'authentication', 'Signed out', 'logout'],
  ['user.locked', 'authentication', 'Account locked', 'account_locked'],
  ['security.account_locked', 'authentication', 'Account locked', 'account_locked'],
  ['security.unusual_login_location', 'authentication', 'Signed in from an unusual place', 'unusual_place'],
  ['user.password_changed', 'security', 'Changed the password', 'password_changed'],
  ['user.password_reset', 'security', 'Reset the password', 'password_changed'],
  ['security.password_changed', 'security', 'Changed the password', 'password_changed'],
  ['security.password_reset', 'security', 'Reset the password', 'password_changed'],
  ['user.updated', 'security', 'Updated the profile', 'profile_changed'],
  ['user.email_changed', 'security', 'Changed the e-mail address', 'profile_changed'],
  ['security.two_factor_enabled', 'security', 'Turned two-factor on', 'two_factor_enabled'],
  ['security.two_factor_disabled', 'security', 'Turned two-factor off', 'two_factor_disabled'],
  ['security.recovery_codes_regenerated', 'security', 'Regenerated recovery codes', 'recovery_codes_regenerated'],
  ['security.sessions_revoked', 'security', 'Revoked sessions', 'sessions_revoked'],
  ['security.session_revoked', 'security', 'Revoked a session', 'sessions_revoked'],
  ['security.api_token_created', 'security', 'Created an API token', 'token_created'],
  ['security.api_token_revoked', 'security', 'Revoked an API token', 'token_revoked'],
  ['security.api_token_scopes_changed', 'security', 'Changed the scopes of an API token', 'token_scope_changed'],
  ['team.created', 'team', 'Created a team'],
  ['team.renamed', 'team', 'Renamed a team'],
  ['team.deleted', 'team', 'Deleted a team', 'team_deleted'],
  ['team.settings_updated', 'team', 'Updated team settings', 'settings_changed'],
  ['team.member_invited', 'team', 'Invited a member', 'member_invited'],
  ['team.invitation_accepted', 'team', 'Accepted an invitation'],
  ['team.invitation_revoked', 'team', 'Revoked an invitation'],
  ['team.member_added', 'team', 'Added a member', 'member_added'],
  ['team.member_removed', 'team', 'Removed a member', 'member_removed'],
  ['team.member_role_changed', 'team', 'Changed a member’s role', 'role_changed'],
  ['team.role_changed', 'team', 'Changed a member’s role', 'role_changed'],
  ['organization.member_role_changed', 'team', 'Changed a member’s role', 'role_changed'],
  ['organization.owner_transferred', 'team', 'Transferred ownership', 'ownership_transferred'],
  ['tunnel.created', 'tunnel', 'Created a tunnel', 'tunnel_created'],
  ['tunnel.deleted', 'tunnel', 'Deleted a tunnel', 'tunnel_deleted'],
  ['tunnel.started', 'tunnel', 'Started a tunnel', 'tunnel_started'],
  ['tunnel.stopped', 'tunnel', 'Stopped a tunnel', 'tunnel_stopped'],
  ['tunnel.settings_updated', 'tunnel', 'Updated tunnel settings'],
  ['tunnel.subdomain_reserved', 'tunnel', 'Reserved a subdomain'],
  ['tunnel.subdomain_released', 'tunnel', 'Released a subdomain'],
  ['tunnel.subdomain_assigned', 'tunnel', 'Assigned a subdomain'],
  ['tunnel.subdomain_removed', 'tunnel', 'Removed a subdomain'],
  ['tunnel.custom_domain_added', 'tunnel', 'Added a custom domain', 'domain_added'],
  ['tunnel.custom_domain_verified', 'tunnel', 'Verified a custom domain'],
  ['tunnel.custom_domain_removed', 'tunnel', 'Removed a custom domain', 'domain_removed'],
  ['tunnel.custom_domain_updated', 'tunnel', 'Updated custom domain settings'],
  ['tunnel.certificate_issued', 'tunnel', 'Issued a certificate'],
  ['tunnel.certificate_renewed', 'tunnel', 'Renewed a certificate'],
  ['tunnel.basic_auth_changed', 'tunnel', 'Changed basic authentication', 'basic_auth_changed'],
  ['tunnel.ip_allowlist_changed', 'tunnel', 'Changed the IP allow-list', 'allowlist_changed'],
  ['tunnel.request_inspection_changed', 'tunnel', 'Changed request inspection', 'inspection_changed'],
  ['tunnel.redaction_rules_changed', 'tunnel', 'Changed redaction rules', 'redaction_changed'],
  ['billing.subscription_upgraded', 'billing', 'Upgraded the plan'],
  ['billing.subscription_downgraded', 'billing', 'Downgraded the plan', 'subscription_changed'],
  ['billing.subscription_cancelled', 'billing', 'Cancelled the subscription', 'subscription_changed'],
  ['billing.subscription_resumed', 'billing', 'Resumed the subscription'],
  ['billing.payment_method_added', 'billing', 'Added a payment method', 'payment_method_changed'],
  ['billing.payment_method_removed', 'billing', 'Removed a payment method', 'payment_method_changed'],
  ['billing.payment_method_updated', 'billing', 'Updated the payment method', 'payment_method_changed'],
  ['billing.payment_succeeded', 'billing', 'Payment succeeded'],
  ['billing.payment_failed', 'billing', 'Payment failed'],
  ['billing.invoice_generated', 'billing', 'Generated an invoice'],
  ['billing.refund_issued', 'billing', 'Issued a refund'],
];

const BY_NAME: ReadonlyMap<string, ActionInfo> = new Map(
  KNOWN.map(([action, category, phrase, meaning]) => [action, { category, phrase, meaning: meaning ?? null }]),
);

// Words are looked for in this order: a failed login is authentication even where the resource is `security`.
const BY_WORDS: readonly (readonly [RegExp, Category, Meaning | null])[] = [
  [
    /(^|[._-])(log_?in|sign_?in|auth(entication)?)[._-](failed|failure|denied|rejected|blocked)|(^|[._-])(failed|denied)[._-](log_?in|sign_?in|auth)/,
    'authentication',
    'login_failed',
  ],
  [/(^|[._-])(account|user)[._-](locked|lockout)|(^|[._-])lockout/, 'authentication', 'account_locked'],
  [
    /(log_?in|sign_?in|log_?out|sign_?out|^auth[._-]|session[._-](started|created)|lockout|locked)/,
    'authentication',
    null,
  ],
  [/impersonat/, 'security', 'impersonated'],
  [/(owner|ownership)[._-](transferred|transfer|changed)|transfer[._-]ownership/, 'team', 'ownership_transferred'],
  [/(member|user)[._-](role|privilege)s?[._-](changed|updated|granted|assigned)/, 'team', 'role_changed'],
  [/^(user|account)[._-](deleted|suspended|deactivated|disabled)$/, 'security', 'account_suspended'],
  [/^(user|account|service_account)[._-]created$/, 'security', 'account_created'],
  [/(api_?|access_?|personal_)(token|key)s?[._-](created|generated|issued)/, 'security', 'token_created'],
  [/audit[._-]?(log|trail)?s?[._-](export|download)/, 'security', 'export_made'],
  [
    /audit[._-]?(log|trail)?s?[._-].*(settings|retention|disabled|deleted|stopped|changed|updated)/,
    'security',
    'audit_settings_changed',
  ],
  [/(^|[._-])export(ed|s)?($|[._-])/, 'security', 'export_made'],
  [/(payment|invoice|refund|subscription|^billing|^plan[._-])/, 'billing', null],
  [/(^tunnel|subdomain|domain|certificate|^edge[._-])/, 'tunnel', null],
  [/(^team|^organi[sz]ation|member|invitation|^role|ownership|owner_transferred)/, 'team', null],
  [
    /(^security|token|two_?factor|mfa|password|allow_?list|session|recovery|key|credential|permission|^user[._-])/,
    'security',
    null,
  ],
];

/**
 * Classifies an action by the table, else by its words. Never fails: an action nobody has heard of is `other` and its
 * phrase is the action itself.
 */
export function describeAction(action: string): ActionInfo {
  const known = BY_NAME.get(action);
  if (known) return known;
  const folded = action.toLowerCase();
  for (const [pattern, category, meaning] of BY_WORDS) {
    if (!pattern.test(folded)) continue;
    return meaning === null ? byWords(action, category) : { category, phrase: action, meaning };
  }
  return byWords(action, 'other');
}

const AT_THE_DOOR: ReadonlySet<Meaning | null> = new Set<Meaning>([
  'login_succeeded',
  'login_failed',
  'logout',
  'account_locked',
]);

function byWords(action: string, category: Category): ActionInfo {
  const meaning = meaningByWords(action);
  return { category: AT_THE_DOOR.has(meaning) ? 'authentication' : category, phrase: action, meaning };
}

/** Whether the table spells this action; any other is classified by its words alone. */
export function isKnownAction(action: string): boolean {
  return BY_NAME.has(action);
}

/** Every meaning the table gives. */
export function knownMeanings(): ReadonlySet<string> {
  return new Set(KNOWN.flatMap(([, , , meaning]) => meaning ?? []));
}

/** Known action names, for completion. */
export function knownActions(): readonly string[] {
  return KNOWN.map(([action]) => action);
}
