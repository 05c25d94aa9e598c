import type { Actor, Target, Team } from '../../../shared/entry.ts';
import { fold } from '../../../shared/text.ts';

// Under which values one and the same person or thing is to be looked for. Ids tell; e-mail addresses tell as long as few
// share them; a name tells only where nobody else has it.

/** An address that more ids than these have is nobody's own (a shared mailbox), and neither is an id of more addresses (a placeholder). */
const SHARED = 4;

/**
 * The values a person's entries are found by: ids, and addresses of entries that hold none of these ids. `value` itself
 * where nothing more is known.
 */
export function personKnownAs(value: string, actors: readonly (Actor | null)[]): readonly string[] {
  const people = actors.filter((one) => one !== null);
  const byEmail = groupBy(people, (one) => (one.email === null ? null : fold(one.email)));
  const byId = groupBy(people, (one) => one.id);
  const emailsOfId = (id: string) => distinct((byId.get(id) ?? []).map(({ email }) => email && fold(email)));
  const idsOfEmail = (email: string) => distinct((byEmail.get(email) ?? []).map(({ id }) => id));
  const ids = new Set<string>();
  const emails = new Set<string>();
  if (byId.has(value)) ids.add(value);
  else if (byEmail.has(fold(value))) emails.add(fold(value));
  else {
    const namesakes = people.filter((one) => one.name !== null && fold(one.name) === fold(value));
    const [only, ...others] = distinct(namesakes.map(({ id }) => id));
    if (only === undefined || others.length > 0) return [value];
    ids.add(only);
  }
  for (let before = -1; before !== ids.size + emails.size; ) {
    before = ids.size + emails.size;
    for (const id of ids) {
      const own = emailsOfId(id);
      if (own.size <= SHARED) for (const email of own) if (idsOfEmail(email).size <= SHARED) emails.add(email);
    }
    for (const email of emails) {
      const own = idsOfEmail(email);
      if (own.size <= SHARED) for (const id of own) if (emailsOfId(id).size <= SHARED) ids.add(id);
    }
  }
  const beside = [...emails].flatMap(
    (email) => byEmail.get(email)?.find(({ id }) => id === null || !ids.has(id))?.email ?? [],
  );
  return [...ids, ...beside];
}

/** Every e-mail address of the people with these values, as it was written. */
export function emailsOf(values: readonly string[], actors: readonly (Actor | null)[]): readonly string[] {
  const wanted = new Set(values);
  const folded = new Set(values.map(fold));
  const emails = new Map<string, string>();
  for (const one of actors) {
    if (one === null || one.email === null) continue;
    const email = fold(one.email);
    if ((one.id !== null && wanted.has(one.id)) || folded.has(email)) emails.set(email, one.email);
  }
  return [...emails.values()];
}

/** The id that a value stands for: itself where it is one, else that of the one thing with this name, else null. */
export function idOf(value: string, things: readonly (Pick<Target, 'id' | 'name'> | Team)[]): string | null {
  if (things.some((one) => one.id === value)) return value;
  const namesakes = things.filter((one) => one.name !== null && fold(one.name) === fold(value));
  const [only, ...others] = distinct(namesakes.map(({ id }) => id));
  return only === undefined || others.length > 0 ? null : only;
}

/** The values a thing's entries are found by: its id, and a name of it that stands without an id and is nobody else's. */
export function thingKnownAs(id: string, things: readonly (Pick<Target, 'id' | 'name'> | Team)[]): readonly string[] {
  const names = new Map<string, string>();
  for (const one of things) if (one.id === id && one.name !== null) names.set(fold(one.name), one.name);
  if (names.size === 0) return [id];
  const ids = new Map<string, Set<string | null>>();
  for (const one of things) {
    const name = one.name === null ? null : fold(one.name);
    if (name !== null && names.has(name)) ids.set(name, (ids.get(name) ?? new Set()).add(one.id));
  }
  const own = [...names].filter(([name]) => {
    const holders = ids.get(name);
    return holders?.size === 2 && holders.has(null) && holders.has(id);
  });
  return [id, ...own.map(([, name]) => name)];
}

function distinct(values: readonly (string | null)[]): Set<string> {
  return new Set(values.filter((one) => one !== null));
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = key === null ? undefined : groups.get(key);
    if (group !== undefined) group.push(one);
    else if (key !== null) groups.set(key, [one]);
  }
  return groups;
}
