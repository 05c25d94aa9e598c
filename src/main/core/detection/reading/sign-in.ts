import { type Facts, isShort, type ReadingName } from './facts.ts';
import * as vocabulary from './vocabulary.ts';
import { hasAny, wordSet, wordsOf } from './words.ts';

const CALMED = wordSet('dismissed remediated safe');

/** What a sign-in says of its own risk, protocol and device. */
export function readSignIn({ meaning, leaves, row }: Facts, names: Set<ReadingName>): void {
  const signIn = meaning === 'login_succeeded' || meaning === 'login_failed';
  const risk = leaves.filter((leaf) => leaf.keys.includes('risk') || leaf.keys.includes('threat'));
  const calmed = risk.some((leaf) => hasAny(wordsOf(String(leaf.value)), CALMED));
  const high = risk.some(
    (leaf) =>
      hasAny(wordsOf(String(leaf.value)), HIGH_RISK) ||
      (typeof leaf.value === 'number' && leaf.keys.includes('score') && leaf.value >= 75),
  );
  if (high && !calmed) names.add('risky_sign_in');
  const novelties = leaves.filter(
    (leaf) => leaf.keys.includes('new') && String(leaf.value).toUpperCase() === 'POSITIVE',
  ).length;
  const listed = leaves.flatMap((leaf) => String(leaf.value).match(/\bnew [\w -]+=POSITIVE/gi) ?? []).length;
  // A session that is new in several ways at once, at the door of the administration.
  if (
    novelties + listed >= 2 &&
    wordsOf(row.target?.name ?? '').some((word) => word === 'admin' || word === 'administration')
  )
    names.add('risky_sign_in');
  if (!signIn) return;
  if (
    meaning === 'login_succeeded' &&
    leaves.some((leaf) => leaf.keys.includes('identity') && /^(root|superuser)$/i.test(String(leaf.value)))
  )
    names.add('root_used');
  if (
    meaning === 'login_succeeded' &&
    leaves.some(
      (leaf) => hasAny(leaf.keys, CLIENT_KEYS) && hasAny(wordsOf(String(leaf.value)), vocabulary.OLD_PROTOCOL),
    )
  )
    names.add('legacy_sign_in');
  if (meaning === 'login_failed') {
    const reasons = leaves.filter((leaf) => hasAny(leaf.keys, REASON_KEYS)).map((leaf) => wordsOf(String(leaf.value)));
    if (reasons.some((words) => hasAny(words, vocabulary.DEVICE) && hasAny(words, vocabulary.DISTRUST)))
      names.add('untrusted_device');
    if (reasons.some((words) => words.includes('fraud') || (words.includes('declined') && words.includes('phishing'))))
      names.add('rejected_by_person');
  }
}
const HIGH_RISK = wordSet('high critical severe compromised');
const CLIENT_KEYS = wordSet('client protocol');
const REASON_KEYS = wordSet('reason result description message');

const VERDICT_KEYS = wordSet('reason result description message policy state verdict event classification');

/** Whether the entry is an alarm of the source. */
export function readAlarm({ deed, leaves, meaning, looksOnly }: Facts, names: Set<ReadingName>): void {
  if (meaning === 'logout' || looksOnly) return;
  if (hasAny(deed, vocabulary.ALARM) && !hasAny(deed, vocabulary.AGAINST)) names.add('alarm_raised');
  // What may be used once and was used again.
  if (deed.has('reuse') && (deed.has('detect') || deed.has('detected'))) names.add('alarm_raised');
  for (const leaf of leaves) {
    if (leaf.value === true && hasAny(leaf.keys, vocabulary.ALARM)) names.add('alarm_raised');
    if (!isShort(leaf) || !hasAny(leaf.keys, VERDICT_KEYS)) continue;
    const words = wordsOf(String(leaf.value));
    if (hasAny(words, vocabulary.ALARM) && !hasAny(words, vocabulary.AGAINST)) names.add('alarm_raised');
  }
}
