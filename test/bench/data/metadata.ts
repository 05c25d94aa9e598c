import type { Random } from '../../../src/main/core/simulator/random.ts';

// Metadata as real logs have it: none, a reason from a list, numbers, what it was before and after; and for two thirds of
// the entries something nobody has ever written before.

const VERBS = 'Rotated Removed Granted Restored Migrated Reviewed Closed Escalated Approved Replaced'.split(' ');
const CAUSES = ['for the quarterly review', 'after the rollback', 'as the contractor left', 'by the onboarding script'];
const REASONS = VERBS.flatMap((verb) => CAUSES.map((cause) => `${verb} ${cause}`));
const WORDS =
  'hotfix vendor pagerduty deploy customer ticket handover weekend outage backup replica latency migration owner please check again before release with finance'.split(
    ' ',
  );
const SCOPES = ['tunnels:read', 'tunnels:write', 'team:read', 'team:write', 'billing:read', 'audit:read'];
const ROLES = ['member', 'viewer', 'developer', 'admin', 'owner'];

/** The words of the list above that a text search can be sure to find some of. */
export const SEARCH_WORDS: readonly string[] = [
  'hotfix',
  'vendor',
  'pagerduty',
  'handover',
  'rollback',
  'contractor',
  'onboarding',
  'outage',
  'replica',
];

/** JSON text of one entry's metadata. */
export function makeMetadata(lot: Random): string {
  const kind = lot.fraction();
  if (kind < 0.17) return '[]';
  if (kind < 0.33) return `{"reason":"${lot.pick(REASONS)}"}`;
  if (kind < 0.52) {
    return `{"request_id":"req_${hex(lot, 16)}","duration_ms":${lot.int(1, 9_000)},"bytes_in":${lot.int(0, 5_000_000)},"bytes_out":${lot.int(0, 90_000_000)},"cached":${lot.chance(0.3)}}`;
  }
  if (kind < 0.67) {
    const [before, after] = [lot.int(1_024, 65_535), lot.int(1_024, 65_535)];
    return `{"before":{"port":${before},"role":"${lot.pick(ROLES)}","expires":null},"after":{"port":${after},"role":"${lot.pick(ROLES)}","expires":"${2024 + lot.int(0, 3)}-0${lot.int(1, 9)}-1${lot.int(0, 9)}"},"request_id":"req_${hex(lot, 16)}"}`;
  }
  if (kind < 0.79) {
    return `{"session_id":"sess_${hex(lot, 20)}","method":"${lot.chance(0.8) ? 'password' : 'sso'}","mfa":${lot.chance(0.6)},"attempt":${lot.int(1, 4)}}`;
  }
  if (kind < 0.86) {
    const scopes = SCOPES.filter(() => lot.chance(0.4)).map((scope) => `"${scope}"`);
    return `{"scopes":[${scopes}],"token_suffix":"${hex(lot, 4)}","ttl_days":${lot.int(1, 365)}}`;
  }
  if (kind < 0.95) {
    const note = Array.from({ length: lot.int(5, 14) }, () => lot.pick(WORDS)).join(' ');
    return `{"note":"${note}","ticket":"OPS-${lot.int(1_000, 99_999)}"}`;
  }
  return `{"amount":${lot.int(100, 999_999) / 100},"currency":"EUR","reference":"pay_${hex(lot, 12)}","reason":"${lot.pick(REASONS)}"}`;
}

/** Lower-case hexadecimal digits. */
export function hex(lot: Random, digits: number): string {
  let text = '';
  while (text.length < digits) text += lot.int(0, 0xffffff).toString(16).padStart(6, '0');
  return text.slice(0, digits);
}
