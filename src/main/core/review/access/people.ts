import type { Actor } from '../../../../shared/entry.ts';
import { fold } from '../../../../shared/text.ts';

/** Who is who: entries name a person by an id, an e-mail address or a name, and not always by the same. */
export type People = {
  /** The same text for all that name the same person. */
  keyOf(person: Actor): string;
  /** With what is known of the person beside what an entry says. */
  named(person: Actor): Actor;
};

/** `actors` are all that ever acted: what their entries say of them ties ids, addresses and names together. */
export function peopleOf(actors: readonly Actor[]): People {
  const byId = new Map<string, Actor>();
  const idOfEmail = new Map<string, string | null>();
  const idOfName = new Map<string, string | null>();
  for (const actor of actors) {
    if (actor.id === null) continue;
    const before = byId.get(actor.id);
    // Dictionaries grow in the order in which values appear: the later name is the newer one.
    byId.set(actor.id, {
      id: actor.id,
      name: actor.name ?? before?.name ?? null,
      email: actor.email ?? before?.email ?? null,
    });
    if (actor.email !== null) note(idOfEmail, fold(actor.email), actor.id);
    if (actor.name !== null) note(idOfName, fold(actor.name), actor.id);
  }
  const idOf = ({ id, email, name }: Actor): string | null => {
    if (id !== null) return id;
    if (email !== null) return idOfEmail.get(fold(email)) ?? null;
    return name === null ? null : (idOfName.get(fold(name)) ?? null);
  };
  return {
    keyOf(person) {
      const id = idOf(person);
      return id === null ? `named ${fold(person.email ?? person.name ?? '')}` : `id ${id}`;
    },
    named(person) {
      const id = idOf(person);
      const known = id === null ? undefined : byId.get(id);
      return {
        id: id ?? person.id,
        name: known?.name ?? person.name,
        email: known?.email ?? person.email,
      };
    },
  };
}

// What two ids share is nobody's own.
function note(ids: Map<string, string | null>, text: string, id: string): void {
  const known = ids.get(text);
  if (known === undefined) ids.set(text, id);
  else if (known !== id) ids.set(text, null);
}
