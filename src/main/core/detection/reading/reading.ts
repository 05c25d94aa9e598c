import { describeAction, isKnownAction, type Meaning } from '../../../../shared/action.ts';
import type { EntryRow, Json } from '../../../../shared/entry.ts';
import { changesOf } from './change.ts';
import { readCredential } from './credential.ts';
import { readExposure } from './exposure.ts';
import { CHANGING, type Facts, isShort, type ReadingName } from './facts.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { readPrivilege } from './privilege.ts';
import { readProtection } from './protection.ts';
import { readAlarm, readSignIn } from './sign-in.ts';
import * as vocabulary from './vocabulary.ts';
import { hasAny, wordSet, wordsOf } from './words.ts';

/** An entry's readings with the values they rest on. */
export type Reading = {
  readonly names: ReadonlySet<ReadingName>;
  readonly outcome: 'success' | 'failure' | 'unknown';
  readonly from: string | null;
  readonly to: string | null;
};

// Meanings whose entries can hold something worth reading beyond the action itself.
const TELLING: ReadonlySet<Meaning> = new Set<Meaning>([
  'login_succeeded',
  'login_failed',
  'two_factor_disabled',
  'token_created',
  'token_scope_changed',
  'role_changed',
  'ownership_transferred',
  'allowlist_changed',
  'member_added',
  'member_invited',
  'member_removed',
  'settings_changed',
  'profile_changed',
  'basic_auth_changed',
  'redaction_changed',
  'account_created',
  'export_made',
  'audit_settings_changed',
  'impersonated',
  'account_suspended',
]);

/** Whether entries of an action can have readings at all; false spares looking at the metadata of everyday actions. */
export function mayBeRead(action: string): boolean {
  if (!isKnownAction(action)) return true;
  const { meaning } = describeAction(action);
  return meaning !== null && TELLING.has(meaning);
}

const SIGN_IN_NEEDLE =
  /identity|root|risk|fraud|leak|phish|suspicious|endpoint|device|client|protocol|behavio|outcome|result|error/i;

/** Whether a sign-in's raw text can hold anything that `read` looks for; most hold nothing. */
export function signInMayBeRead(raw: string): boolean {
  return SIGN_IN_NEEDLE.test(raw);
}

const NOTHING: Reading = { names: new Set(), outcome: 'unknown', from: null, to: null };

/** The reading of an action whose metadata cannot matter. */
export function emptyReading(meaning: Meaning | null): Reading {
  return meaning === 'login_failed' ? FAILED : meaning === 'login_succeeded' ? SUCCEEDED : NOTHING;
}
const FAILED: Reading = { ...NOTHING, outcome: 'failure' };
const SUCCEEDED: Reading = { ...NOTHING, outcome: 'success' };

const TEXT_KEYS = wordSet(
  'detail details description change message reason summary event action operation setting name status result path',
);
const NATIVE_KEYS = wordSet('native event operation');
// A statement of a query language says what is done in its first words.
const STATEMENT_KEYS = wordSet('query statement sql command');
const STATEMENT = /^\s*(grant|revoke|alter|create|drop)\b/i;
const STATEMENT_WORDS = 12;
const OUTCOME_KEYS = wordSet('outcome result status');
const GOOD = wordSet('success succeeded successful ok allow allowed granted completed');
const BAD = wordSet('fail failed failure deny denied error rejected refused blocked fraud');

/** Reads one entry. Pure; looks at nothing but the entry itself. */
export function read(row: EntryRow, metadata: Json): Reading {
  const { meaning } = describeAction(row.action);
  const leaves = leavesOf(metadata);
  const texts = textsOf(row, leaves);
  const changes = changesOf(leaves, texts);
  const names = new Set<ReadingName>();
  const deed = [
    ...wordsOf(row.action),
    ...leaves
      .filter((leaf) => hasAny(leaf.keys, NATIVE_KEYS) && isShort(leaf))
      .flatMap((leaf) => wordsOf(String(leaf.value))),
    ...leaves
      .filter((leaf) => hasAny(leaf.keys, STATEMENT_KEYS) && STATEMENT.test(String(leaf.value)))
      .flatMap((leaf) => wordsOf(String(leaf.value)).slice(0, STATEMENT_WORDS)),
  ];
  const facts: Facts = {
    row,
    meaning,
    leaves,
    changes,
    deed: new Set(deed),
    // `allow_list` and `allowlist`, `two_factor` and `2fa` are one word each.
    about: new Set([...joined(deed), ...joined(texts.flatMap(wordsOf))]),
    deedJoined: new Set(joined(deed)),
    looksOnly: hasAny(deed, vocabulary.VIEW) && !hasAny(deed, CHANGING),
  };
  readSignIn(facts, names);
  readAlarm(facts, names);
  readPrivilege(facts, names);
  readCredential(facts, names);
  if (!facts.looksOnly) {
    readProtection(facts, names);
    readExposure(facts, names);
  }
  readLoss(facts, names);
  readForwarding(facts, names);
  const change = changes.find((one) => one.from !== null || one.to !== null);
  return {
    names,
    outcome: outcomeOf(facts),
    from: change?.from?.join(', ') ?? null,
    to: change?.to?.join(', ') ?? null,
  };
}

const NAMED_SETTING = wordSet('setting settings policy account application rule organization workspace');

function textsOf(row: EntryRow, leaves: readonly Leaf[]): string[] {
  const texts = leaves
    .filter((leaf) => hasAny(leaf.keys, TEXT_KEYS) && isShort(leaf))
    .map((leaf) => String(leaf.value));
  // A person's or tunnel's name is a name; a setting's name says what the setting is.
  const type = wordsOf(row.target?.type ?? '');
  if (row.target?.name && (hasAny(type, NAMED_SETTING) || /\bfrom\b.+\bto\b/i.test(row.target.name)))
    texts.push(row.target.name);
  return texts;
}

const PAIRS: ReadonlyMap<string, string> = new Map([
  ['allow list', 'allowlist'],
  ['white list', 'whitelist'],
  ['two factor', 'mfa'],
  ['multi factor', 'mfa'],
  ['multifactor authentication', 'mfa'],
  ['security group', 'firewall'],
  ['single sign', 'sso'],
  ['identity provider', 'idp'],
  ['sign in', 'signin'],
  ['log in', 'signin'],
  ['basic auth', 'authentication'],
  ['network acl', 'firewall'],
  ['ip restriction', 'firewall'],
  ['access block', 'firewall'],
  ['trusted domains', 'allowlist'],
  ['trusted domain', 'allowlist'],
  ['trusted origins', 'allowlist'],
  ['trusted origin', 'allowlist'],
  ['trusted ip', 'allowlist'],
  ['trusted ips', 'allowlist'],
  ['sign on', 'signin'],
  ['network policy', 'firewall'],
  ['second factor', 'mfa'],
  ['security hub', 'siem'],
]);

function joined(words: readonly string[]): string[] {
  return words.flatMap((word, i) => {
    const pair = PAIRS.get(`${word} ${words[i + 1] ?? ''}`);
    return pair === undefined ? [word] : [word, pair];
  });
}

function outcomeOf({ leaves, meaning, deed }: Facts): Reading['outcome'] {
  for (const leaf of leaves) {
    if (!hasAny(leaf.keys, OUTCOME_KEYS) || typeof leaf.value !== 'string' || leaf.value.length > 40) continue;
    const words = wordsOf(leaf.value);
    if (hasAny(words, BAD)) return 'failure';
    if (hasAny(words, GOOD)) return 'success';
  }
  if (
    leaves.some(
      (leaf) => leaf.path === 'error_code' && typeof leaf.value === 'string' && leaf.value !== '' && leaf.value !== '0',
    )
  )
    return 'failure';
  if (meaning === 'login_failed' || hasAny(deed, BAD)) return 'failure';
  return meaning === 'login_succeeded' ? 'success' : 'unknown';
}

function readLoss({ deed, meaning, row }: Facts, names: Set<ReadingName>): void {
  const afterDot = wordsOf(row.action).slice(row.action.includes('.') ? 1 : 0);
  if (hasAny(deed, DESTROYED) || meaning === 'account_suspended') names.add('destructive');
  const taken = meaning === 'export_made' || hasAny(deed, TAKEN);
  if (taken) names.add('data_taken');
  if (
    taken &&
    (hasAny(afterDot.length > 1 ? afterDot : wordsOf(row.action), vocabulary.WHOLE) || WHOLE_LIST.test(row.action))
  )
    names.add('all_data_taken');
}
// What comes in is sent on to somebody who is not of the house.
function readForwarding({ leaves, row, looksOnly, deed }: Facts, names: Set<ReadingName>): void {
  if (looksOnly || hasAny(deed, vocabulary.WITHDRAW)) return;
  const house = row.actor?.email?.split('@')[1]?.toLowerCase();
  const sent = leaves.filter((leaf) => hasAny(leaf.keys, SENT_ON) && /^[^\s@]+@[^\s@]+$/.test(String(leaf.value)));
  if (sent.some((leaf) => String(leaf.value).split('@')[1]?.toLowerCase() !== house)) names.add('sent_on');
}
const SENT_ON = wordSet('forward forwards forwarding redirect redirects bcc autoforward');
const WHOLE_LIST = /(user|member|account|customer)s?[._-]?list|all[._-](data|users|content|entries)/i;
const DESTROYED = wordSet('deleted delete destroyed destroy purged purge erased trashed');
const TAKEN = wordSet('downloaded download exported export copied');
