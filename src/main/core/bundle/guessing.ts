// A leaf hash is made of an entry's bytes without any salt. Whoever knows all of an entry but a name could try names until
// the hash fits, unless something in it cannot be guessed: the id that the server gave it, which a pseudonymised bundle
// withholds. This says whether ids can be relied on for that.

/** Fewer, and leaf hashes are withheld. 2^48 trials for each combination of everything else that is hidden. */
const ENOUGH_BITS = 48;
const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** What ids are written in, by how much a character can hold. */
const ALPHABETS = [
  { of: /^\d+$/, bits: 0 },
  { of: /^[0-9a-f]+$/i, bits: 4 },
  // Letters and digits: a little less than log2 of 36.
  { of: /^[0-9a-z]+$/i, bits: 5 },
] as const;

/**
 * Judges ids by some of them, in the order of time: whether they look given by chance, of how many kinds of characters they are
 * made, and with that whether one of them is long enough that nobody can guess it.
 */
export function unguessableIds(sample: readonly string[]): (id: string) => boolean {
  if (sample.every((id) => UUID4.test(id))) return (id) => UUID4.test(id);
  const alphabet = ALPHABETS.find(({ of }) => sample.every((id) => of.test(tailOf(id))));
  if (alphabet === undefined || !lookRandom(sample)) return () => false;
  return (id) => alphabet.of.test(tailOf(id)) && tailOf(id).length * alphabet.bits >= ENOUGH_BITS;
}

// Of counted ones, most begin as the one before.
function lookRandom(ids: readonly string[]): boolean {
  let alike = 0;
  for (let i = 1; i < ids.length; i++) {
    const [before, now] = [tailOf(ids[i - 1]!), tailOf(ids[i]!)];
    const third = Math.ceil(now.length / 3);
    if (before !== now && before.slice(0, third) === now.slice(0, third)) alike++;
  }
  return alike * 50 <= ids.length;
}

function tailOf(id: string): string {
  return id.slice(Math.max(id.lastIndexOf('_'), id.lastIndexOf('-'), id.lastIndexOf(':')) + 1);
}
