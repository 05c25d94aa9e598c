import { strictnessOf, switchOf } from './change.ts';
import { readAllowlist } from './exposure.ts';
import { CHANGING, type Facts, type ReadingName } from './facts.ts';
import * as vocabulary from './vocabulary.ts';
import { hasAny, wordSet, wordsOf } from './words.ts';

/** Protections that were weakened or changed. */
export function readProtection(facts: Facts, names: Set<ReadingName>): void {
  const { meaning, deed, deedJoined, about, changes, leaves, row } = facts;
  const verdict = directionOf(facts);
  if (
    meaning === 'allowlist_changed' ||
    deedJoined.has('allowlist') ||
    deedJoined.has('whitelist') ||
    deedJoined.has('allowlisted')
  ) {
    readAllowlist(facts, names);
    return;
  }
  const bypass =
    leaves.some((leaf) => leaf.keys.includes('status') && String(leaf.value).toLowerCase() === 'bypass') ||
    (about.has('bypass') && hasAny(deed, GENERATED));
  if (bypass && !hasAny(deed, GONE)) names.add('factor_bypassed');
  const factor = hasAny(deedJoined, vocabulary.FACTOR) || hasAny(about, vocabulary.FACTOR);
  const forAll = hasAny(deed, vocabulary.FOR_ALL) || hasAny(wordsOf(row.target?.type ?? ''), WIDE_TARGETS);
  const isSignIn = meaning === 'login_succeeded' || meaning === 'login_failed' || meaning === 'logout';
  if (isSignIn || meaning === 'two_factor_enabled') return;
  if (factor && forAll) {
    if (verdict === 'weaker') names.add('factor_removed_for_all');
    else if (hasAny(deedJoined, vocabulary.FACTOR)) names.add('sign_in_policy_changed');
  }
  if (meaning === 'two_factor_disabled') return;
  if (hasAny(deedJoined, vocabulary.SIGN_IN_POLICY) && hasAny(deed, CHANGING) && !names.has('access_widened'))
    names.add('sign_in_policy_changed');
  const watch = hasAny(deedJoined, vocabulary.WATCH) && !deed.has('login');
  if (watch && (verdict === 'weaker' || (verdict === 'unknown' && hasAny(deed, vocabulary.ALTER))))
    names.add('watching_weakened');
  const inDeed =
    watch ||
    hasAny(deedJoined, vocabulary.GUARD) ||
    hasAny(deedJoined, vocabulary.FENCE) ||
    (hasAny(deedJoined, DOOR) && hasAny(deed, vocabulary.FOR_ALL)) ||
    wordsOf(row.action).lastIndexOf('security') > 0;
  const inSettings =
    (meaning === 'settings_changed' ||
      hasAny(deed, SETTINGS) ||
      (hasAny(deed, vocabulary.ALTER) && hasAny(about, SETTINGS))) &&
    (deed.has('security') ||
      hasAny(about, vocabulary.GUARD) ||
      hasAny(about, vocabulary.FENCE) ||
      hasAny(about, vocabulary.FACTOR) ||
      about.has('security') ||
      about.has('password'));
  if (isNoLongerAsked(facts) || isOpened(facts)) names.add('protection_weakened');
  if (!inDeed && !inSettings) return;
  if (verdict === 'weaker') names.add('protection_weakened');
  else if (
    verdict === 'unknown' &&
    (inDeed || deed.has('security')) &&
    hasAny(deed, vocabulary.ALTER) &&
    changes.every((one) => one.to === null)
  )
    names.add('protection_changed');
  if (
    changes.some(
      (one) => hasAny(one.about, LASTING) && (one.to ?? []).some((value) => /never|unlimited|none/i.test(value)),
    )
  )
    names.add('session_unlimited');
}
// Whatever it is: that it was asked of everybody and is not any more.
function isNoLongerAsked(facts: Facts): boolean {
  const { changes, deed, leaves, meaning } = facts;
  const asked = (words: Iterable<string>) => hasAny(words, vocabulary.REQUIREMENT);
  const lifted = changes.some((one) => {
    const about = asked(one.about) || (asked(deed) && meaning === null);
    const before = hasAny(wordsOf(one.from?.join(' ') ?? ''), vocabulary.REQUIRED);
    return switchOf(one.to) === false && (before || (about && switchOf(one.from) !== false));
  });
  const undone = asked(deed) && hasAny(deed, vocabulary.WEAKEN) && leaves.every((leaf) => leaf.value !== true);
  return lifted || undone || isTurnedOff(facts);
}

// A control that is switched off, by the verb or by the value; its removal from somewhere may be anything.
function isTurnedOff({ changes, deed, leaves, about }: Facts): boolean {
  if (!hasAny(deed, vocabulary.CONTROL) && !hasAny(about, vocabulary.CONTROL)) return false;
  if (changes.some((one) => switchOf(one.from) === true && switchOf(one.to) === false)) return true;
  return (
    hasAny(deed, vocabulary.CONTROL) &&
    hasAny(deed, vocabulary.TURN_OFF) &&
    leaves.every((leaf) => leaf.value !== true) &&
    changes.length === 0
  );
}

function isOpened({ deed, changes }: Facts): boolean {
  const closed = changes.some((one) => switchOf(one.to) === false);
  return (
    (hasAny(deed, vocabulary.OPENING) && hasAny(deed, ENABLED) && !closed) ||
    (deed.has('forwarding') && (deed.has('out') || deed.has('external')))
  );
}
const ENABLED = wordSet('enable enabled allow allowed activate activated');
const DOOR = wordSet('signin password passwords');
const GENERATED = wordSet('create created generate generated enable enabled add added issue issued update updated');
const GONE = wordSet('delete deleted detele remove removed expired revoked disable disabled');
const WIDE_TARGETS = wordSet('organization organisation tenant workspace policy system');
const SETTINGS = wordSet('settings setting policy policies preference preferences configuration config');
const LASTING = wordSet('session duration lifetime timeout expiry expiration');

// Values speak louder than the verb: "updated … from Off to On" is no weakening.
export function directionOf({ changes, deed, about, leaves, meaning }: Facts): 'weaker' | 'stronger' | 'unknown' {
  let weaker = false;
  let stronger = false;
  for (const change of changes) {
    const to = switchOf(change.to);
    const from = switchOf(change.from);
    const stricter = strictnessOf(change);
    if (stricter !== null && stricter !== 0) {
      if (stricter < 0) weaker = true;
      else stronger = true;
    } else if (to !== null && to !== from) {
      const permissive = hasAny(change.about.length > 0 ? [...change.about, ...about] : about, vocabulary.PERMISSIVE);
      if (to === permissive) weaker = true;
      else stronger = true;
    } else if (change.from !== null && change.to !== null) {
      // A list that lost members and gained none, a number that fell.
      const [before, after] = [new Set(change.from), new Set(change.to)];
      if ([...before].some((one) => !after.has(one)) && [...after].every((one) => before.has(one))) weaker = true;
      else if ([...after].some((one) => !before.has(one)) && [...before].every((one) => after.has(one)))
        stronger = true;
      else stronger ||= Number(change.to[0]) > Number(change.from[0]);
    } else if (change.to !== null && change.to.length === 0) weaker = true;
  }
  if (weaker) return 'weaker';
  if (stronger) return 'stronger';
  const flag = leaves.find((leaf) => typeof leaf.value === 'boolean' && hasAny(leaf.keys, FLAGS));
  if (flag !== undefined) return flag.value === true ? 'stronger' : 'weaker';
  const [off, on] = [hasAny(deed, vocabulary.WEAKEN), hasAny(deed, vocabulary.STRENGTHEN)];
  if (off && !(on && meaning === null && hasAny(deed, vocabulary.ALTER))) return 'weaker';
  return on && !hasAny(deed, vocabulary.ALTER) ? 'stronger' : 'unknown';
}
const FLAGS = wordSet('enabled enable active enforced required policy block restrict require protect');
