import { type Entity, entityOfTarget } from '../../../shared/entity.ts';
import type { Actor, Target } from '../../../shared/entry.ts';
import { exactly } from '../../../shared/filter/exactly.ts';
import type { FilterField, Term } from '../../../shared/filter/filter.ts';
import type { ProfileSide } from '../../../shared/profile-contract.ts';
import { fold } from '../../../shared/text.ts';
import type { ArchiveReader } from '../archive/reader.ts';
import { compileFilter } from '../search/compile.ts';
import { emailsOf, idOf, personKnownAs, thingKnownAs } from './known-as.ts';

/** A way in which the log speaks of something, as the terms of a filter; the first is the one its page is about. */
export type Side = { readonly side: ProfileSide['side']; readonly terms: readonly Term[] };

type Asked = Pick<ArchiveReader, 'tuples'>;

/** The sides of a person, address, tunnel, team or token. Never without terms: a value nobody has is still looked for. */
export function sidesOf({ kind, value }: Entity, reader: Asked): readonly Side[] {
  switch (kind) {
    case 'address':
      return [{ side: 'from', terms: termsOf('ip', [value]) }];
    case 'person':
      return personSides(value, reader);
    case 'team':
      return teamSides(value, reader);
    case 'tunnel': {
      const targets = present(reader.tuples('target'));
      const id = idOf(value, ofKind(targets, kind));
      return [{ side: 'to', terms: termsOf('target', id === null ? [value] : thingKnownAs(id, targets)) }];
    }
    case 'token':
      return tokenSides(value, reader);
  }
}

function personSides(value: string, reader: Asked): readonly Side[] {
  const actors = reader.tuples('actor');
  const targets = present(reader.tuples('target'));
  const acting = personKnownAs(value, actors);
  const isActor = holds('actor', acting);
  const known = actors.some((one) => one !== null && isActor(one))
    ? acting
    : [idOf(value, ofKind(targets, 'person')) ?? value];
  const named = new Map([...known, ...emailsOf(known, actors)].map((one) => [fold(one), one]));
  const acted = [...named.values()].filter((one) => targets.some(holds('target', [one])));
  return [
    { side: 'by', terms: termsOf('actor', known) },
    { side: 'to', terms: termsOf('target', acted.length === 0 ? known : acted) },
  ];
}

function teamSides(value: string, reader: Asked): readonly Side[] {
  const teams = present(reader.tuples('team'));
  const targets = present(reader.tuples('target'));
  const id = idOf(value, [...teams, ...ofKind(targets, 'team')]);
  return [
    { side: 'in', terms: termsOf('team', id === null ? [value] : thingKnownAs(id, teams)) },
    { side: 'to', terms: termsOf('target', id === null ? [value] : thingKnownAs(id, targets)) },
  ];
}

// Where a token acts by itself, the log names it as the actor: by its id, or by its name alone.
function tokenSides(value: string, reader: Asked): readonly Side[] {
  const targets = present(reader.tuples('target'));
  const tokens = ofKind(targets, 'token');
  const id = idOf(value, tokens);
  const known = id === null ? [value] : thingKnownAs(id, targets);
  const names = tokens
    .filter((one) => one.id === id && one.name !== null)
    .flatMap((one) => one.name ?? [])
    .filter((name) => id !== null && idOf(name, tokens) === id);
  const nameless = (one: Actor, name: string): boolean => one.id === null && one.email === null && one.name === name;
  const actors = present(reader.tuples('actor'));
  const acting = [...new Set(names)].filter((name) => {
    const found = actors.filter(holds('actor', [name]));
    return found.length > 0 && found.every((one) => nameless(one, name));
  });
  return [
    { side: 'to', terms: termsOf('target', known) },
    { side: 'by', terms: termsOf('actor', [...known.slice(0, 1), ...acting.filter((one) => one !== known[0])]) },
  ];
}

function termsOf(field: FilterField, values: readonly string[]): readonly Term[] {
  return values.map((value) => exactly(field, value));
}

function present<T>(tuples: readonly (T | null)[]): readonly T[] {
  return tuples.filter((one) => one !== null);
}

function ofKind(targets: readonly Target[], kind: Entity['kind']): readonly Target[] {
  return targets.filter((one) => kindOf(one) === kind);
}

function kindOf(target: Target): Entity['kind'] | null {
  // Of a target that nothing is told of but its type, the type still tells what it would be.
  return entityOfTarget(target)?.kind ?? null;
}

/** Whether the filter would take an entry for one of these values. */
function holds<F extends 'actor' | 'target'>(
  field: F,
  values: readonly string[],
): (one: F extends 'actor' ? Actor : Target) => boolean {
  const [condition] = compileFilter({ terms: termsOf(field, values) });
  const test = condition?.kind === 'dictionary' ? (condition.test as (one: unknown) => boolean) : () => false;
  return test;
}
