/** Where an investigation stands. `closed` can be reopened, by a person or by what is watched. */
export const CASE_STATUSES = ['open', 'contained', 'eradicated', 'closed'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** Phases of an incident in the order of a story; an event may belong to none. */
export const PHASES = [
  'reconnaissance',
  'initial_access',
  'persistence',
  'privilege',
  'evasion',
  'impact',
  'containment',
  'recovery',
] as const;
export type Phase = (typeof PHASES)[number];

export const PHASE_NAMES: Readonly<Record<Phase, string>> = {
  reconnaissance: 'Reconnaissance',
  initial_access: 'Initial access',
  persistence: 'Persistence',
  privilege: 'Privilege',
  evasion: 'Evasion',
  impact: 'Impact',
  containment: 'Containment',
  recovery: 'Recovery',
};

/** What an event of a timeline is: an entry of the archive, something a person wrote down, or a line of another log. */
export const CASE_EVENT_KINDS = ['entry', 'manual', 'foreign'] as const;
export type CaseEventKind = (typeof CASE_EVENT_KINDS)[number];

/** What the scope of an incident is made of. `data` is whatever else was acted upon: an allow-list, a domain, a card. */
export const SCOPE_KINDS = ['person', 'address', 'network', 'device', 'token', 'tunnel', 'team', 'data'] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];

/** What a scope can start from. `device` is a user agent, `span` a stretch of time alone. */
export const SEED_KINDS = ['person', 'address', 'token', 'device', 'span'] as const;
export type SeedKind = (typeof SEED_KINDS)[number];

/** Where a thing or an entry of the scope stands: what a person said goes before what was computed. */
export const SCOPE_STATES = ['seed', 'suggested', 'accepted', 'rejected'] as const;
export type ScopeState = (typeof SCOPE_STATES)[number];

/** What should follow for a thing in scope, looked for in the log. */
export const REMEDIES = [
  'suspend_account',
  'reset_password',
  'revoke_sessions',
  'second_factor_on',
  'withdraw_role',
  'remove_member',
  'revoke_token',
  'stop_tunnel',
  'restore_allow_list',
  'restore_setting',
] as const;
export type Remedy = (typeof REMEDIES)[number];

/** `undone`: it was done, and taken back later. `by_hand`: a person said that it was done where the log cannot tell. */
export const REMEDY_STATES = ['done', 'missing', 'undone', 'by_hand', 'not_needed'] as const;
export type RemedyState = (typeof REMEDY_STATES)[number];

/** An entry cited by a story or a timeline: as it was when it was pinned, altered since, or no longer there. */
export const CITATION_STATES = ['holds', 'altered', 'missing'] as const;
export type CitationState = (typeof CITATION_STATES)[number];

/** The clocks a case can carry from the beginning; hours from the time of awareness (GDPR Art. 33(1): 72). */
export const CLOCKS = [{ id: 'gdpr-33', name: 'GDPR notice to the authority (Art. 33)', hours: 72 }] as const;

export const LONGEST_CASE_TEXT = 20_000;
export const LONGEST_STORY = 200_000;
/** Events one call may pin, and lines one file may bring. */
export const MOST_PINNED = 10_000;
export const MOST_FOREIGN = 20_000;
