import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import type { Actor, Target } from '../../../shared/entry.ts';

// A token is made by HMAC-SHA-256 with a key that only the archive can make: the same person always gets the same one, and
// nobody without the key can try out who it might be. An address becomes an address of fd00::/8, so that what looks for
// addresses finds it.

/** Gives people, addresses and entries other names. */
export type Pseudonyms = {
  /** The token of a person; null where there is nothing to know them by. */
  person(who: Pick<Actor, 'id' | 'name' | 'email'>): string | null;
  entry(id: string): string;
  address(text: string): string;
  /** A text in which every name, e-mail address, person's id and IP address that is known or recognised is a token. */
  text(text: string): string;
};

type Known = { readonly lower: string; readonly token: string };

const WORD = /[\p{L}\p{N}]+/gu;
const INSIDE_WORD = /[\p{L}\p{N}]/u;
const EMAIL = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
// Not behind a word and a slash: that is the version of a program.
const MAYBE_ADDRESS =
  /(?<![\p{L}\p{N}.:]|[\p{L}\p{N}]\/)(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\.\d{1,3}){0,3})(?![\p{L}\p{N}])/giu;
/** A name of fewer letters stands in too many words to be replaced wherever it stands. */
const SHORTEST_NAME = 3;
const MOST_KEPT = 100_000;

export const isPersonTarget = ({ type }: Pick<Target, 'type'>): boolean =>
  type !== null && /^(user|member|person|account|admin|owner|invitee|invitation)$/i.test(type);

/** `people` are all that the archive knows: actors, and targets that are people. */
export function createPseudonyms(key: Uint8Array, people: readonly Pick<Actor, 'id' | 'name' | 'email'>[]): Pseudonyms {
  const hmac = (kind: string, value: string): Buffer => createHmac('sha256', key).update(`${kind}\0${value}`).digest();
  const idOfEmail = new Map<string, string>();
  const idsOfName = new Map<string, Set<string>>();
  for (const { id, name, email } of people) {
    if (email !== null && id !== null && !idOfEmail.has(email.toLowerCase())) idOfEmail.set(email.toLowerCase(), id);
    if (name !== null) {
      const ids = idsOfName.get(name.toLowerCase()) ?? new Set();
      ids.add(id ?? email?.toLowerCase() ?? '');
      idsOfName.set(name.toLowerCase(), ids);
    }
  }

  // Ids tell people apart, then e-mail addresses; a name only where nobody else has it.
  const standing = (who: Pick<Actor, 'id' | 'name' | 'email'>): string | null => {
    if (who.id !== null) return `id ${who.id}`;
    const email = who.email?.toLowerCase();
    if (email !== undefined) return idOfEmail.has(email) ? `id ${idOfEmail.get(email)}` : `email ${email}`;
    if (who.name === null) return null;
    const [only, ...others] = idsOfName.get(who.name.toLowerCase()) ?? [];
    if (only === undefined || only === '' || others.length > 0) return `name ${who.name.toLowerCase()}`;
    return only.includes('@') ? standing({ id: null, name: null, email: only }) : `id ${only}`;
  };
  const person = (who: Pick<Actor, 'id' | 'name' | 'email'>): string | null => {
    const found = standing(who);
    return found === null ? null : `person-${hmac('person', found).toString('hex', 0, 6)}`;
  };
  const address = (given: string): string => {
    const groups = hmac('address', given.toLowerCase()).toString('hex', 0, 15).padStart(30, '0');
    return `fd${groups}`.replace(/(.{4})(?!$)/g, '$1:');
  };
  const emailToken = (email: string): string => `${person({ id: null, name: null, email })}@pseudonym.invalid`;

  const byFirstWord = namesByFirstWord(people, person);
  const kept = new Map<string, string>();
  const replaced = (text: string): string =>
    withoutNames(text, byFirstWord)
      .replace(EMAIL, (email) => (email.endsWith('@pseudonym.invalid') ? email : emailToken(email)))
      .replace(MAYBE_ADDRESS, (given) => (isIP(given) === 0 ? given : address(given)));
  return {
    person,
    address,
    entry: (id) => `entry-${hmac('entry', id).toString('hex', 0, 10)}`,
    text(given) {
      // The same few texts stand in most entries.
      let found = kept.get(given);
      if (found === undefined) {
        found = replaced(given);
        if (kept.size < MOST_KEPT) kept.set(given, found);
      }
      return found;
    },
  };
}

function namesByFirstWord(
  people: readonly Pick<Actor, 'id' | 'name' | 'email'>[],
  person: Pseudonyms['person'],
): ReadonlyMap<string, readonly Known[]> {
  const known = new Map<string, string>();
  for (const { id, name, email } of people) {
    const add = (value: string | null, token: string | null): void => {
      if (value !== null && token !== null && value.length >= SHORTEST_NAME) known.set(value.toLowerCase(), token);
    };
    add(id, person({ id, name: null, email: null }));
    add(name, person({ id: null, name, email: null }));
    const own = person({ id: null, name: null, email });
    add(email, own === null ? null : `${own}@pseudonym.invalid`);
  }
  const byWord = new Map<string, Known[]>();
  for (const [lower, token] of known) {
    const [first] = lower.match(WORD) ?? [];
    // What has no letter or digit is no name.
    if (first === undefined || !lower.startsWith(first)) continue;
    byWord.set(first, [...(byWord.get(first) ?? []), { lower, token }]);
  }
  // The longest first: an e-mail address may begin like a name.
  for (const list of byWord.values()) list.sort((a, b) => b.lower.length - a.lower.length);
  return byWord;
}

function withoutNames(text: string, byFirstWord: ReadonlyMap<string, readonly Known[]>): string {
  const lowered = text.toLowerCase();
  // A few letters change their length; then only what is written exactly so is found.
  const lower = lowered.length === text.length ? lowered : text;
  let out = '';
  let from = 0;
  for (const { 0: word, index } of lower.matchAll(WORD)) {
    if (index < from) continue;
    const found = byFirstWord
      .get(word)
      ?.find((one) => lower.startsWith(one.lower, index) && !INSIDE_WORD.test(lower[index + one.lower.length] ?? ''));
    if (found === undefined) continue;
    out += text.slice(from, index) + found.token;
    from = index + found.lower.length;
  }
  return from === 0 ? text : out + text.slice(from);
}
