/** The lower-case words of a name or text: `team.member_added`, `CreateAccessKey` and `SSO settings` alike. */
export function wordsOf(text: string): string[] {
  return (
    text
      .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
      // Looking back instead of taking the run of capitals: a name of 20,000 of them would be gone through for each.
      .replace(/(?<=\p{Lu})(\p{Lu}\p{Ll})/gu, ' $1')
      .toLowerCase()
      .split(/[^\p{L}\p{N}*]+/u)
      .filter((word) => word !== '')
  );
}

/** A set of words that answers whether any of a list is in it. */
export type WordSet = ReadonlySet<string>;

/** A word set from a line of words. */
export function wordSet(line: string): WordSet {
  return new Set(line.split(/\s+/).filter((word) => word !== ''));
}

/** Whether any word of `words` is in `set`. */
export function hasAny(words: Iterable<string>, set: WordSet): boolean {
  for (const word of words) if (set.has(word)) return true;
  return false;
}
