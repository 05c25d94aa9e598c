import { wordSet, wordsOf } from './words.ts';

const TOP = wordSet('owner owners superuser superadmin root');
const HIGH = wordSet(
  'admin admins administrator administrators administratoraccess maintainer privileged fullaccess poweruser',
);
const MIDDLE = wordSet('moderator moderators manager editor operator contributor developer write');
const LOW = wordSet('member members user users viewer reader guest basic none read readonly licensed');

/** How much a role may do: 4 owner, 3 administrator, 2 in between, 1 ordinary, 0 where the words tell nothing. */
export function roleRank(text: string): number {
  const words = wordsOf(text);
  const has = (set: ReadonlySet<string>) => words.some((word) => set.has(word));
  if (has(TOP) || (words.includes('super') && (words.includes('user') || words.includes('admin') || has(HIGH))))
    return 4;
  // `accountadmin`, `sysadmin`: what it is that they may do everything to is part of the word.
  const ends = words.some((word) => /.(admin|administrator)$/.test(word));
  if (has(HIGH) || ends || (words.includes('full') && words.includes('access'))) return 3;
  return has(MIDDLE) ? 2 : has(LOW) ? 1 : 0;
}

/** The highest rank among several roles. */
export function highestRank(roles: readonly string[] | null): number {
  return Math.max(0, ...(roles ?? []).map(roleRank));
}
