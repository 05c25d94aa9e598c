import { describeAction, knownActions, type Meaning } from '../action.ts';
import { escapeStars } from '../filter/glob.ts';
import type { Words } from './words.ts';

/** An action as a filter names it, or what it means; `like` may hold `*`. */
type Wanted = Meaning | { readonly like: string };

const like = (pattern: string): Wanted => ({ like: pattern });

type Verb =
  | 'made'
  | 'deleted'
  | 'added'
  | 'removed'
  | 'invited'
  | 'changed'
  | 'on'
  | 'off'
  | 'revoked'
  | 'started'
  | 'stopped'
  | 'failed'
  | 'moved'
  | 'renamed'
  | 'exported';

// The first that fits is taken: what is said in two words stands before what either says alone.
const VERBS: readonly (readonly [pattern: string, verb: Verb])[] = [
  ['(?:turn(?:ed|ing)?|switch(?:ed|ing)?) off|disabled?|disabling|deactivated?|unenrolled', 'off'],
  ['(?:turn(?:ed|ing)?|switch(?:ed|ing)?) on|enabled?|enabling|activated?|enrolled', 'on'],
  ['created?|creating|made|generated?|issued?|minted|new', 'made'],
  ['deleted?|deleting|destroy(?:ed)?|dropped|took down|taken down|killed', 'deleted'],
  ['added?|adding|joined|join', 'added'],
  ['removed?|removing|kicked(?: out)?|offboarded|left|leave', 'removed'],
  ['invited?|inviting', 'invited'],
  ['revoked?|revoking|cancel(?:l?ed)?|ended', 'revoked'],
  ['renamed?|renaming', 'renamed'],
  ['started?|starting|opened?|brought up', 'started'],
  ['stopped|stop|stopping|closed?', 'stopped'],
  ['failed|fail|failing|failures?|rejected|denied|refused|unsuccessful|wrong', 'failed'],
  ['transferr?(?:ed)?|handed over|moved', 'moved'],
  ['exported?|exporting|downloaded?', 'exported'],
  [
    'changed?|changes|changing|updated?|updates|edited?|modif(?:y|ied)|altered|rotated?|resets?|regenerated?|renewed|promoted|demoted|granted|upgraded|downgraded|widened',
    'changed',
  ],
];

// A verb alone is looked for in the names of actions, which end with it.
const ALONE: Readonly<Record<Verb, readonly Wanted[]>> = {
  made: [like('*created'), like('*issued'), like('*generated')],
  deleted: [like('*deleted'), like('*removed'), like('*released')],
  added: [like('*added'), like('*joined')],
  removed: [like('*removed'), like('*deleted')],
  invited: ['member_invited'],
  changed: [like('*changed'), like('*updated'), like('*renamed'), like('*reset')],
  on: [like('*enabled')],
  off: [like('*disabled')],
  revoked: [like('*revoked'), like('*cancelled')],
  started: ['tunnel_started'],
  stopped: ['tunnel_stopped'],
  failed: [like('*failed*')],
  moved: ['ownership_transferred'],
  renamed: [like('*renamed')],
  exported: ['export_made', like('*export*')],
};

type Thing = {
  readonly words: string;
  readonly any: readonly Wanted[];
  readonly by: Readonly<Partial<Record<Verb, readonly Wanted[]>>>;
};

const THINGS: readonly Thing[] = [
  {
    words:
      '(?:two|multi|second)[ -]?(?:factor|step)s?(?: (?:authentication|auth|verification))?|2fa|mfa|totp|authenticator',
    any: ['two_factor_enabled', 'two_factor_disabled'],
    by: {
      on: ['two_factor_enabled'],
      added: ['two_factor_enabled'],
      off: ['two_factor_disabled'],
      removed: ['two_factor_disabled'],
    },
  },
  { words: '(?:recovery|backup) codes?', any: ['recovery_codes_regenerated'], by: {} },
  {
    words: '(?:api |access )?tokens?(?:-| )?scopes?|scopes? of (?:an? |the )?(?:api |access )?tokens?|scopes?',
    any: ['token_scope_changed'],
    by: {},
  },
  {
    words: '(?:api |access )?(?:tokens?|keys?)',
    any: ['token_created', 'token_revoked', 'token_scope_changed'],
    by: {
      made: ['token_created'],
      added: ['token_created'],
      revoked: ['token_revoked'],
      deleted: ['token_revoked'],
      removed: ['token_revoked'],
      changed: ['token_scope_changed'],
    },
  },
  {
    words:
      '(?:failed|failing|unsuccessful|wrong) (?:(?:log|sign)[ -]?(?:ins?|ons?)|authentications?)(?: attempts?)?|(?:log|sign)[ -]?in (?:failures?|attempts?)|failed to (?:log|sign) in|failures? to (?:log|sign) in|wrong passwords?',
    any: ['login_failed'],
    by: {},
  },
  { words: '(?:log|sign)(?:ged|ned|ging|ing|s)?[ -]?outs?', any: ['logout'], by: {} },
  {
    words: '(?:log|sign)(?:ged|ed|ging|ing|s)?[ -]?(?:ins?|ons?)(?: to)?|got in|logged|signed|get in|came in|connected',
    any: ['login_succeeded'],
    by: { failed: ['login_failed'] },
  },
  { words: '(?:accounts? )?(?:locked(?: out)?|lock[ -]?outs?)', any: ['account_locked'], by: {} },
  { words: '(?:unusual|strange|odd|new) (?:places?|locations?|countr(?:y|ies))', any: ['unusual_place'], by: {} },
  { words: '(?:a |the |his |her |their |my )?passwords?', any: ['password_changed'], by: {} },
  { words: 'e-?mail(?: address(?:es)?)?s?', any: [like('user.email_changed')], by: {} },
  { words: 'sessions?', any: ['sessions_revoked'], by: {} },
  { words: 'ownership|owners?', any: ['ownership_transferred'], by: {} },
  {
    words: 'roles?|permissions?|privileges?|rights|admins?(?:trators?)?',
    any: ['role_changed', 'ownership_transferred'],
    by: { changed: ['role_changed'] },
  },
  {
    words: 'invitations?|invites?',
    any: ['member_invited', like('*invitation*')],
    by: { revoked: [like('*invitation_revoked')], made: ['member_invited'] },
  },
  {
    words: '(?:team )?(?:members?|people|users?|collaborators?)',
    any: ['member_added', 'member_removed', 'member_invited', 'role_changed'],
    by: {
      added: ['member_added'],
      made: ['member_added', 'account_created'],
      removed: ['member_removed'],
      deleted: ['member_removed', 'account_suspended'],
      invited: ['member_invited'],
      changed: ['role_changed'],
    },
  },
  { words: '(?:ip )?(?:allow|white)[ -]?lists?|ip (?:rules|ranges|restrictions)', any: ['allowlist_changed'], by: {} },
  { words: 'basic auth(?:entication)?', any: ['basic_auth_changed'], by: {} },
  { words: '(?:request )?inspections?', any: ['inspection_changed'], by: {} },
  { words: 'redactions?(?: rules?)?', any: ['redaction_changed'], by: {} },
  {
    words: '(?:custom |our )?(?:domains?|hostnames?)(?: settings)?',
    any: [like('*custom_domain*'), 'domain_added', 'domain_removed'],
    by: { added: ['domain_added'], removed: ['domain_removed'], deleted: ['domain_removed'] },
  },
  {
    words: 'sub-?domains?',
    any: [like('*subdomain*')],
    by: { removed: [like('*subdomain_removed'), like('*subdomain_released')], made: [like('*subdomain_reserved')] },
  },
  {
    words: '(?:tls |ssl )?certificates?|certs?',
    any: [like('*certificate*')],
    by: { made: [like('*certificate_issued')] },
  },
  {
    words: 'tunnels?',
    any: [like('tunnel.*')],
    by: {
      made: ['tunnel_created'],
      deleted: ['tunnel_deleted'],
      removed: ['tunnel_deleted'],
      started: ['tunnel_started'],
      stopped: ['tunnel_stopped'],
      changed: [like('tunnel.*_changed'), like('tunnel.*_updated')],
    },
  },
  {
    words: 'payment (?:methods?|details)|(?:credit )?cards?',
    any: ['payment_method_changed'],
    by: {},
  },
  { words: 'payments?', any: [like('billing.payment_*')], by: { failed: [like('billing.payment_failed')] } },
  { words: 'refunds?|refunded', any: [like('*refund*')], by: {} },
  { words: 'invoices?', any: [like('*invoice*')], by: {} },
  {
    words: '(?:our |the )?(?:subscriptions?|plans?)',
    any: [like('billing.subscription_*')],
    by: { revoked: ['subscription_changed'] },
  },
  { words: 'billing', any: [like('billing.*')], by: {} },
  { words: '(?:audit )?(?:log )?exports?', any: ['export_made', like('*export*')], by: {} },
  {
    words: '(?:the )?audit (?:logs?|trails?)',
    any: [like('*audit*'), 'export_made', 'audit_settings_changed'],
    by: { exported: ['export_made', like('*export*')] },
  },
  { words: 'impersonat(?:ed|ions?|ing)', any: ['impersonated', like('*impersonat*')], by: {} },
  {
    words: 'teams?',
    any: [like('team.*')],
    by: {
      made: [like('team.created')],
      deleted: ['team_deleted'],
      removed: ['team_deleted'],
      renamed: [like('team.renamed')],
      changed: [like('team.settings_updated'), like('team.renamed')],
    },
  },
];

/** What a question says was done. */
export type Deed = {
  /** Values of `action:`. */
  readonly actions: readonly string[];
  /** Where it is said. */
  readonly at: number;
  /** Said of nothing in particular: what is done to a team is done to its members. */
  readonly alone: Verb | null;
  /** The word for what was done, where it tells nothing of that which it is said of. */
  readonly missed: string | null;
};

/**
 * Takes what a question says was done. `held` are the actions the archive holds: those that are meant are named one by one,
 * and every known spelling where it holds none of them. Null where nothing of the kind is said.
 */
export function takeDeed(words: Words, held: readonly string[]): Deed | null {
  let at = words.length;
  let last = '';
  const taken = (pattern: string): boolean => {
    const found = words.take(pattern);
    at = Math.min(at, found?.at ?? at);
    last = found?.parts[0] ?? last;
    return found !== null;
  };
  const thing = THINGS.find((one) => taken(one.words));
  const verb = VERBS.find(([pattern]) => taken(pattern))?.[1];
  if (thing === undefined) {
    return verb === undefined ? null : { actions: spelledAll(ALONE[verb], held), at, alone: verb, missed: null };
  }
  const narrowed = verb && thing.by[verb];
  // Of what is only ever changed in one way, every word for it says the same.
  const one = thing.any.length === 1 && typeof thing.any[0] === 'string';
  const missed = verb === undefined || verb === 'changed' || narrowed !== undefined || one ? null : last;
  return { actions: spelledAll(narrowed ?? thing.any, held), at, alone: null, missed };
}

/** What adding, removing or inviting without saying what means where a team is named; null for other deeds. */
export function memberActions({ alone }: Deed, held: readonly string[]): readonly string[] | null {
  if (alone === 'added') return spelledAll(['member_added'], held);
  if (alone === 'removed') return spelledAll(['member_removed'], held);
  return alone === 'invited' ? spelledAll(['member_invited'], held) : null;
}

/** What may keep somebody out. */
export function keptOut(held: readonly string[]): readonly string[] {
  const meanings: readonly Meaning[] = [
    'login_failed',
    'account_locked',
    'account_suspended',
    'member_removed',
    'sessions_revoked',
    'password_changed',
    'two_factor_enabled',
    'two_factor_disabled',
    'role_changed',
    'token_revoked',
  ];
  return spelledAll(meanings, held);
}

// Actions that nobody holds would only be in the way of those that are there.
function spelledAll(wanted: readonly Wanted[], held: readonly string[]): readonly string[] {
  const meant = (all: readonly string[]): readonly string[] =>
    wanted.flatMap((one) => all.filter((action) => describeAction(action).meaning === one));
  const there = meant(held);
  const spellings = there.length > 0 ? there : meant(knownActions());
  const patterns = wanted.flatMap((one) => (typeof one === 'string' ? [] : [one.like]));
  return [...new Set([...spellings.map(escapeStars), ...patterns])];
}
