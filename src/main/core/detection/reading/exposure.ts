import type { Facts, ReadingName } from './facts.ts';
import * as vocabulary from './vocabulary.ts';
import { hasAny, wordSet, wordsOf } from './words.ts';

const UNIVERSE = /^(0\.0\.0\.0\/0|::\/0|\*)$/;

/** What a list of allowed addresses or applications lets in now. */
export function readAllowlist({ changes, deed, leaves }: Facts, names: Set<ReadingName>): void {
  const pairs = changes.filter((one) => one.to !== null);
  // A list that was empty let everybody in: the first of a list keeps others out.
  const gained = pairs.flatMap((one) =>
    one.from?.length === 0 ? [] : (one.to ?? []).filter((range) => !(one.from ?? []).includes(range)),
  );
  if (
    [...gained, ...leaves.filter((leaf) => !hasAny(leaf.keys, BEFORE)).map((leaf) => String(leaf.value))].some(
      (range) => UNIVERSE.test(range.trim()),
    )
  )
    names.add('opened_to_world');
  else if (pairs.some((one) => (one.from?.length ?? 0) > 0 && one.to?.length === 0)) names.add('opened_to_world');
  else if (gained.length > 0 || (pairs.length === 0 && (hasAny(deed, ADDED) || deed.has('allowlisted'))))
    names.add('allowlist_widened');
  if (hasAny(deed, SWITCHED_OFF)) names.add('protection_weakened');
}
const BEFORE = wordSet('before from old previous');
const ADDED = wordSet('add added create created');
const SWITCHED_OFF = wordSet('disabled disable deleted destroyed');

/** What anyone can reach now. */
export function readExposure({ leaves, row, meaning, deed }: Facts, names: Set<ReadingName>): void {
  if (meaning === 'login_succeeded' || meaning === 'login_failed') return;
  for (const leaf of leaves) {
    if (hasAny(leaf.keys, BEFORE)) continue;
    if (leaf.value === true && isAboutPublic(leaf.keys)) names.add('opened_to_world');
    if (leaf.value === false && hasAny(leaf.keys, PUBLIC) && hasAny(leaf.keys, KEPT_OUT)) names.add('opened_to_world');
    // A text that was cut off and is no JSON any more still says which addresses come in.
    if (
      typeof leaf.value === 'string' &&
      deed.has('ingress') &&
      !hasAny(deed, vocabulary.WITHDRAW) &&
      /(^|[^\d.])0\.0\.0\.0\/0|::\/0/.test(leaf.value)
    )
      names.add('opened_to_world');
    if (typeof leaf.value !== 'string' || leaf.value.length > 120) continue;
    const text = leaf.value.trim();
    // Who may reach a thing that is shared: an asterisk, or the bare word for all.
    if (
      !hasAny(deed, vocabulary.WITHDRAW) &&
      hasAny(deed, SHARED) &&
      ((text === '*' && hasAny(leaf.keys, PARTY)) || (text.toLowerCase() === 'all' && hasAny(leaf.keys, GIVEN)))
    )
      names.add('opened_to_world');
    if (UNIVERSE.test(text) && hasAny(leaf.keys, ADDRESSES) && !hasAny(deed, vocabulary.WITHDRAW))
      names.add('opened_to_world');
    else if (hasAny(leaf.keys, vocabulary.AUDIENCE) && meansEverybody(text) && !hasAny(deed, vocabulary.WITHDRAW))
      names.add('opened_to_world');
  }
  if (
    deed.has('public') &&
    (deed.has('made') || deed.has('publicized') || deed.has('published')) &&
    row.target !== null
  )
    names.add('opened_to_world');
}
const PUBLIC = wordSet('public publicly');
const KEPT_OUT = wordSet('block blocks blocked restrict restricted ignore deny');
const SHARED = wordSet('permission permissions attribute attributes share shared sharing policy acl visibility');
const PARTY = wordSet('principal principals grantee');
const GIVEN = wordSet('group groups add principal ids accounts grantee');

function isAboutPublic(keys: readonly string[]): boolean {
  return (keys.at(-1) === 'public' || keys.includes('publicly')) && !hasAny(keys, KEPT_OUT);
}

function meansEverybody(text: string): boolean {
  return hasAny(wordsOf(text), vocabulary.EVERYBODY) || /all[ _-]?(authenticated[ _-]?)?users/i.test(text);
}

const ADDRESSES = wordSet('cidr ip ips range ranges source ipv4 ipv6 after to new address addresses');
