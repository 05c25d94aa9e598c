import type { EntryRow } from '../../../shared/entry.ts';
import { actorKey, networkOf } from './subject.ts';

/** What has become familiar through successful sign-ins, up to the entry that is judged and not beyond. */
export class Familiarity {
  readonly #byActor = new Map<string, Set<string>>();
  readonly #byAddress = new Map<string, Set<string>>();

  signedIn(row: EntryRow): void {
    if (row.address === null) return;
    const actor = actorKey(row) ?? '';
    add(this.#byActor, actor, row.address);
    add(this.#byActor, actor, networkOf(row.address) ?? '');
    add(this.#byAddress, row.address, actor);
    add(this.#byAddress, networkOf(row.address) ?? '', actor);
  }

  /** Whether anybody has signed in from an address. */
  knowsAddress(address: string): boolean {
    return this.#byAddress.has(address);
  }

  /** How many people have signed in from an address or network. */
  peopleAt(place: string): number {
    return this.#byAddress.get(place)?.size ?? 0;
  }

  /** Whether this person has signed in from an address or network. */
  hasUsed(actor: string, place: string): boolean {
    return this.#byActor.get(actor)?.has(place) ?? false;
  }
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
