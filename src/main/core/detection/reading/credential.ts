import type { Facts, ReadingName } from './facts.ts';
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
      /\bservice account\b/i.test(row.target?.name ?? '')
    )
      names.add('service_credential_created');
    const expiry = leaves.filter((leaf) => leaf.keys.some((word) => word.startsWith('expir')));
    if (expiry.some((leaf) => leaf.value === null || leaf.value === 'never' || leaf.value === 0 || leaf.value === ''))
      names.add('credential_never_expires');
    const rooted =
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
  } else if (
    !facts.looksOnly &&
    hasAny(deed, vocabulary.REACH) &&
    hasAny(deed, vocabulary.WIDEN) &&
    hasAny(deed, APP)
  ) {
    names.add('access_widened');
  }
  if (hasAny(deed, vocabulary.CREDENTIAL) && hasAny(deed, SEEN) && !isSelf(row)) names.add('secret_viewed');
  if (hasAny(deed, SECRETS) && hasAny(deed, FETCHED)) names.add('secret_fetched');
  if (
    meaning === 'impersonated' ||
    deed.has('impersonate') ||
    deed.has('impersonation') ||
    (deed.has('logged') && deed.has('as'))
  )
    names.add('impersonation');
}
const SCOPE_KEYS = wordSet('scope scopes permissions permission to');
const POWERFUL_SCOPE = wordSet('admin owner all full *');
const SECRETS = wordSet('secret secrets parameter parameters keyvault vault password passwords credential credentials');
const FETCHED = wordSet(
  'get gets retrieve retrieved read fetch fetched reveal revealed decrypt decrypted view viewed batch',
);
const APP = wordSet('app apps application bot integration oauth token connector plugin');
const SEEN = wordSet('view viewed show reveal revealed displayed exported pushing');
