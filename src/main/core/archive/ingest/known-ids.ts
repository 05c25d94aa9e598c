import { hashBytes } from './id-hash.ts';

const SMALLEST = 1 << 12;

/**
 * Which entry has an id: a table in memory of hashes (see `id-hash.ts`) and keys, open addressing with linear probing. A unique index in the
 * file would have to rewrite a page for nearly every entry that arrives.
 */
export class KnownIds {
  #hashes = new Float64Array(SMALLEST);
  #keys = new Float64Array(SMALLEST);
  #size = 0;

  /** Whether no id with this hash was ever added. */
  isNew(hash: number): boolean {
    const mask = this.#hashes.length - 1;
    for (let at = hash & mask; this.#hashes[at] !== 0; at = (at + 1) & mask) {
      if (this.#hashes[at] === hash) return false;
    }
    return true;
  }

  /** The keys of the entries whose id has this hash; hardly ever more than one. */
  keysOf(hash: number): number[] {
    const keys: number[] = [];
    const mask = this.#hashes.length - 1;
    for (let at = hash & mask; this.#hashes[at] !== 0; at = (at + 1) & mask) {
      if (this.#hashes[at] === hash) keys.push(this.#keys[at]!);
    }
    return keys;
  }

  add(hash: number, key: number): void {
    if (this.#size * 5 > this.#hashes.length * 3) this.#grow();
    insert(this.#hashes, this.#keys, hash, key);
    this.#size++;
  }

  /** Adds ids given as UTF-8 bytes one after the other, and where each begins. */
  addAll(bytes: Uint8Array, starts: Uint32Array, keys: Float64Array): void {
    for (let i = 0; i < keys.length; i++) this.add(hashBytes(bytes, starts[i]!, starts[i + 1]!), keys[i]!);
  }

  #grow(): void {
    const [hashes, keys] = [this.#hashes, this.#keys];
    this.#hashes = new Float64Array(2 * hashes.length);
    this.#keys = new Float64Array(2 * hashes.length);
    for (let i = 0; i < hashes.length; i++) if (hashes[i] !== 0) insert(this.#hashes, this.#keys, hashes[i]!, keys[i]!);
  }
}

function insert(hashes: Float64Array, keys: Float64Array, hash: number, key: number): void {
  const mask = hashes.length - 1;
  // The lower 32 bits decide the place.
  let at = hash & mask;
  while (hashes[at] !== 0) at = (at + 1) & mask;
  hashes[at] = hash;
  keys[at] = key;
}
