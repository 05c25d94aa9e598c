import { type Facts, isShort, type ReadingName } from './facts.ts';
import { highestRank } from './roles.ts';
import { isSelf } from './self.ts';
import * as vocabulary from './vocabulary.ts';
import { hasAny, wordSet, wordsOf } from './words.ts';

const ROLE_WORDS = wordSet(
  'role roles admin admins owner owners privilege privileges permission permissions moderator moderators maintainer superuser policy',
);
const ROLE_KEYS = wordSet('role roles privilege privileges policy permission permissions level type query statement');

/** Who may do more or less than before. */
export function readPrivilege(facts: Facts, names: Set<ReadingName>): void {
  const { row, meaning, deed, leaves, changes, looksOnly } = facts;
  if (looksOnly) return;
  const own = isSelf(row);
  if (
    meaning === 'ownership_transferred' ||
    (hasAny(deed, MOVE) && (hasAny(deed, OWNER) || changes.some((one) => one.to !== null && hasAny(one.about, OWNER))))
  )
    names.add('ownership_moved');
  const aboutRoles =
    meaning === 'role_changed' || hasAny(deed, ROLE_WORDS) || changes.some((one) => hasAny(one.about, ROLE_WORDS));
  const givesRole =
    hasAny(deed, vocabulary.GRANT) && leaves.some((leaf) => leaf.keys.includes('role') && isShort(leaf));
  const joins = meaning === 'member_added' || meaning === 'member_invited' || meaning === 'account_created';
  if (!aboutRoles && !joins && !givesRole) return;
  let decided = false;
  for (const change of changes) {
    if (meaning === 'ownership_transferred') break;
    const from = highestRank(change.from);
    const to = highestRank(change.to);
    if (to >= 3 && from < to) {
      names.add('privilege_raised');
      if (to === 4) names.add('top_role_granted');
      decided = true;
    } else if (from >= 3 && to > 0 && to <= from) {
      names.add('privilege_lowered');
      decided = true;
    } else if (from > 0 && to > 0) decided = true;
    // A role between member and administrator that carries the word admin of something is still a rise.
    else if (to >= 3) decided = true;
  }
  if (!decided) {
    const given = leaves.filter((leaf) => hasAny(leaf.keys, ROLE_KEYS) && isShort(leaf) && !leaf.keys.includes('old'));
    const rank = Math.max(0, ...given.map((leaf) => highestRank([String(leaf.value)])));
    const inDeed = highestRank([[...deed].join(' ')]);
    const towards =
      roleAfterTo(row.action) ??
      leaves
        .map((leaf) =>
          typeof leaf.value === 'string' && leaf.keys.includes('native') ? roleAfterTo(leaf.value) : null,
        )
        .find((one) => one !== null) ??
      null;
    const withdrawn = hasAny(deed, vocabulary.WITHDRAW);
    if (towards !== null) {
      if (towards >= 3) names.add(towards === 4 ? 'top_role_granted' : 'privilege_granted');
      if (towards === 1) names.add('privilege_lowered');
    } else if (!withdrawn && rank >= 3 && (joins || hasAny(deed, vocabulary.GRANT) || meaning === 'role_changed')) {
      names.add('privilege_granted');
      if (rank === 4) names.add('top_role_granted');
    } else if (
      !withdrawn &&
      (meaning === 'role_changed' || inDeed >= 3) &&
      hasAny(deed, vocabulary.GRANT) &&
      rank !== 1 &&
      !joins &&
      namesStanding(withoutPlace(facts))
    ) {
      names.add('privilege_granted');
    }
    if (!withdrawn && wordsOf(row.target?.name ?? '').join(' ') === 'public') names.add('opened_to_world');
  }
  if (
    (deed.has('role') || deed.has('policy')) &&
    (deed.has('created') || deed.has('updated') || deed.has('create') || deed.has('update')) &&
    meaning !== 'role_changed'
  ) {
    const powers = leaves
      .filter((leaf) => hasAny(leaf.keys, POWER_LISTS))
      .flatMap((leaf) => wordsOf(String(leaf.value)));
    if (hasAny(powers, vocabulary.POWER)) names.add('powerful_role_defined');
  }
  if (own && (names.has('privilege_raised') || names.has('privilege_granted') || names.has('top_role_granted')))
    names.add('on_self');
}
const OWNER = wordSet('owner ownership owners');
const MOVE = wordSet('transfer transferred changed change moved reassigned handed');
const POWER_LISTS = wordSet('permissions permission scopes privileges');

// `admin.create_group` is done in the administration; `admin.create` makes an administrator.
function withoutPlace({ row, deed }: Facts): ReadonlySet<string> {
  const [place = '', ...rest] = row.action.split('.');
  const after = wordsOf(rest.join(' '));
  if (after.length < 2) return deed;
  const kept = new Set(after);
  return new Set([...deed].filter((word) => kept.has(word) || !wordsOf(place).includes(word)));
}

// The bare fact that something was assigned says nothing of its height; these words do.
function namesStanding(deed: ReadonlySet<string>): boolean {
  return hasAny(deed, STANDING);
}
const STANDING = wordSet(
  'admin admins owner owners moderator moderators maintainer privilege privileges permissions superuser completed permanent',
);

function roleAfterTo(name: string): number | null {
  const words = wordsOf(name);
  const at = words.lastIndexOf('to');
  return at > 0 && hasAny(words.slice(0, at), ROLE_WORDS) ? highestRank([words.slice(at + 1).join(' ')]) || null : null;
}
