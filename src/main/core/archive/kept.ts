/** Values that are costly to make again, kept while they fit: beyond `budget` those asked for longest ago go first. */
export class Kept<K, V> {
  readonly #values = new Map<K, { readonly value: V; readonly weight: number }>();
  readonly #budget: number;
  readonly #weigh: (value: V) => number;
  #weight = 0;

  /** `budget` in whatever `weigh` measures; the newest value stays, however much it weighs. */
  constructor(budget: number, weigh: (value: V) => number) {
    this.#budget = budget;
    this.#weigh = weigh;
  }

  get(key: K, make: () => V): V {
    const known = this.#values.get(key);
    if (known !== undefined) {
      // The first of a Map is the one that has waited longest.
      this.#values.delete(key);
      this.#values.set(key, known);
      return known.value;
    }
    const value = make();
    const weight = this.#weigh(value);
    this.#values.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#values.keys()) {
      if (this.#weight <= this.#budget || this.#values.size === 1) break;
      this.delete(oldest);
    }
    return value;
  }

  has(key: K): boolean {
    return this.#values.has(key);
  }

  /** Which part of the budget is taken. */
  get filled(): number {
    return this.#weight / this.#budget;
  }

  delete(key: K): void {
    this.#weight -= this.#values.get(key)?.weight ?? 0;
    this.#values.delete(key);
  }

  clear(): void {
    this.#values.clear();
    this.#weight = 0;
  }
}
