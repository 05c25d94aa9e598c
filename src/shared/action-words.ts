import type { Meaning } from './action.ts';

// What an action means that no table spells, by its words: things and deeds of the trade, in whatever order and form.
// Nothing here is the name of a product or of a vendor's event.

const words = (line: string): ReadonlySet<string> => new Set(line.split(' '));

// Two words that are one thing, and the word that stands for them.
const PAIRS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:two|multi|second)[ -]?(?:factor|step)s?\b|\b2 ?(?:fa|sv|step)\b|\bauthenticator(?: app)?\b|\bt?otp\b|\bwebauthn\b/g,
    'mfa',
  ],
  [/\b(?:recovery|backup|scratch) (?:codes?|keys?)\b/g, 'recoverycodes'],
  [/\b(?:sign|log)(?:ed|ged|ging|ing)? ?(?:in|on)\b|\blogons?\b|\blogins?\b|\bsignins?\b/g, 'signin'],
  [/\b(?:sign|log)(?:ed|ged|ging|ing)? ?(?:out|off)\b|\blogouts?\b|\blogoffs?\b/g, 'signout'],
  [/\b(?:api|access|personal access|bearer|refresh|deploy|service) (?:token|key)s?\b|\bpats?\b/g, 'token'],
  [/\b(?:ip )?(?:allow|white|safe) ?lists?\b|\bip (?:restriction|rule|filter|range|acces+)s?\b/g, 'allowlist'],
  [/\bbasic ?auth(?:entication)?\b|\bpassword protection\b/g, 'basicauth'],
  [/\bcustom (?:domain|hostname)s?\b|\bdomains?\b/g, 'domain'],
  [/\b(?:payment|billing) (?:method|card|detail|source)s?\b|\b(?:credit )?cards?\b/g, 'card'],
  [/\baudit (?:log|trail|event)s?\b/g, 'auditlog'],
  [/\block(?:ed)? ?outs?\b/g, 'lockout'],
];

const OFF = words(
  'disabled disable deactivated deactivate off removed remove deleted delete reset unenrolled unenroll unset cleared detached bypassed dropped',
);
const ON = words(
  'enabled enable activated activate on added add enrolled enroll registered configured setup confirmed',
);
const MADE = words('created create generated generate issued issue added add minted new');
const ENDED = words(
  'revoked revoke terminated terminate ended killed invalidated expired destroyed cleared removed deleted delete',
);
const CHANGED = words(
  'changed change updated update modified modify edited edit set replaced rotated altered adjusted added add removed remove deleted delete cleared created disabled enabled relaxed lifted rule rules entry weakened',
);
const FAILED = words(
  'failed fail failure failures denied deny rejected reject refused invalid incorrect wrong bad unsuccessful error blocked unauthorized declined',
);
const WORKED = words('succeeded success successful ok completed granted accepted');
const PEOPLE = words(
  'member members user users account accounts person people collaborator collaborators seat membership',
);
const GROUPS = words('team organization organisation org workspace group project tenant');
const POLICY = words(
  'policy policies requirement requirements enforcement settings setting rule required everyone org organization organisation tenant',
);

/** What an action means by its words alone; null where they tell nothing. Case and punctuation do not matter. */
export function meaningByWords(action: string): Meaning | null {
  const text = folded(action);
  const all = text.split(' ');
  const has = (...names: readonly string[]) => names.some((name) => all.includes(name));
  const any = (set: ReadonlySet<string>) => all.some((word) => set.has(word));
  if (any(POLICY) && has('mfa', 'password', 'signin', 'token')) return null;
  if (has('recoverycodes') && (any(MADE) || has('regenerated', 'reset', 'renewed', 'rotated')))
    return 'recovery_codes_regenerated';
  if (has('mfa') && any(OFF)) return 'two_factor_disabled';
  if (has('mfa') && any(ON)) return 'two_factor_enabled';
  if (has('lockout', 'locked') && (any(PEOPLE) || has('signin'))) return 'account_locked';
  const door =
    has('signin', 'auth', 'authentication', 'authenticated', 'authenticate') ||
    (has('session', 'sessions') && any(MADE));
  if ((door || has('password', 'credentials', 'mfa', 'challenge')) && any(FAILED) && !any(WORKED))
    return 'login_failed';
  if (has('signout') || (has('session') && has('ended', 'closed', 'expired'))) return 'logout';
  if (has('sessions', 'session') && any(ENDED)) return 'sessions_revoked';
  if (has('session', 'sessions') && has('end', 'ended', 'close', 'closed')) return 'logout';
  if (has('session') && has('created', 'create', 'started', 'start') && isDoorAlone(all)) return 'login_succeeded';
  // A door that was gone through, and not the settings of one.
  if (door && !any(CHANGED) && !has('start', 'started', 'requested', 'request', 'attempt', 'attempted', 'challenge'))
    return isDoorAlone(all) ? 'login_succeeded' : null;
  if (has('password', 'passphrase') && has('changed', 'reset', 'updated', 'set', 'rotated')) return 'password_changed';
  if (has('token') && has('scope', 'scopes', 'permission', 'permissions', 'ability', 'abilities', 'access'))
    return any(CHANGED) || has('expanded', 'widened', 'upgraded') ? 'token_scope_changed' : null;
  if (has('token') && any(MADE)) return 'token_created';
  if (has('token') && any(ENDED)) return 'token_revoked';
  if (has('owner', 'ownership') && has('transferred', 'transfer', 'changed', 'moved', 'reassigned', 'handed'))
    return 'ownership_transferred';
  if (has('role', 'roles', 'privileges', 'privilege') && (any(PEOPLE) || any(GROUPS)) && any(CHANGED))
    return 'role_changed';
  if (has('allowlist') && any(CHANGED)) return 'allowlist_changed';
  if (has('basicauth') && any(CHANGED)) return 'basic_auth_changed';
  if (has('inspection', 'inspector') && any(CHANGED)) return 'inspection_changed';
  if (has('redaction', 'redactions', 'masking') && any(CHANGED)) return 'redaction_changed';
  if (has('card') && any(CHANGED)) return 'payment_method_changed';
  if (has('subscription', 'plan') && has('downgraded', 'downgrade', 'cancelled', 'canceled', 'cancel', 'ended'))
    return 'subscription_changed';
  if (has('auditlog') && has('export', 'exported', 'download', 'downloaded')) return 'export_made';
  if (has('auditlog') && (any(CHANGED) || has('retention', 'stopped', 'paused', 'shortened', 'purged')))
    return 'audit_settings_changed';
  return ofPeopleAndThings(all);
}

function ofPeopleAndThings(all: readonly string[]): Meaning | null {
  const has = (...names: readonly string[]) => names.some((name) => all.includes(name));
  const any = (set: ReadonlySet<string>) => all.some((word) => set.has(word));
  const inGroup = any(GROUPS) || has('member', 'members', 'membership', 'collaborator', 'collaborators');
  if (has('invited', 'invite') && (any(PEOPLE) || any(GROUPS))) return 'member_invited';
  if (inGroup && has('member', 'members', 'membership', 'collaborator', 'user')) {
    if (has('added', 'joined', 'add')) return 'member_added';
    if (has('removed', 'left', 'kicked', 'deleted', 'remove')) return 'member_removed';
  }
  if (has('tunnel', 'tunnels')) {
    if (all.at(-1) === 'created' || all.at(-1) === 'create') return all.length === 2 ? 'tunnel_created' : null;
    if (all.length === 2 && has('deleted', 'destroyed', 'removed', 'delete')) return 'tunnel_deleted';
    if (all.length === 2 && has('started', 'opened', 'connected', 'online', 'start')) return 'tunnel_started';
    if (all.length === 2 && has('stopped', 'closed', 'disconnected', 'offline', 'stop')) return 'tunnel_stopped';
  }
  if (has('domain') && has('added', 'connected', 'attached', 'created')) return 'domain_added';
  if (has('domain') && has('removed', 'disconnected', 'detached', 'deleted')) return 'domain_removed';
  if (
    all.length === 2 &&
    has('team', 'workspace', 'organization', 'organisation') &&
    has('deleted', 'destroyed', 'removed')
  )
    return 'team_deleted';
  return null;
}

// The words of a door, of who went through it and of its having worked; any other says what else it is about.
const DOOR = words(
  'signin auth authentication authenticated authenticate session sessions user users account member password sso saml via with web api cli dashboard new interactive security identity event created started start success succeeded successful ok completed granted accepted create login',
);

function isDoorAlone(all: readonly string[]): boolean {
  return all.every((word) => DOOR.has(word));
}

function folded(action: string): string {
  let text = action
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  for (const [pattern, word] of PAIRS) text = text.replace(pattern, word);
  return text;
}
