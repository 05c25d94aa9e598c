/** Whether each of what is wanted was met; collected as the lines are printed, summed up at the end. */
export class Verdicts {
  readonly #missed: string[] = [];
  #met = 0;

  /** A ratio with what is wanted of it, as it is printed. */
  atLeast(name: string, ratio: number, wanted: number | undefined): string {
    return wanted === undefined ? times(ratio) : this.#judged(name, times(ratio), `≥ ${wanted}`, ratio >= wanted);
  }

  atMost(name: string, ratio: number, wanted: number): string {
    return this.#judged(name, times(ratio), `≤ ${wanted}`, ratio <= wanted);
  }

  /** The same of a size, printed by `show`. */
  below(name: string, size: number, wanted: number, show: (size: number) => string): string {
    return this.#judged(name, show(size), `< ${show(wanted)}`, size < wanted);
  }

  /** A share of the whole that is wanted at least. */
  shareOf(name: string, share: number, wanted: number, show: (share: number) => string): string {
    return this.#judged(name, show(share), `≥ ${show(wanted)}`, share >= wanted);
  }

  /** What must have no problems; `well` says so where it has none. */
  none(name: string, problems: readonly string[], well: string): string {
    return this.#judged(
      name,
      problems.length === 0 ? well : problems.join('; '),
      'no difference',
      problems.length === 0,
    );
  }

  #judged(name: string, value: string, wanted: string, met: boolean): string {
    if (met) this.#met++;
    else this.#missed.push(`${name}: ${value}, wanted ${wanted}`);
    return `${value} (${wanted} ${met ? 'met' : 'MISSED'})`;
  }

  /** The sentence at the end, and a line for each that was missed. */
  summed(): readonly string[] {
    return [`${this.#met} wanted met, ${this.#missed.length} missed`, ...this.#missed.map((line) => `  ${line}`)];
  }
}

function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : ratio < 100 ? 1 : 0)}×`;
}
