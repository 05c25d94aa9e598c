/** The words of a question, and which of them have been understood. */
export class Words {
  readonly #tokens: readonly string[];
  readonly #lower: readonly string[];
  readonly #used: boolean[];

  constructor(text: string) {
    this.#tokens = tokensOf(text);
    this.#lower = this.#tokens.map((token) => token.toLowerCase());
    this.#used = this.#tokens.map(() => false);
  }

  get length(): number {
    return this.#tokens.length;
  }

  /**
   * Takes the first run of words, none of them taken before, that a pattern describes; the pattern is written in small
   * letters with one space between words, and is about whole words. `at` is the place of the first of them.
   */
  take(pattern: string): { readonly at: number; readonly parts: readonly (string | undefined)[] } | null {
    const whole = new RegExp(`^(?:${pattern})(?= |$)`);
    for (let from = 0; from < this.#lower.length; from++) {
      if (this.#used[from]) continue;
      const found = whole.exec(this.#run(from));
      if (found === null || found[0] === '') continue;
      const count = found[0].split(' ').length;
      for (let i = from; i < from + count; i++) this.#used[i] = true;
      return { at: from, parts: [...found] };
    }
    return null;
  }

  /** Takes words from a place on; false, and nothing taken, where one of them is not there or was taken before. */
  takeAt(place: number, count: number): boolean {
    const free = Array.from({ length: count }, (_none, i) => this.#used[place + i] === false).every(Boolean);
    if (free) this.#used.fill(true, place, place + count);
    return free;
  }

  /** Whether the question begins like this; takes nothing. */
  beginsWith(pattern: RegExp): boolean {
    return new RegExp(`^(?:${pattern.source})(?= |$)`).test(this.#lower.join(' '));
  }

  /** The words that nobody took, as they were written, with the places they stand at. */
  left(): readonly { readonly at: number; readonly text: string }[] {
    return this.#tokens.flatMap((text, at) => (this.#used[at] ? [] : [{ at, text }]));
  }

  /** The word at a place in small letters; empty beyond either end. */
  at(place: number): string {
    return this.#lower[place] ?? '';
  }

  // The words from one on, up to the next that was taken.
  #run(from: number): string {
    const words: string[] = [];
    for (let i = from; i < this.#lower.length && !this.#used[i]; i++) words.push(this.#lower[i] ?? '');
    return words.join(' ');
  }
}

// Punctuation goes where it ends a word; inside one (api-staging, 10.0.0.1, a@b.example) it is part of a name.
function tokensOf(text: string): string[] {
  return text
    .replace(/[’ʼ]/gu, "'")
    .replace(/["“”„«»]/gu, ' ')
    .split(/\s+/u)
    .flatMap((token) =>
      token
        .replace(/^[([{]+|[)\]},;:!?.]+$/gu, '')
        .replace(/(?<=\p{L})'s$/iu, " 's")
        .split(' '),
    )
    .filter((token) => token !== '');
}
