import type { EntryRow } from '../../../shared/entry.ts';
import type { Places } from '../geo/places.ts';
import type { Copy } from './forked.ts';
import { actorKey, networkOf } from './subject.ts';

/** What stands for the place of an address: its network as routing knows it, else the range that one party is likely to hold. */
export function placeKey(address: string | null, places: Places): string | null {
  const { network } = places.of(address);
  return network === null ? networkOf(address) : `AS${network.number}`;
}

/** What has become familiar through successful sign-ins, up to the entry that is judged and not beyond. */
export class Familiarity {
  #byActor = new Map<string, Set<string>>();
  #byAddress = new Map<string, Set<string>>();
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  fork(copy: Copy): Familiarity {
    const other = new Familiarity(this.#places);
    other.#byActor = copy(this.#byActor);
    other.#byAddress = copy(this.#byAddress);
    return other;
  }

  signedIn(row: EntryRow): void {
    if (row.address === null) return;
    const actor = actorKey(row) ?? '';
    add(this.#byActor, actor, row.address);
    const place = placeKey(row.address, this.#places) ?? '';
    add(this.#byActor, actor, place);
    add(this.#byAddress, row.address, actor);
    add(this.#byAddress, place, actor);
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
