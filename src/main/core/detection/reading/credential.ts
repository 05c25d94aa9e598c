import type { Facts, ReadingName } from './facts.ts';
import type { Leaf } from './leaves.ts';
import { isSelf } from './self.ts';
import * as vocabulary from './vocabulary.ts';
import { hasAny, wordSet, wordsOf } from './words.ts';

/** Credentials made, widened, shown or fetched. */
export function readCredential(facts: Facts, names: Set<ReadingName>): void {
  const { row, meaning, deed, leaves, about } = facts;
  const made =
    meaning === 'token_created' ||
    (hasAny(deed, vocabulary.CREDENTIAL) && (deed.has('created') || deed.has('create') || deed.has('generated')));
  if (made) {
    if (
      (about.has('service') && about.has('account')) ||
      deed.has('bot') ||
      // What provisions people may make anybody.
      hasAny(deed, vocabulary.SIGN_IN_POLICY) ||
      /\bservice account\b/i.test(row.target?.name ?? '')
    )
      names.add('service_credential_created');
    const expiry = leaves.filter((leaf) => leaf.keys.some((word) => word.startsWith('expir')));
    if (expiry.some((leaf) => leaf.value === null || leaf.value === 'never' || leaf.value === 0 || leaf.value === ''))
      names.add('credential_never_expires');
    const rooted =
      deed.has('root') ||
      row.actor?.name?.toLowerCase() === 'root' ||
      leaves.some((leaf) => leaf.path === 'identity_type' && String(leaf.value).toLowerCase() === 'root');
    // The credential is the top account's own unless it names somebody else.
    if (rooted && (row.target?.type !== 'user' || isSelf(row))) names.add('credential_of_root');
  }
  if (made || meaning === 'token_scope_changed') {
    const scopes = leaves.filter(
      (leaf) => hasAny(leaf.keys, SCOPE_KEYS) && !leaf.keys.includes('from') && !leaf.keys.includes('before'),
    );
    if (scopes.some((leaf) => hasAny(wordsOf(String(leaf.value)), POWERFUL_SCOPE))) names.add('credential_powerful');
  }
  if (meaning === 'token_scope_changed') {
    const gained = facts.changes.flatMap((one) => (one.to ?? []).filter((scope) => !(one.from ?? []).includes(scope)));
    if (gained.some((scope) => hasAny(wordsOf(scope), vocabulary.POWER))) names.add('access_widened');
  } else if (!facts.looksOnly && hasAny(deed, APP) && (isWidened(deed) || isGivenPower(facts))) {
    names.add('access_widened');
  }
  if (hasAny(deed, vocabulary.CREDENTIAL) && hasAny(deed, SEEN) && !isSelf(row)) names.add('secret_viewed');
  if (hasAny(deed, SECRETS) && hasAny(deed, FETCHED)) names.add('secret_fetched');
  if (
    meaning === 'impersonated' ||
    deed.has('impersonate') ||
    deed.has('impersonation') ||
    deed.has('masquerade') ||
    deed.has('masqueraded') ||
    (hasAny(deed, DOOR) && deed.has('as')) ||
    ((deed.has('assumed') || deed.has('assume')) && (deed.has('another') || deed.has('identity')))
  )
    names.add('impersonation');
}
const DOOR = wordSet('login logged signin act acting acted');
const EXPANDED = wordSet(
  'expand expanded upgrade upgraded widen widened elevate elevated escalate escalated extend extended broaden broadened granted added',
);

function isWidened(deed: ReadonlySet<string>): boolean {
  return hasAny(deed, vocabulary.REACH) && hasAny(deed, EXPANDED);
}

// A program that is let in with the power of an administrator, as its scopes, kind or rights say.
function isGivenPower({ deed, leaves }: Facts): boolean {
  if (!hasAny(deed, vocabulary.WIDEN)) return false;
  return leaves.some((leaf) => (hasAny(leaf.keys, RIGHTS) || leaf.keys.includes('consent')) && isPowerful(leaf));
}
function isPowerful({ keys, value }: Leaf): boolean {
  const words = wordsOf(String(value));
  return (
    hasAny(words, POWERFUL_APP) ||
    (words.includes('all') && (words.includes('write') || words.includes('manage'))) ||
    (value === true && keys.includes('admin'))
  );
}
const RIGHTS = wordSet('scope scopes permission permissions type role roles privileges');
const POWERFUL_APP = wordSet('admin administrator administrators owner superuser *');
const SCOPE_KEYS = wordSet('scope scopes permissions permission to');
const POWERFUL_SCOPE = wordSet('admin owner all full *');
const SECRETS = wordSet('secret secrets parameter parameters keyvault vault password passwords credential credentials');
const FETCHED = wordSet(
  'get gets retrieve retrieved read fetch fetched reveal revealed decrypt decrypted view viewed batch',
);
const APP = wordSet('app apps application bot integration oauth token connector plugin client');
const SEEN = wordSet('view viewed show reveal revealed displayed exported pushing');
