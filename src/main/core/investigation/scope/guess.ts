import type { Meaning } from '../../../../shared/action.ts';
import type { Phase } from '../../../../shared/case.ts';
import type { Finding } from '../../../../shared/finding.ts';

type Guess = { readonly phase: Phase | null; readonly technique: string | null };

const NOTHING: Guess = { phase: null, technique: null };
const guess = (phase: Phase, technique: string | null): Guess => ({ phase, technique });

// ATT&CK 17.1, Enterprise. Which phase an action belongs to in most incidents: a default that a person may change.
const GUESSES: Readonly<Partial<Record<Meaning, Guess>>> = {
  login_failed: guess('initial_access', 'T1110'),
  login_succeeded: guess('initial_access', 'T1078'),
  unusual_place: guess('initial_access', 'T1078'),
  account_locked: guess('initial_access', 'T1110'),
  token_created: guess('persistence', 'T1098.001'),
  account_created: guess('persistence', 'T1136'),
  member_added: guess('persistence', 'T1098'),
  member_invited: guess('persistence', 'T1136'),
  recovery_codes_regenerated: guess('persistence', 'T1556.006'),
  password_changed: guess('persistence', 'T1098'),
  domain_added: guess('persistence', 'T1098'),
  token_scope_changed: guess('privilege', 'T1098.003'),
  role_changed: guess('privilege', 'T1098.003'),
  ownership_transferred: guess('privilege', 'T1098.003'),
  impersonated: guess('privilege', 'T1078'),
  two_factor_disabled: guess('evasion', 'T1556.006'),
  allowlist_changed: guess('evasion', 'T1562.007'),
  audit_settings_changed: guess('evasion', 'T1562.008'),
  redaction_changed: guess('evasion', 'T1562'),
  inspection_changed: guess('impact', 'T1040'),
  basic_auth_changed: guess('evasion', 'T1562'),
  tunnel_created: guess('impact', 'T1572'),
  tunnel_started: guess('impact', 'T1572'),
  tunnel_stopped: guess('impact', null),
  tunnel_deleted: guess('impact', 'T1485'),
  team_deleted: guess('impact', 'T1485'),
  export_made: guess('impact', 'T1530'),
  sessions_revoked: guess('impact', 'T1531'),
  member_removed: guess('impact', 'T1531'),
  account_suspended: guess('impact', 'T1531'),
  payment_method_changed: guess('impact', 'T1657'),
  subscription_changed: guess('impact', 'T1657'),
};

const ENDING: ReadonlySet<Meaning | null> = new Set<Meaning>([
  'sessions_revoked',
  'token_revoked',
  'account_suspended',
  'member_removed',
  'tunnel_stopped',
  'tunnel_deleted',
  'account_locked',
]);

/** The phase and the technique that an entry looks like; `answer` where it is somebody's remedy. */
export function guessOf(meaning: Meaning | null, answer: boolean): Guess {
  if (answer) return { phase: ENDING.has(meaning) ? 'containment' : 'recovery', technique: null };
  return (meaning === null ? undefined : GUESSES[meaning]) ?? NOTHING;
}

/** Techniques that findings name, by the keys of their entries: what the action alone does not tell. */
export function techniquesOf(findings: readonly Finding[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { technique, entryKeys } of findings)
    if (technique !== null) for (const key of entryKeys) if (!found.has(key)) found.set(key, technique.id);
  return found;
}
